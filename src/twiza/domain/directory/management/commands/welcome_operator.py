"""`twiza welcome_operator`: somebody who will open storefronts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.services.operators import welcome_operator
from twiza.foundation.audit.services import acting_through
from twiza.kit.errors import DomainError
from twiza.kit.phone import is_mobile, read_phone, shown_phone


class Command(BaseCommand):
    help = "Registers an operator, and the person who manages it: that person signs in with a code sent to the telephone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="in French")
        parser.add_argument("--arabic", default="", help="its name in Arabic")
        parser.add_argument("--commune", default="", help="the code of HCP of where it is")
        parser.add_argument("--manager", required=True, help="the name of the person")
        parser.add_argument("--phone", required=True, help="the person's mobile number")
        parser.add_argument("--keeps-register", action="store_true", help="its people also look after the national register")
        parser.add_argument("--language", default="fr", choices=("fr", "ar", "ary", "zgh", "en"), help="the person's")

    def handle(self, *args: Any, **options: Any) -> None:
        phone = read_phone(options["phone"])
        if phone is None or not is_mobile(phone):
            raise CommandError(_("%(phone)s is no mobile number.") % {"phone": options["phone"]})
        details = OrganisationDetails(name_fr=options["name"], name_ar=options["arabic"], commune_code=options["commune"])
        with translation.override("ar" if options["language"] == "ar" else "fr"), acting_through("system"):
            try:
                operator = welcome_operator(
                    details,
                    manager=options["manager"],
                    phone=phone,
                    language=options["language"],
                    keeps_register=options["keeps_register"],
                    by=None,
                )
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal
            said = {"name": operator.name, "phone": shown_phone(phone)}
            self.stdout.write(_("%(name)s is registered. Its manager signs in with %(phone)s.") % said)
