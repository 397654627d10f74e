from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "cordee.projects"
    label = "projects"
