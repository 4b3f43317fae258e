from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "twiza.foundation.messaging"
    label = "messaging"
