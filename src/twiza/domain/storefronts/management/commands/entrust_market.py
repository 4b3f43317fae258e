"""`twiza entrust_market`: who answers for the market as a whole."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from twiza.domain.directory.models import Organisation
from twiza.domain.storefronts.services import entrust_market
from twiza.foundation.audit.services import acting_through
from twiza.kit.errors import DomainError


class Command(BaseCommand):
    help = "Lets an operator run the market as a whole: its people write the market's pages and see what is ordered in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("operator", help="its name in addresses")

    def handle(self, *args: Any, **options: Any) -> None:
        operator = Organisation.objects.filter(slug=options["operator"]).first()
        if operator is None:
            raise CommandError(_("There is no operator %(slug)s.") % {"slug": options["operator"]})
        try:
            with acting_through("system"):
                entrust_market(operator, by=None)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("%(name)s runs the market now.") % {"name": operator.name})
