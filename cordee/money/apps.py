from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "cordee.money"
    default_auto_field = "django.db.models.BigAutoField"
