"""The port of whoever goes and listens at a host.

    we      ask("boutique.example", "/.well-known/…")  → what answers there says, the first bytes of it
            → raises `NobodyKnowsIt`: no such name, or it leads nowhere
            → raises `NotPublic`: it leads to a machine that is not on the public internet
            → raises `NobodyAnswers`: it leads somewhere, and no page came in time
            → raises `CannotLook`: we could not even ask; nothing is known

An envoy is one file, `adapters/hosts/<code>.py`, with a class called `Envoy` that takes no arguments. It goes to the one
address it has looked at, follows nobody elsewhere, reads MOST_BYTES at most, comes back within PATIENCE_SECONDS, and calls
`kit.network.forbid_inside_transaction()` before it goes out.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from twiza.kit.loading import load_class

SHELF = "twiza.adapters.hosts"
MOST_BYTES = 64
PATIENCE_SECONDS = 5.0
PROOF = "/.well-known/twiza-"


class NobodyKnowsIt(Exception):
    """There is no such name."""


class NotPublic(Exception):
    """It leads to an address that is not everybody's."""


class NobodyAnswers(Exception):
    """No page came in time."""


class CannotLook(Exception):
    """The trouble is ours, or passes."""


class Envoy(Protocol):
    """`hint` is a sentence for whoever types a name, where there is something to know."""

    code: str
    hint: str | Promise

    def ask(self, host: str, path: str) -> bytes: ...


def envoy() -> Envoy:
    """The one this installation sends (HOST_ENVOY)."""
    found: Envoy = load_class(SHELF, settings.HOST_ENVOY, "Envoy")()
    return found


def our_word(host: str, path: str) -> str:
    """What this installation, and no other, says at this address of this host."""
    return salted_hmac("twiza.storefronts.hosts", f"{host}{path}", algorithm="sha256").hexdigest()[:40]
