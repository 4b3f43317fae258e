from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "twiza.demo"
    label = "demo"
