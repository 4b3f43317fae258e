"""What Django needs to know of the settings' own folder, and of the static files."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigConfig(AppConfig):
    name = "twiza.config"
    label = "config"
    default = True


class StaticFiles(StaticFilesConfig):
    """Pages load the joined styles; the pieces they were joined from stay at home."""

    default = False
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ui/css/*"]
