from django.apps import AppConfig


class VersionsConfig(AppConfig):
    name = "twiza.foundation.versions"
    label = "versions"
