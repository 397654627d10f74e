from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "cordee.money"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cordee.money.reads.brought import costs_page
        from cordee.projects.reads import BEYOND

        if costs_page not in BEYOND:
            BEYOND.append(costs_page)
