from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "cordee.agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cordee.agreements.permissions import companies_sworn
        from cordee.directory.models import CIRCLES

        CIRCLES["nda"] = companies_sworn
