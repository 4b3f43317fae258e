"""`RIB NON`: a change of the cooperative's bank account is stopped. A yes is never taken by text."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.directory.services.bank_details import stop_bank_changes_of
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

INTENT = "bank_stop"
DIGIT = ""
ABOUT: About = "account"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "rib non", "non rib", "non au rib", "stop rib", "rib stop", "annuler rib", "annuler le rib", "refuse rib",
        "refuse le rib", "compte non", "compte bancaire non", "non compte bancaire", "pas ce rib", "faux rib",
    ),
    "ar": ("الحساب لا", "حساب لا", "لا للحساب", "لا الحساب", "الحساب البنكي لا", "أوقفوا الحساب", "rib لا", "لا rib"),
    "ary": ("rib la", "la rib", "lhsab la", "l7sab la", "rib lla", "7bes rib", "7bso rib", "hbes rib", "compte la"),
    "zgh": ("rib uhu", "uhu rib", "rib oho", "oho rib"),
    "en": ("rib no", "no rib", "bank no", "account no", "stop bank"),
}  # fmt: skip
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "RIB NON arrêter",
    "ar": "الحساب لا: توقيف",
    "ary": "RIB LA: 7bes",
    "en": "RIB NO stop it",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """A no is taken even in doubt: said by mistake it costs three days, not heard it may cost an income."""
    stopped = stop_bank_changes_of(sender.person) if sender.person is not None else []
    if not stopped:
        return Reply("bank_nothing")
    return Reply("bank_stopped", {"last": stopped[0].last_four})
