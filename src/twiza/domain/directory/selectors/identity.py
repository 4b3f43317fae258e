"""By which number the law knows an organisation."""

from __future__ import annotations

from collections.abc import Iterable

from twiza.domain.directory.models import Identifier


def registrations_of(organisation_ids: Iterable[int]) -> dict[int, str]:
    """The public registration number with its court, by organisation: `56/268/2018, Azilal`."""
    found = Identifier.objects.filter(
        organisation_id__in=list(organisation_ids), scheme="registration", retired_at__isnull=True, is_public=True
    )
    return {row.organisation_id: ", ".join(part for part in (row.value, row.court) if part) for row in found}
