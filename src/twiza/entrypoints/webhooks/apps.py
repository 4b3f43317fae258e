from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "twiza.entrypoints.webhooks"
    label = "webhooks"
