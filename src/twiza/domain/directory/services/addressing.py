"""Which cooperative an agent means."""

from __future__ import annotations

import re
from urllib.parse import unquote

from twiza.domain.directory.models import ContactPoint, Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.rules import COOPERATIVE_ROLES
from twiza.domain.directory.states import MAY_BE_CLAIMED
from twiza.kit.phone import read_phone

_SLUG = re.compile(r"(?:.*/cooperatives/)?([\w-]+)/?(?:\?.*)?")


def cooperative_named(written: str) -> Organisation | None:
    """The cooperative with this telephone number, or with this page's address, whole or its last part. None in doubt."""
    shown = Organisation.objects.filter(kind__in=COOPERATIVE_KINDS, state__in=MAY_BE_CLAIMED).select_related("published_revision")
    phone = read_phone(written)
    if phone is not None:
        holders = ContactPoint.objects.filter(value=phone).values_list("organisation", flat=True)
        people = Organisation.objects.filter(
            memberships__user__phone=phone, memberships__until=None, memberships__role__in=COOPERATIVE_ROLES
        )
        found = list(shown.filter(pk__in={*holders, *people.values_list("pk", flat=True)})[:2])
        return found[0] if len(found) == 1 else None
    address = _SLUG.fullmatch(unquote(written.strip()))
    return shown.filter(slug=address[1].lower()).first() if address else None
