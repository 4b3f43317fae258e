"""`START`: the person is written to again."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.foundation.messaging.services import start_texts

INTENT = "start"
DIGIT = ""
ABOUT: About = "silence"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("start", "début", "reprendre", "reprise", "recommencer", "réabonner"),
    "ar": ("ابدأ", "بدء", "ابدأوا", "استئناف"),
    "ary": ("bda", "bdaw", "bdaou", "rje3", "rja3", "rj3", "بدا", "بداو", "رجع"),
    "zgh": ("bdu", "ⴱⴷⵓ"),
    "en": ("unstop", "resume", "start again"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "START reprendre",
    "ar": "ابدأ: عودة",
    "ary": "BDA: 3awed",
    "en": "START again",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    if reading.certainty != "sure":
        return Reply("ask_start", outcome="asked")
    start_texts(sender.phone)
    return Reply("started")
