"""`STOP`: nothing more is sent but codes and the answers to what the person writes."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.foundation.messaging.services import stop_texts

INTENT = "stop"
DIGIT = ""
ABOUT: About = "silence"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "stop", "arrêt", "arrêter", "arrêtez", "arrêtez les sms", "stop sms", "stop les sms", "désabonner",
        "désabonnez moi", "désinscription", "plus de sms",
    ),
    "ar": ("توقف", "إيقاف", "أوقف", "أوقفوا", "قف", "إلغاء الاشتراك", "أوقفوا الرسائل", "إيقاف الرسائل"),
    "ary": (
        "7bes", "7bess", "7abes", "7abess", "7besso", "7bsso", "hbes", "hbess", "hbas", "habess", "7bes sms", "safi",
        "حبس", "حبسو", "حبسوا", "صافي",
    ),
    "zgh": ("sbdd", "bdd", "sbed", "ⵙⴱⴷⴷ", "ⴱⴷⴷ"),
    "en": ("stop all", "unsubscribe", "opt out"),
}  # fmt: skip
WEAK: tuple[str, ...] = ("safi", "صافي")
HELP: Mapping[str, str] = {
    "fr": "STOP silence",
    "ar": "توقف: صمت",
    "ary": "7BES: bla sms",
    "en": "STOP silence",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    if reading.certainty != "sure":
        return Reply("ask_stop", outcome="asked")
    stop_texts(sender.phone, sender.words)
    return Reply("stopped")
