from django.apps import AppConfig


class StorefrontsConfig(AppConfig):
    name = "twiza.domain.storefronts"
    label = "storefronts"
