"""The Django application that brings the components to every other screen."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "twiza.entrypoints.ui"
    label = "ui"
