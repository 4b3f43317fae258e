"""Which cooperatives are due to be asked whether their page is still true, and on which telephone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from twiza.domain.directory.models import ContactPoint, FreshnessQuestion, Membership, Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.rules import fresh_since, language_on_file
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.foundation.accounts.models import User
from twiza.foundation.messaging.models import OptOut

# A telephone that can be written to: 06 and 07, not a landline and not abroad.
WRITTEN_TO = r"^\+212[67]"


@dataclass(frozen=True)
class Telephone:
    """`person` is the member whose number it is; nobody when it is the number on file."""

    phone: str
    language: str
    person: User | None


def organisations_to_ask(most: int) -> list[Organisation]:
    """Listed cooperatives whose page nobody confirmed lately and that have a telephone we may ask; longest ago first.

    Left out: asked or confirmed within FRESHNESS_MONTHS, or described by itself or by hand within that time.
    """
    if most <= 0:
        return []
    moment = fresh_since()
    asked = FreshnessQuestion.objects.filter(
        Q(asked_at__gt=moment) | Q(state__in=FreshnessQuestion.WAITING), organisation=OuterRef("pk")
    )
    stale = Q(last_confirmed_on__isnull=True) | Q(last_confirmed_on__lte=moment.date())
    from_a_register = Q(published_revision__import_batch__isnull=False)
    due = Organisation.objects.filter(
        stale,
        from_a_register | Q(published_revision__created_at__lte=moment),
        ~Exists(asked),
        Exists(_members().filter(organisation=OuterRef("pk"))) | Exists(_numbers().filter(organisation=OuterRef("pk"))),
        kind__in=COOPERATIVE_KINDS,
        state__in=SHOWN_TO_ALL,
    )
    oldest = due.order_by(F("last_confirmed_on").asc(nulls_first=True), "published_revision__created_at", "pk")
    return list(oldest.select_related("published_revision")[:most])


def telephone_to_ask(organisation: Organisation) -> Telephone | None:
    """A member who agreed, the longest-standing first; else the first number on file; none that wished silence or is asked."""
    member = _members().filter(organisation=organisation).select_related("user").order_by("since", "pk").first()
    if member is not None:
        return Telephone(str(member.user.phone), member.user.language, member.user)
    number = _numbers().filter(organisation=organisation).order_by("pk").first()
    if number is None:
        return None
    return Telephone(number.value, language_on_file(organisation), None)


def _members() -> QuerySet[Membership]:
    agreed = Membership.objects.filter(
        until__isnull=True, receives_texts=True, user__is_active=True, user__phone__regex=WRITTEN_TO
    )
    return agreed.exclude(user__phone__in=_silent()).exclude(user__phone__in=_asked())


def _numbers() -> QuerySet[ContactPoint]:
    on_file = ContactPoint.objects.filter(kind=ContactPoint.Kind.PHONE, value__regex=WRITTEN_TO)
    return on_file.exclude(value__in=_silent()).exclude(value__in=_asked())


def _silent() -> QuerySet[OptOut, str]:
    return OptOut.objects.filter(until__isnull=True).values_list("phone", flat=True)


def _asked() -> QuerySet[FreshnessQuestion, str]:
    waiting = FreshnessQuestion.objects.filter(state__in=FreshnessQuestion.WAITING)
    return waiting.values_list("phone", flat=True)
