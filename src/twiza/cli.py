"""`twiza …`: Django's management commands with our settings, and a database under them when none is named."""

from __future__ import annotations

import os
import sys

# These answer without a database, or look after it themselves; everything else may want one.
WITHOUT_DATABASE = {
    "help",
    "version",
    "--version",
    "--help",
    "measure_texts",
    "read_texts",
    "collectstatic",
    "messages",
    "demo",
    "doctor",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twiza.config.settings")
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE:
        from twiza.config.database import hold_database

        hold_database()
    execute_from_command_line(sys.argv)
