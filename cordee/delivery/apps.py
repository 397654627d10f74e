from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "cordee.delivery"
    label = "delivery"

    def ready(self) -> None:
        from cordee.delivery.reads.within import facts_of_works
        from cordee.projects.reads.stages import TELLERS

        TELLERS.append(facts_of_works)
