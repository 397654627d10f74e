from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "cordee.ground.messages"
    label = "letters"  # Django keeps "messages" for itself
    default_auto_field = "django.db.models.BigAutoField"
