"""`PRENOM OUI 112`: a member lets her first name stand beside what she makes."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.catalogue.services.naming_makers import agree_to_be_named
from twiza.entrypoints.sms.names import ask_about_name, maker_named
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

INTENT = "show_name"
DIGIT = ""
ABOUT: About = "access"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("prénom oui", "oui prénom", "prénom ok", "mon prénom oui", "nom oui", "prénom d'accord"),
    "ar": ("اسمي نعم", "نعم اسمي", "الاسم نعم", "اسمي موافقة", "اسمي موافق"),
    "ary": ("smiti ah", "smiti oui", "smiti wakha", "smiya ah", "smiti iyeh", "سميتي اه", "سميتي واخا"),
    "zgh": ("isem yyih", "isem wah"),
    "en": ("name yes", "yes name", "my name yes"),
}
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "PRENOM OUI {number}",
    "ar": "اسمي نعم {number}",
    "ary": "SMITI AH {number}",
    "en": "NAME YES {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """Only she herself agrees, from her own telephone."""
    if reading.certainty != "sure":
        return ask_about_name(reading, sender)
    maker = maker_named(reading, sender)
    if maker is None or sender.person is None:
        return Reply("unknown_number", {"number": reading.order}, outcome="not_found")
    agreed = agree_to_be_named(maker.cooperative, by=sender.person)
    return Reply("name_shown", {"number": agreed.number})
