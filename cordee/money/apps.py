from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "cordee.money"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cordee.money.reads.brought import costs_page
        from cordee.money.reads.within import facts_of_final_account
        from cordee.projects.reads import BEYOND
        from cordee.projects.reads.stages import TELLERS

        if costs_page not in BEYOND:
            BEYOND.append(costs_page)
        TELLERS.append(facts_of_final_account)
