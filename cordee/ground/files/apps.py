from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "cordee.ground.files"
    default_auto_field = "django.db.models.BigAutoField"
