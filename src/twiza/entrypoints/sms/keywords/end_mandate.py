"""`MANDAT NON 482`: the cooperative does not let an agent act for it, or no longer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from twiza.domain.directory.services.mandates import revoke_mandate
from twiza.domain.directory.services.telephone_answers import refuse_mandate_from_telephone
from twiza.entrypoints.sms.mandates import ask_about_mandate, found_mandate
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

if TYPE_CHECKING:
    from twiza.domain.directory.models import Mandate

INTENT = "end_mandate"
DIGIT = ""
ABOUT: About = "access"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("mandat non", "non mandat", "pas de mandat", "stop mandat", "mandat stop", "fin du mandat", "mandat fini"),
    "ar": ("تفويض لا", "لا تفويض", "لا للتفويض", "رفض التفويض", "إلغاء التفويض", "أوقفوا التفويض"),
    "ary": ("mandat la", "mandat lla", "la mandat", "bla mandat", "7bes mandat", "tafwid la", "7bes tafwid", "حبس التفويض"),
    "zgh": ("mandat uhu", "mandat oho"),
    "en": ("mandat non", "mandate no", "mandat no", "mandate non", "no mandate", "stop mandate", "end mandate"),
}
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "MANDAT NON {number}",
    "ar": "تفويض لا {number}",
    "ary": "MANDAT LA {number}",
    "en": "MANDAT NON {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """Anybody of the cooperative may end it, and the agent has nothing of it from then on.

    While nobody belongs to it, the number on file that was asked may refuse.
    """
    if reading.certainty != "sure":
        return ask_about_mandate(reading, sender)
    mandate = found_mandate(reading.order, sender)
    if mandate is not None and sender.person is not None:
        ended: Mandate | None = revoke_mandate(mandate, by=sender.person)
    else:
        ended = refuse_mandate_from_telephone(sender.phone, reading.order)
    if ended is None:
        return Reply("unknown_number", {"number": reading.order}, outcome="not_found")
    return Reply("mandate_ended", {"agent": ended.agent.name[:24]})
