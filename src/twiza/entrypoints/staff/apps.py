from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "twiza.entrypoints.staff"
    label = "staff"
