"""`PRENOM NON 112`: a member's first name stands on no page, or no longer."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.catalogue.services.naming_makers import stop_being_named
from twiza.entrypoints.sms.names import ask_about_name, maker_named
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

INTENT = "hide_name"
DIGIT = ""
ABOUT: About = "access"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("prénom non", "non prénom", "pas mon prénom", "sans mon prénom", "stop prénom", "nom non"),
    "ar": ("اسمي لا", "لا اسمي", "بدون اسمي", "الاسم لا", "أزيلوا اسمي"),
    "ary": ("smiti la", "smiti lla", "smiti non", "la smiti", "bla smiti", "7iyed smiti", "سميتي لا", "بلا سميتي"),
    "zgh": ("isem uhu", "isem oho"),
    "en": ("name no", "no name", "not my name", "remove my name"),
}
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "PRENOM NON {number}",
    "ar": "اسمي لا {number}",
    "ary": "SMITI LA {number}",
    "en": "NAME NO {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """Whenever she likes, also once she has left the cooperative."""
    if reading.certainty != "sure":
        return ask_about_name(reading, sender)
    maker = maker_named(reading, sender)
    if maker is None or sender.person is None:
        return Reply("unknown_number", {"number": reading.order}, outcome="not_found")
    stop_being_named(maker.cooperative, by=sender.person)
    return Reply("name_hidden")
