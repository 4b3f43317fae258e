"""The refusal: what a service says when a rule forbids what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """An expected refusal. The entrypoint chooses the form; it is never logged as a failure.

    Subclasses give a stable `code` and a translatable `sentence`, whose placeholders
    are filled with the keyword arguments the error was raised with.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str | Promise] = _("This is not possible now.")

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.sentence) % self.facts


class NotFound(DomainError):
    """There is no such thing, or the viewer may not know that there is."""

    code = "not_found"
    sentence = _("We did not find this.")


class NotAllowed(DomainError):
    """The person may see the thing but not do this to it."""

    code = "not_allowed"
    sentence = _("You may not do this.")


def refusal_said(code: str, facts: dict[str, Any]) -> str:
    """The sentence of the refusal with this code, in the active language; a general one when nobody knows it any more."""
    kind = next((one for one in _kinds(DomainError) if one.code == code), DomainError)
    return str(kind(**facts))


def _kinds(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _kinds(one)
