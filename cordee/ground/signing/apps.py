from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "cordee.ground.signing"
    default_auto_field = "django.db.models.BigAutoField"
