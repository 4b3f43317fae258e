"""`twiza collectstatic`: Django's, remembered, so that nobody collects twice."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.management.commands.collectstatic import Command as Collect

from twiza.config.static_files import remember_collected


class Command(Collect):
    def handle(self, **options: Any) -> str | None:
        told = super().handle(**options)
        if not options["dry_run"]:
            remember_collected()
        return told
