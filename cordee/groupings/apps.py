from django.apps import AppConfig


class GroupingsConfig(AppConfig):
    name = "cordee.groupings"
    default_auto_field = "django.db.models.BigAutoField"
