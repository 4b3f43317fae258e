"""How a product is made, told aloud."""

from __future__ import annotations

import secrets
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from twiza.domain.catalogue.locking import lock_product
from twiza.domain.catalogue.models import Product, ProductRecording
from twiza.domain.catalogue.rules import may_edit
from twiza.domain.directory.services.files import forget_files
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.recordings import hear


@transaction.atomic
def tell_of_product(product: Product, upload: BinaryIO, *, language: str, by: User, transcript: str = "") -> ProductRecording:
    """The product's page lets this voice be heard instead of the one it had.

    Raises NotFound, and RecordingRefused for what is no recording, a film, too large or too long.
    """
    if not may_edit(by, product):
        raise NotFound
    most = {"most_megabytes": settings.RECORDING_MOST_MEGABYTES, "most_minutes": settings.RECORDING_MOST_MINUTES}
    heard = hear(upload, **most)
    lock_product(product.pk)
    _take_away(product)
    recording = ProductRecording.objects.create(
        product=product,
        file=ContentFile(heard.data, name=f"{secrets.token_hex(8)}.{heard.suffix}"),
        media_type=heard.media_type,
        size_bytes=len(heard.data),
        seconds=heard.seconds,
        language=language,
        transcript=transcript.strip(),
        added_by=by,
    )
    _remember("catalogue.tell_of_product", product, by)
    return recording


@transaction.atomic
def describe_product_recording(product: Product, *, language: str, transcript: str, by: User) -> None:
    """The recording is in this language, and reads so for whoever cannot hear it. Raises NotFound."""
    recordings = ProductRecording.objects.filter(product=product)
    if not may_edit(by, product) or not recordings.update(language=language, transcript=transcript.strip()):
        raise NotFound
    _remember("catalogue.describe_recording", product, by)


@transaction.atomic
def remove_product_recording(product: Product, *, by: User) -> None:
    """The product has no voice any more, and the file is gone. Raises NotFound."""
    if not may_edit(by, product) or not _take_away(product):
        raise NotFound
    _remember("catalogue.remove_recording", product, by)


def _take_away(product: Product) -> bool:
    """Whether there was one."""
    before = ProductRecording.objects.filter(product=product).first()
    if before is None:
        return False
    before.delete()
    forget_files([before.file])
    return True


def _remember(action: str, product: Product, by: User) -> None:
    record(action, subject=f"product:{product.pk}", by=by, on_behalf_of=f"organisation:{product.cooperative_id}")
