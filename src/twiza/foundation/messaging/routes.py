"""Which gateway carries a text, by the beginning of its number, and which one takes over while that one rests."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q

from twiza.foundation.messaging.errors import NoSuchGateway
from twiza.foundation.messaging.gateway import SIMULATOR, Gateway, gateway_called
from twiza.kit.phone import FICTION_PREFIX


@dataclass(frozen=True)
class Route:
    """Numbers that begin with `prefix`, and with none of the `besides`; `gateways`, the first choice first."""

    prefix: str
    gateways: tuple[str, ...]
    besides: tuple[str, ...] = ()

    def numbers(self) -> Q:
        """What is on this route."""
        on_it = Q(to__startswith=self.prefix)
        for prefix in self.besides:
            on_it &= ~Q(to__startswith=prefix)
        return on_it


def routes() -> list[Route]:
    """Every number is on one. People of the demonstration have numbers that no real gateway is ever asked to reach."""
    asked = {prefix: tuple(codes) for prefix, codes in settings.SMS_ROUTES.items() if not prefix.startswith(FICTION_PREFIX)}
    gateways = {"": (settings.SMS_GATEWAY,), **asked, FICTION_PREFIX: (SIMULATOR,)}
    return [
        Route(prefix, codes, tuple(other for other in gateways if other != prefix and other.startswith(prefix)))
        for prefix, codes in gateways.items()
    ]


def route_of(to: str) -> Route:
    """The route of a number: that of the longest beginning."""
    return max((route for route in routes() if to.startswith(route.prefix)), key=lambda route: len(route.prefix))


def gateway_for(to: str, *, resting: Collection[str] = (), refused_by: str = "") -> str | None:
    """The first choice that does not rest; after a refusal the one behind it, in a circle. None when all rest."""
    awake = [code for code in route_of(to).gateways if code not in resting]
    if refused_by in awake:
        return awake[(awake.index(refused_by) + 1) % len(awake)]
    return awake[0] if awake else None


def blocked_numbers(resting: Collection[str], full: Collection[str]) -> Q | None:
    """The numbers that nobody carries now; None when there is a way for all. Who is full keeps what is his: it waits for him."""
    choices = [(route, next((code for code in route.gateways if code not in resting), None)) for route in routes()]
    closed = [route.numbers() for route, choice in choices if choice is None or choice in full]
    return reduce(or_, closed) if closed else None


def gateways_in_use() -> Iterable[str]:
    """The codes of all that may carry something, each once."""
    return dict.fromkeys(code for route in routes() for code in route.gateways)


@dataclass(frozen=True)
class Listening:
    """A gateway that may tell us things, and the name under which its texts are in our rows: its code, or a dotted path."""

    name: str
    gateway: Gateway


def gateway_listening_as(code: str) -> Listening:
    """The gateway that may tell us things under this code: one in use, and in a demonstration the simulator.

    Raises NoSuchGateway: on a real site nobody may write in somebody else's name through the simulator.
    """
    if code == SIMULATOR:
        if not (settings.DEMO or settings.DEBUG):
            raise NoSuchGateway(code=code)
        return Listening(SIMULATOR, gateway_called(SIMULATOR))
    for name in gateways_in_use():
        if name == code or "." in name:
            found = gateway_called(name)
            if found.code == code:
                return Listening(name, found)
    raise NoSuchGateway(code=code)
