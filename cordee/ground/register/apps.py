from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "cordee.ground.register"
    default_auto_field = "django.db.models.BigAutoField"
