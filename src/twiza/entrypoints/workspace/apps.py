from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "twiza.entrypoints.workspace"
    label = "workspace"
