from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "cordee.ground.kit"
    default_auto_field = "django.db.models.BigAutoField"
