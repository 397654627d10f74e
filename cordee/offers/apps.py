from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "cordee.offers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cordee.offers.reads.within import OFFER_TOOLS, facts_of_bids
        from cordee.projects.kinds.tools import TOOLS
        from cordee.projects.reads.stages import TELLERS

        TOOLS.extend(OFFER_TOOLS)
        TELLERS.append(facts_of_bids)
