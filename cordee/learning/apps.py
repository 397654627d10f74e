from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "cordee.learning"
    label = "learning"
