from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "cordee.delivery"
    label = "delivery"
