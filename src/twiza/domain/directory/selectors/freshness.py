"""What we hold of a cooperative, the question that waits for a telephone, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from twiza.domain.directory.models import ChangeReport, ContactPoint, FreshnessQuestion, Organisation
from twiza.domain.directory.rules import fresh_since
from twiza.kit.clock import now
from twiza.kit.errors import NotFound
from twiza.kit.phone import shown_phone

# An answer that comes after the end is still recognised as one for this long.
REMEMBERED_FOR = timedelta(days=90)


@dataclass(frozen=True)
class HeldFacts:
    """What we hold of a cooperative, as its page says it. `phone` as it is dialled, public or on file."""

    place: str
    members: int | None
    phone: str


def question_waiting_at(phone: str) -> FreshnessQuestion | None:
    """The question this telephone may still answer."""
    waiting = FreshnessQuestion.objects.filter(phone=phone, state__in=FreshnessQuestion.WAITING, expires_at__gt=now())
    return waiting.select_related("organisation__published_revision").first()


def question_missed_by(phone: str) -> FreshnessQuestion | None:
    """The latest question to this telephone, when its time ended without an answer."""
    latest = FreshnessQuestion.objects.filter(phone=phone, asked_at__gt=now() - REMEMBERED_FOR).first()
    if latest is None:
        return None
    is_over = latest.state == FreshnessQuestion.State.LAPSED or latest.expires_at <= now()
    return latest if is_over and latest.state in {*FreshnessQuestion.WAITING, FreshnessQuestion.State.LAPSED} else None


def get_freshness_question(question_id: int) -> FreshnessQuestion:
    """For whoever puts it into words. Raises NotFound."""
    places = "organisation__published_revision__commune", "organisation__published_revision__province"
    question = FreshnessQuestion.objects.filter(pk=question_id).select_related("person", *places).first()
    if question is None:
        raise NotFound
    return question


def held_facts_of(organisation: Organisation, language: str) -> HeldFacts:
    """What a text or a screen can say in a line; the places in Arabic or in French."""
    revision = organisation.published_revision
    place = (revision.commune or revision.province) if revision else None
    contact = ContactPoint.objects.filter(organisation=organisation, kind="phone").order_by("visibility", "pk")
    public_first = sorted(contact, key=lambda row: row.visibility != "public")
    return HeldFacts(
        place=(place.name_ar if language == "ar" else place.name_fr) if place else "",
        members=revision.members_total if revision else None,
        phone=shown_phone(public_first[0].value) if public_first else "",
    )


def is_page_stale(organisation: Organisation) -> bool:
    """Nobody confirmed the page within FRESHNESS_MONTHS."""
    return organisation.last_confirmed_on is None or organisation.last_confirmed_on <= fresh_since().date()


def waiting_reports() -> list[ChangeReport]:
    """What cooperatives said that somebody of the register should look at, closings first, then the oldest."""
    waiting = _reports().filter(state=ChangeReport.State.WAITING)
    return sorted(waiting, key=lambda report: (report.kind != ChangeReport.Kind.CLOSED, report.pk))


def count_waiting_reports() -> int:
    """How many of them there are."""
    return ChangeReport.objects.filter(state=ChangeReport.State.WAITING).count()


def get_change_report(report_id: int) -> ChangeReport:
    """For those who keep the register. Raises NotFound."""
    report = _reports().filter(pk=report_id).first()
    if report is None:
        raise NotFound
    return report


def waiting_reports_of(organisation: Organisation) -> list[ChangeReport]:
    """What this cooperative said that is not settled yet, oldest first."""
    return list(_reports().filter(organisation=organisation, state=ChangeReport.State.WAITING))


def _reports() -> QuerySet[ChangeReport]:
    places = "organisation__published_revision__commune", "organisation__published_revision__province"
    return ChangeReport.objects.select_related(*places, "reported_by")
