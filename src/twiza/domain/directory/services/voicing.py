"""The story told aloud."""

from __future__ import annotations

import secrets
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Organisation, StoryRecording
from twiza.domain.directory.rules import speaks_for
from twiza.domain.directory.services.files import forget_files
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.recordings import hear


@transaction.atomic
def tell_story_aloud(
    organisation: Organisation, upload: BinaryIO, *, language: str, by: User, transcript: str = ""
) -> StoryRecording:
    """The page lets this voice be heard instead of the one it had.

    Raises NotFound, and RecordingRefused for what is no recording, a film, too large or too long.
    """
    if not speaks_for(by, organisation):
        raise NotFound
    most = {"most_megabytes": settings.RECORDING_MOST_MEGABYTES, "most_minutes": settings.RECORDING_MOST_MINUTES}
    heard = hear(upload, **most)
    lock_organisation(organisation.pk)
    before = StoryRecording.objects.filter(organisation=organisation).first()
    if before:
        before.delete()
        forget_files([before.file])
    recording = StoryRecording.objects.create(
        organisation=organisation,
        file=ContentFile(heard.data, name=f"{secrets.token_hex(8)}.{heard.suffix}"),
        media_type=heard.media_type,
        size_bytes=len(heard.data),
        seconds=heard.seconds,
        language=language,
        transcript=transcript.strip(),
        added_by=by,
    )
    record("directory.tell_story_aloud", subject=f"organisation:{organisation.pk}", by=by, details={"language": language})
    return recording


@transaction.atomic
def describe_recording(organisation: Organisation, *, language: str, transcript: str, by: User) -> None:
    """The recording is in this language, and reads so for whoever cannot hear it. Raises NotFound."""
    if not speaks_for(by, organisation):
        raise NotFound
    recordings = StoryRecording.objects.filter(organisation=organisation)
    if not recordings.update(language=language, transcript=transcript.strip()):
        raise NotFound
    record("directory.describe_recording", subject=f"organisation:{organisation.pk}", by=by, details={"language": language})


@transaction.atomic
def remove_recording(organisation: Organisation, *, by: User) -> None:
    """The page has no voice any more, and the file is gone. Raises NotFound."""
    recording = StoryRecording.objects.filter(organisation=organisation).first()
    if recording is None or not speaks_for(by, organisation):
        raise NotFound
    recording.delete()
    forget_files([recording.file])
    record("directory.remove_recording", subject=f"organisation:{organisation.pk}", by=by)
