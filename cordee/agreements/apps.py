from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "cordee.agreements"
    default_auto_field = "django.db.models.BigAutoField"
