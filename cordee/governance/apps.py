from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "cordee.governance"
    default_auto_field = "django.db.models.BigAutoField"
