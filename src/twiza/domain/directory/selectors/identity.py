"""By which number the law knows an organisation."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Concat

from twiza.domain.directory.models import Identifier, Organisation

_PUBLIC = Q(scheme="registration", retired_at__isnull=True, is_public=True)
_IN_WORDS = Case(When(court="", then=F("value")), default=Concat("value", Value(", "), "court"), output_field=TextField())


def registrations_of(organisation_ids: Iterable[int]) -> dict[int, str]:
    """The public registration number with its court, by organisation: `56/268/2018, Azilal`."""
    found = Identifier.objects.filter(_PUBLIC, organisation_id__in=list(organisation_ids))
    return dict(found.annotate(words=_IN_WORDS).values_list("organisation_id", "words"))


def registration_of_its(organisation: str) -> Subquery:
    """The same, to be asked together with something that has the organisation in this field."""
    found = Identifier.objects.filter(_PUBLIC, organisation=OuterRef(organisation))
    return Subquery(found.annotate(words=_IN_WORDS).order_by("pk").values("words")[:1])


def numbers_of(organisation: Organisation) -> dict[str, str]:
    """By scheme, every number the law asks for on what it sells, public or not; never its bank account."""
    own = Identifier.objects.filter(organisation=organisation, retired_at__isnull=True).exclude(scheme="rib")
    return dict(own.order_by("pk").values_list("scheme", "value"))
