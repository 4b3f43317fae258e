"""Versions of a page: those that wait, those that were shown."""

from __future__ import annotations

from django.db.models import QuerySet

from twiza.domain.directory.models import Organisation, Revision, Sector
from twiza.domain.directory.rules import Viewer, may_decide
from twiza.domain.directory.states import RevisionState
from twiza.kit.errors import NotFound

MOST_SHOWN = 100


def revisions_waiting_for(organisation: Organisation) -> QuerySet[Revision]:
    """What is proposed for its page, the oldest first."""
    waiting = organisation.revisions.filter(state=RevisionState.PENDING)
    return waiting.select_related("author", "import_batch", "base").order_by("number")


def revisions_waiting() -> QuerySet[Revision]:
    """What is proposed for any page, the oldest first: for keepers of the register."""
    waiting = Revision.objects.filter(state=RevisionState.PENDING)
    return waiting.select_related("author", "import_batch", "organisation__published_revision").order_by("created_at", "pk")


def get_proposed_revision(viewer: Viewer, slug: str, number: int) -> Revision:
    """The proposed version, decided or not, for whoever may decide about it. Raises NotFound."""
    found = Revision.objects.filter(organisation__slug=slug, number=number)
    revision = found.select_related("author", "import_batch", "base", "organisation__published_revision").first()
    if revision is None or not may_decide(viewer, revision.organisation):
        raise NotFound
    return revision


def versions_shown(organisation: Organisation) -> QuerySet[Revision]:
    """What everybody saw, the newest first."""
    shown = organisation.revisions.filter(state=RevisionState.PUBLISHED)
    return shown.select_related("author", "import_batch").order_by("-number")[:MOST_SHOWN]


def get_shown_version(organisation: Organisation, number: int) -> Revision:
    """A version that everybody saw once. Raises NotFound."""
    found = organisation.revisions.filter(state=RevisionState.PUBLISHED, number=number)
    version = found.select_related("author", "import_batch").first()
    if version is None:
        raise NotFound
    return version


def sector_name(code: str) -> str:
    """A sector as the reader calls it; an unknown code as it is."""
    return str(dict(Sector.choices).get(code, code))


def legal_form_name(code: str) -> str:
    """A legal form as the reader calls it; an unknown code as it is."""
    return str(dict(Revision.LegalForm.choices).get(code, code))
