"""Labels begin and end by themselves, on a day that was written down before; and what they are for is said by a keeper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from twiza.domain.directory.errors import LabelEndsBeforeItBegins, NoSuchCooperative
from twiza.domain.directory.events import AccreditationEnded, AccreditationEnding
from twiza.domain.directory.models import Accreditation, Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.rules import keeps_register
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.foundation.events.subscriptions import Event
from twiza.foundation.search.services import note_change, note_changes, noted_since
from twiza.kit.clock import now, today
from twiza.kit.errors import NotFound

# A machine that was off for longer has its index built anew.
LOOKED_BACK = timedelta(days=30)
WARNED_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class LabelDetails:
    """`kinds` are codes of kinds or families of products, `provinces` codes of places; no province means every place."""

    number: str
    issued_by: str
    valid_from: date | None
    valid_until: date | None
    kinds: tuple[str, ...]
    provinces: tuple[str, ...]


@transaction.atomic
def begin_label(slug: str, scheme: str, *, by: User) -> Accreditation:
    """The cooperative of this page says it holds such a label; nothing is shown before it was checked (`state_label`).

    Raises NotFound when `by` does not keep the register, NoSuchCooperative.
    """
    if not keeps_register(by):
        raise NotFound
    holder = Organisation.objects.select_related("merged_into").filter(slug=slug, kind__in=COOPERATIVE_KINDS).first()
    if holder is None:
        raise NoSuchCooperative
    holder = holder.merged_into or holder
    accreditation = Accreditation.objects.create(organisation=holder, scheme=Accreditation.Scheme(scheme))
    record("directory.begin_label", subject=f"organisation:{holder.pk}", by=by, details={"scheme": scheme})
    return accreditation


@transaction.atomic
def state_label(accreditation: Accreditation, details: LabelDetails, *, by: User | None) -> Accreditation:
    """It was checked, and is for these products of these places, from that day to that day. `by` None: by the system itself.

    Raises NotFound when `by` does not keep the register, LabelEndsBeforeItBegins.
    """
    if by is not None and not keeps_register(by):
        raise NotFound
    if details.valid_from and details.valid_until and details.valid_until < details.valid_from:
        raise LabelEndsBeforeItBegins
    accreditation.number, accreditation.issued_by = details.number, details.issued_by
    accreditation.valid_from, accreditation.valid_until = details.valid_from, details.valid_until
    accreditation.kinds, accreditation.provinces = list(details.kinds), list(details.provinces)
    accreditation.verified_at = accreditation.verified_at or now()
    accreditation.save()
    record("directory.state_label", subject=f"organisation:{accreditation.organisation_id}", by=by, details=_told(accreditation))
    note_change("cooperative", accreditation.organisation_id)
    return accreditation


def tell_of_endings() -> int:
    """Whose label ends within thirty days is warned, and whose is over told so, once for each last day; says how many.

    Publishes AccreditationEnding, AccreditationEnded.
    """
    day = today()
    known = Accreditation.objects.filter(verified_at__isnull=False)
    ending = known.filter(valid_until__range=(day, day + WARNED_BEFORE)).exclude(ending_told_for=F("valid_until"))
    ended = known.filter(valid_until__range=(day - LOOKED_BACK, day - timedelta(days=1))).exclude(ended_told_for=F("valid_until"))
    return _tell(ending, "ending_told_for", AccreditationEnding) + _tell(ended, "ended_told_for", AccreditationEnded)


def _tell(untold: QuerySet[Accreditation], mark: str, event: Callable[..., Event]) -> int:
    """The mark is written by one worker only, together with the event."""
    told = 0
    for pk in untold.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            if untold.filter(pk=pk).update(**{mark: F("valid_until")}):
                publish(event(accreditation_id=pk))
                told += 1
    return told


def _told(accreditation: Accreditation) -> dict[str, object]:
    until = accreditation.valid_until
    return {
        "label": f"{accreditation.scheme} {accreditation.number}".strip(),
        "until": until.isoformat() if until else "",
        "kinds": accreditation.kinds,
        "provinces": accreditation.provinces,
    }


def note_labels_by_date() -> int:
    """Whoever's label began or ended these days is found accordingly; says how many were noted. Once for each such day."""
    day = today()
    turned: dict[date, set[int]] = {}
    ended = Q(valid_until__gte=day - LOOKED_BACK, valid_until__lt=day)
    begun = Q(valid_from__gt=day - LOOKED_BACK, valid_from__lte=day)
    rows = Accreditation.objects.filter(ended | begun, verified_at__isnull=False)
    for organisation, valid_from, valid_until in rows.values_list("organisation", "valid_from", "valid_until"):
        turns = [valid_from, valid_until + timedelta(days=1) if valid_until else None]
        last = max(turn for turn in turns if turn and day - LOOKED_BACK < turn <= day)
        turned.setdefault(last, set()).add(organisation)
    late = [one for turn, some in turned.items() for one in sorted(some - noted_since("cooperative", some, _begin_of(turn)))]
    note_changes("cooperative", late)
    return len(late)


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
