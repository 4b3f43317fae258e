from django.apps import AppConfig


class StallsConfig(AppConfig):
    name = "twiza.domain.stalls"
    label = "stalls"
