from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "cordee.offers"
    default_auto_field = "django.db.models.BigAutoField"
