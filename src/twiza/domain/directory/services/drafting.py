"""A revision made of details, not yet saved."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from twiza.domain.directory.errors import NameMissing
from twiza.domain.directory.forms import NOT_SAID_BY_REVISION, SAID_BY_REVISION, OrganisationDetails
from twiza.domain.directory.models import Organisation, Revision
from twiza.kit.folding import fold_words


def tidied(details: OrganisationDetails) -> OrganisationDetails:
    """Single spaces, no surrounding ones, no NUL, sectors once and in order."""
    texts: dict[str, Any] = {name: _tidy(value) for name, value in vars(details).items() if isinstance(value, str)}
    return replace(details, **texts, sectors=tuple(sorted(set(details.sectors))))


def fingerprint_of(details: OrganisationDetails) -> str:
    """The same for details that say the same."""
    return _fingerprint({name: value for name, value in vars(tidied(details)).items() if name not in NOT_SAID_BY_REVISION})


def row_fingerprint_of(details: OrganisationDetails) -> str:
    """The same for rows of a register that say the same, contacts and numbers included."""
    particulars = {name: [vars(one) for one in getattr(details, name)] for name in NOT_SAID_BY_REVISION}
    return _fingerprint({**vars(details), **particulars})


def _fingerprint(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()


def details_said_by(revision: Revision) -> OrganisationDetails:
    """What the revision says, to say it again with something changed. Contacts and numbers are not in it."""
    fields = {name: getattr(revision, name) for name in OrganisationDetails.__dataclass_fields__ if hasattr(revision, name)}
    fields["sectors"] = tuple(revision.sectors)
    return OrganisationDetails(commune_code=revision.commune_id or "", province_code=revision.province_id or "", **fields)


def carried_over(organisation: Organisation, revision: Revision) -> dict[str, int]:
    """For each thing the revision says as the published one does: the number of the revision that said it first."""
    before = organisation.published_revision
    if before is None:
        return {}
    known, said = details_said_by(before), details_said_by(revision)
    return {
        name: before.said_in.get(name, before.number) for name in SAID_BY_REVISION if getattr(known, name) == getattr(said, name)
    }


def folded_names(details: OrganisationDetails) -> str:
    names = (details.name_fr, details.name_ar, details.name_zgh, details.acronym)
    return " ".join(folded for name in names if (folded := fold_words(name)))[:700]


def draft(organisation: Organisation, details: OrganisationDetails, *, number: int, **others: Any) -> Revision:
    """An unsaved revision that says these details. Refuses without a name (NameMissing).

    A commune decides the province, whatever the details say. Its base is the published revision of a known organisation:
    what it repeats of it stays said by whoever said it first.
    """
    said = tidied(details)
    if not (said.name_fr or said.name_ar or said.name_zgh):
        raise NameMissing
    values = {name: value for name, value in vars(said).items() if name not in NOT_SAID_BY_REVISION}
    commune, province = values.pop("commune_code"), values.pop("province_code")
    values["sectors"] = list(said.sectors)
    if number > 1:
        others.setdefault("base_id", organisation.published_revision_id)
    revision = Revision(
        organisation=organisation,
        number=number,
        fingerprint=fingerprint_of(said),
        folded_names=folded_names(said),
        commune_id=commune or None,
        province_id=commune[:6] if commune else province or None,
        **values,
        **others,
    )
    if number > 1 and "said_in" not in others:
        revision.said_in = carried_over(organisation, revision)
    return revision


def next_number(organisation: Organisation) -> int:
    """The number of its next revision. Lock the organisation first."""
    newest = organisation.revisions.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def _tidy(text: str) -> str:
    if not text:
        return text
    lines = (" ".join(line.split()) for line in text.replace("\x00", "").splitlines())
    return "\n".join(lines).strip()
