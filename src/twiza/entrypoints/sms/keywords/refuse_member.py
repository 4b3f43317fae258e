"""`MEMBRE NON 482`: whoever joined the cooperative by a code or papers is unknown to it."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.directory.selectors import claim_to_object_to
from twiza.domain.directory.services.welcoming import object_to_claim
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.errors import NotFound

INTENT = "refuse_member"
DIGIT = ""
ABOUT: About = "access"
WORDS: Mapping[str, tuple[str, ...]] = {
    "fr": ("membre non", "non membre", "pas membre", "pas un membre", "inconnu", "inconnue"),
    "ar": ("عضو لا", "العضو لا", "ليس عضوا", "ليست عضوا", "لا نعرفه", "لا نعرفها"),
    "ary": ("membre non", "membre la", "3odw la", "machi m3ana", "ma kan3erfouhch", "ma kan3erfouhach", "ماشي معانا"),
    "zgh": ("membre uhu", "membre oho"),
    "en": ("member no", "membre no", "not a member", "no member", "unknown person"),
}
WEAK: tuple[str, ...] = ()
HELP: Mapping[str, str] = {
    "fr": "MEMBRE NON {number}",
    "ar": "عضو لا {number}",
    "ary": "MEMBRE NON {number}",
    "en": "MEMBER NO {number}",
}


def answer(reading: Reading, sender: Sender) -> Reply:
    """Anybody who belonged to the cooperative before may say so, for three days."""
    if reading.certainty != "sure":
        return Reply("ask_member", outcome="asked")
    try:
        if sender.person is None:
            raise NotFound
        claim = object_to_claim(claim_to_object_to(sender.person, reading.order), by=sender.person)
    except NotFound:
        return Reply("unknown_number", {"number": reading.order}, outcome="not_found")
    return Reply("member_removed", {"agent": claim.person.name[:24]})
