"""When two names are the same cooperative's."""

from __future__ import annotations

import re

from twiza.domain.directory.forms import OrganisationDetails
from twiza.kit.folding import fold_words

_GENERIC = re.compile(
    r"^(?:(?:(?:ste|societe|la|union|groupement) )?(?:cooperatives?|coop|cop)"
    r"(?: (?:agricole|artisanale|feminine|de|des|du|d|la|l))* |(?:تعاونيه|التعاونيه) )"
)


def name_keys(details: OrganisationDetails) -> tuple[int, ...]:
    """(name without “cooperative”, place) in each script, as a hash, for memory's sake. No place is a place of its own."""
    place = details.commune_code or details.province_code
    names = (details.name_fr, details.name_ar, details.name_zgh)
    return tuple(hash((key, place)) for name in names if name and (key := name_key(name)))


def name_key(name: str) -> str:
    """The name folded, without the words that every cooperative's has."""
    folded = fold_words(name)
    return _GENERIC.sub("", folded) or folded
