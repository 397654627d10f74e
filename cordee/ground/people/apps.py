from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cordee.ground.people"
    default_auto_field = "django.db.models.BigAutoField"
