from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "twiza.entrypoints.web"
    label = "web"
