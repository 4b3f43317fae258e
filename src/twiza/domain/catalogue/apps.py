from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "twiza.domain.catalogue"
    label = "catalogue"
