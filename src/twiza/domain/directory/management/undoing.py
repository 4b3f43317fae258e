"""What the commands that take an import back have in common."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from twiza.foundation.audit.services import acting_through
from twiza.kit.errors import DomainError

NOT_FOUND = 2


class UndoCommand(BaseCommand):
    """`twiza … N`: ends with 2 when there is no such import. Whoever takes it back says how, and the outcome in words."""

    said_by: ClassVar[str]
    not_found: ClassVar[type[DomainError]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", type=int, help=f"the number of the import, as {self.said_by} said it")
        parser.add_argument("--dry-run", action="store_true", help="count what would happen, change nothing")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--language", default="fr", choices=("fr", "ar", "en"), help="of the answer")

    def undo(self, batch: int, *, dry_run: bool) -> Any:
        """The outcome, a dataclass that says `was_undone_before`. Raises `not_found`."""
        raise NotImplementedError

    def sentences(self, outcome: Any) -> list[str]:
        """What happened, a line each."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]), acting_through("system"):
            try:
                outcome = self.undo(options["batch"], dry_run=options["dry_run"])
            except self.not_found as missing:
                self._say_missing(missing, as_json=options["json"])
            self._say(outcome, as_json=options["json"])

    def _say_missing(self, missing: DomainError, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": missing.code, "sentence": str(missing)}, ensure_ascii=False))
        else:
            self.stderr.write(str(missing))
        raise SystemExit(NOT_FOUND)

    def _say(self, outcome: Any, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
        elif outcome.was_undone_before:
            self.stdout.write(_("This import was taken back before; nothing is left to do."))
        else:
            self.stdout.write("\n".join(self.sentences(outcome)))
