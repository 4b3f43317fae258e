"""Who is certified for what, today; and for which products, of which places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import F, Q, QuerySet

from twiza.domain.directory.models import Accreditation, Organisation
from twiza.domain.directory.rules import keeps_register
from twiza.domain.directory.selectors.public import holds_today
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound


def labels_held(organisation_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The schemes each of these is certified for today."""
    held: dict[int, dict[str, None]] = defaultdict(dict)
    rows = Accreditation.objects.filter(holds_today(), organisation__in=list(organisation_ids))
    for one, scheme in rows.values_list("organisation", "scheme"):
        held[one][scheme] = None
    return {one: tuple(schemes) for one, schemes in held.items()}


def certified_for(scheme: str) -> QuerySet[Accreditation, int]:
    """The ids of whoever is certified for it today."""
    return Accreditation.objects.filter(holds_today(), scheme=scheme).order_by().values_list("organisation_id", flat=True)


def covering(at: str, kinds: Sequence[F], province: F) -> Q:
    """Accreditations (`at` leads to them, as `accreditation__`) that hold today for one of these kinds, made in that province."""
    anywhere = Q(**{f"{at}provinces": []}) & ~Q(**{f"{at}scheme__in": Accreditation.OF_A_PLACE})
    of_the_place = Q(**{f"{at}provinces__contains": [province]})
    return holds_today(at) & Q(**{f"{at}kinds__overlap": kinds}) & (anywhere | of_the_place)


def accreditations_of(cooperative: Organisation) -> Sequence[Accreditation]:
    """All it ever told us of, valid or not, also those of pages it took in. Ask for the cooperative through the viewer first."""
    own = Q(organisation=cooperative) | Q(organisation__merged_into=cooperative)
    return list(Accreditation.objects.filter(own))


def accreditations_to_complete() -> QuerySet[Accreditation]:
    """Those that cover no product yet, because nobody said which, or of which place."""
    no_place = Q(provinces=[], scheme__in=Accreditation.OF_A_PLACE)
    return _with_holders().filter(Q(kinds=[]) | no_place).order_by("pk")


def accreditations_complete(limit: int = 200) -> QuerySet[Accreditation]:
    """The others, the first to end first."""
    known = _with_holders().exclude(pk__in=accreditations_to_complete().values("pk"))
    return known.order_by(F("valid_until").asc(nulls_last=True), "pk")[:limit]


def get_accreditation_for(viewer: User, accreditation_id: int) -> Accreditation:
    """For whoever keeps the register; for anybody else there is none (NotFound)."""
    found = _with_holders().filter(pk=accreditation_id).first() if keeps_register(viewer) else None
    if found is None:
        raise NotFound
    return found


def label_schemes() -> Sequence[tuple[str, str]]:
    """(code, name) of every label and certificate there is."""
    return [(scheme.value, str(scheme.label)) for scheme in Accreditation.Scheme]


def _with_holders() -> QuerySet[Accreditation]:
    return Accreditation.objects.select_related("organisation__published_revision")
