from django.apps import AppConfig


class GroupingsConfig(AppConfig):
    name = "cordee.groupings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cordee.directory.models import CIRCLES
        from cordee.groupings.permissions import companies_together

        CIRCLES["together"] = companies_together
