"""What a cooperative's own screens ask about its page."""

from __future__ import annotations

from django.db.models import QuerySet

from twiza.domain.directory.models import ContactPoint, Organisation, PagePhoto, StoryRecording
from twiza.kit.errors import NotFound

# What a form offers, each (code, label).
CONTACT_KINDS = ContactPoint.Kind.choices
CONTACT_VISIBILITIES = ContactPoint.Visibility.choices
RECORDING_LANGUAGES = StoryRecording.Language.choices


def photos_of(organisation: Organisation) -> QuerySet[PagePhoto]:
    """The main one first."""
    return PagePhoto.objects.filter(organisation=organisation)


def get_photo_of(organisation: Organisation, photo_id: int) -> PagePhoto:
    """One of its own photos. Raises NotFound."""
    photo = PagePhoto.objects.filter(organisation=organisation, pk=photo_id).select_related("organisation").first()
    if photo is None:
        raise NotFound
    return photo


def names_of(organisation: Organisation) -> dict[str, str]:
    """As its page writes it in French and in Arabic, `fr` and `ar`; empty where it does not."""
    revision = organisation.published_revision
    return {"fr": revision.name_fr, "ar": revision.name_ar} if revision else {"fr": "", "ar": ""}


def recording_of(organisation: Organisation) -> StoryRecording | None:
    """Its story told aloud."""
    return StoryRecording.objects.filter(organisation=organisation).first()


def contacts_of(organisation: Organisation) -> QuerySet[ContactPoint]:
    """All of them, whoever may see them: for its own members."""
    return ContactPoint.objects.filter(organisation=organisation)


def get_contact_of(organisation: Organisation, contact_id: int) -> ContactPoint:
    """One of its own contacts. Raises NotFound."""
    contact = ContactPoint.objects.filter(organisation=organisation, pk=contact_id).select_related("organisation").first()
    if contact is None:
        raise NotFound
    return contact
