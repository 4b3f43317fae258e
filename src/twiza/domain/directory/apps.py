from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "twiza.domain.directory"
    label = "directory"
