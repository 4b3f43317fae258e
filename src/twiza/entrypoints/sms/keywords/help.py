"""`AIDE`, `0`: what one may write, with one of the sender's own orders as the example."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.orders.selectors import open_orders_for
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

INTENT = "help"
DIGIT = "0"
ABOUT: About = "question"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "aide", "aidez moi", "aide moi", "aider", "au secours", "menu", "besoin d'aide", "j'ai besoin d'aide",
        "comment faire", "comment ça marche",
    ),
    "ar": ("مساعدة", "المساعدة", "ساعدوني", "ساعدني", "قائمة", "القائمة"),
    "ary": (
        "3awn", "3awni", "3awnouni", "3awnoni", "3awenouni", "3aweni", "3awenni", "awn", "awnouni", "mosa3ada",
        "moussa3ada", "mousa3ada", "عاون", "عاونوني", "عاوني", "عاونني", "عاونونا",
    ),
    "zgh": ("aws", "awws", "awsiyi", "awsi yi", "tiwisi", "awsatiyi", "ⴰⵡⵙ", "ⴰⵡⵙⵉⵢⵉ"),
    "en": ("help", "help me"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "0 aide",
    "ar": "0 مساعدة",
    "ary": "0 3awn",
    "en": "0 help",
}

EXAMPLE = "1523"


def answer(reading: Reading, sender: Sender) -> Reply:
    """A buyer who calls for help has a parcel in mind: a person answers."""
    if sender.bought is not None and not sender.sells:
        return Reply("buyer_help", {"number": str(sender.bought.number)}, outcome="passed_on", needs_person=True)
    mine = open_orders_for(sender.person) if sender.person else []
    return Reply("help", {"number": mine[0].number if mine else EXAMPLE})
