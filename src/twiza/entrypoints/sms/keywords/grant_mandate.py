"""`MANDAT OUI 482`: the cooperative lets an agent act for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.directory.services.mandates import grant_mandate
from twiza.domain.directory.services.telephone_answers import grant_mandate_from_telephone
from twiza.entrypoints.sms.mandates import ask_about_mandate, found_mandate
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.directory.models import Mandate

INTENT = "grant_mandate"
DIGIT = ""
ABOUT: About = "access"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("mandat oui", "oui mandat", "mandat ok", "mandat d'accord", "mandat accepté", "j'accepte le mandat", "mandat"),
    "ar": ("تفويض نعم", "نعم تفويض", "تفويض موافق", "أوافق على التفويض", "تفويض", "التفويض نعم"),
    "ary": ("mandat oui", "mandat wakha", "mandat iyeh", "mandat ah", "tafwid oui", "tafwid wakha", "تفويض واخا", "تفويض اه"),
    "zgh": ("mandat yyih", "mandat wah", "mandat rda"),
    "en": ("mandat oui", "mandate yes", "mandat yes", "mandate oui", "mandate"),
}
WEAK: tuple[str, ...] = ("mandat", "mandate", "تفويض")
HELP: Mapping[str, str] = {
    "fr": "MANDAT OUI {number}",
    "ar": "تفويض نعم {number}",
    "ary": "MANDAT OUI {number}",
    "en": "MANDAT OUI {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """Only who decides for the cooperative grants; while nobody does, the number on file that was asked.

    In doubt both answers are written out.
    """
    if reading.certainty != "sure":
        return ask_about_mandate(reading, sender)
    mandate = found_mandate(reading.order, sender)
    if mandate is not None and sender.person is not None:
        granted: Mandate | None = grant_mandate(mandate, by=sender.person)
    else:
        granted = grant_mandate_from_telephone(sender.phone, reading.order, language=sender.language)
    if granted is None:
        return Reply("unknown_number", {"number": reading.order}, outcome="not_found")
    return Reply("mandate_granted", {"agent": granted.agent.name[:24], "number": granted.number})
