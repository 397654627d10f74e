from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "cordee.ground.reference"
    default_auto_field = "django.db.models.BigAutoField"
