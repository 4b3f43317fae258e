"""What a person decides of a list of products: this file and these photos, import it, take it back."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from twiza.domain.directory.models import Organisation
from twiza.domain.inventory.errors import ImportNotReady, ListGone, ListTooLarge
from twiza.domain.inventory.locking import lock_product_import
from twiza.domain.inventory.models import ProductImport
from twiza.domain.inventory.services.importing.queue import enqueue
from twiza.domain.inventory.states import PRODUCT_IMPORT_MAY_BECOME, ProductImportState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.kept_files import keep_file, plain_name
from twiza.kit.photo_archives import PhotoArchive
from twiza.kit.tables import read_table

MOST_PHOTOS_MEGABYTES = 500


@dataclass(frozen=True)
class SentFile:
    """A file as it arrives: what it was called, and its bytes piece by piece."""

    name: str
    pieces: Iterable[bytes]


def receive_list(
    sent: SentFile, photos: SentFile | None, *, cooperative: Organisation | None, is_put_on_sale: bool, by: User
) -> ProductImport:
    """The list and its photos are kept where nobody is served them, and a job checks every row.

    Raises ListTooLarge, or a FileUnreadable when it is no table or the photos no ZIP file; then nothing is kept.
    """
    product_import = ProductImport(
        cooperative=cooperative,
        by=by,
        file_name=plain_name(sent.name) or "products",
        photos_name=plain_name(photos.name) if photos else "",
        folder=secrets.token_hex(12),
        is_put_on_sale=is_put_on_sale,
    )
    product_import.kept_in.mkdir(parents=True, mode=0o700)
    try:
        _keep(product_import, sent, photos)
        with transaction.atomic():
            product_import.save()
            record("inventory.send_list", subject=f"product-import:{product_import.pk}", by=by, on_behalf_of=_behalf(cooperative))
            enqueue(product_import.pk)
    except BaseException:
        shutil.rmtree(product_import.kept_in, ignore_errors=True)
        raise
    return product_import


@transaction.atomic
def start_product_import(import_id: int, *, by: User) -> ProductImport:
    """A job imports what was checked, in the name of `by`. Two who press the button import once: raises ImportNotReady."""
    product_import = _move(import_id, ProductImportState.IMPORTING)
    product_import.by = by
    product_import.save()
    return product_import


@transaction.atomic
def start_undoing_products(import_id: int, *, by: User) -> ProductImport:
    """A job takes the list back, but for what was edited or ordered since. Raises ImportNotReady."""
    product_import = _move(import_id, ProductImportState.UNDOING)
    product_import.undone_by = by
    product_import.save()
    return product_import


def _keep(product_import: ProductImport, sent: SentFile, photos: SentFile | None) -> None:
    megabytes = settings.REGISTER_MEGABYTES
    kept = keep_file(product_import.file, sent.pieces, megabytes * 1_000_000, ListTooLarge(megabytes=megabytes))
    product_import.file_sha256 = kept.sha256
    read_table(product_import.file)
    if photos:
        too_large = ListTooLarge(megabytes=MOST_PHOTOS_MEGABYTES)
        keep_file(product_import.photos, photos.pieces, MOST_PHOTOS_MEGABYTES * 1_000_000, too_large)
        PhotoArchive(product_import.photos).close()


def _move(import_id: int, state: ProductImportState) -> ProductImport:
    """The import, locked, at its next step, which a job will do. Raises ImportNotReady, ListGone."""
    product_import = lock_product_import(import_id)
    if product_import is None:
        raise NotFound
    if state not in PRODUCT_IMPORT_MAY_BECOME[product_import.state]:
        raise ImportNotReady
    if state != ProductImportState.UNDOING and (product_import.purged_at or not product_import.folder):
        raise ListGone
    product_import.state, product_import.tries = state, 0
    product_import.trouble_code, product_import.trouble_facts = "", {}
    product_import.progress.unlink(missing_ok=True)
    enqueue(product_import.pk)
    return product_import


def _behalf(cooperative: Organisation | None) -> str:
    return f"organisation:{cooperative.pk}" if cooperative else ""
