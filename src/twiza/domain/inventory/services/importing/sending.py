"""What a person decides of a list of products: this file and these photos, import it, take it back."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from twiza.domain.directory.errors import ColumnTwice
from twiza.domain.directory.models import Organisation
from twiza.domain.inventory.errors import ImportNotReady, ListGone, ListTooLarge, ProductColumnsMissing
from twiza.domain.inventory.locking import lock_product_import
from twiza.domain.inventory.models import ProductImport
from twiza.domain.inventory.services.importing.headings import FIELDS, NAMES, ProductMap, columns_of_products, fields_guessed
from twiza.domain.inventory.services.importing.queue import enqueue
from twiza.domain.inventory.services.importing.saved_maps import product_maps_by_headings, save_product_map, shelf_of_maps
from twiza.domain.inventory.states import PRODUCT_IMPORT_MAY_BECOME, ProductImportState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.folding import fold_words
from twiza.kit.kept_files import keep_file, plain_name
from twiza.kit.photo_archives import PhotoArchive
from twiza.kit.table_opening import open_table
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
    """The list and its photos are kept where nobody is served them. A job checks every row, as soon as we know its columns:
    by our words, by what was said of another file with these headings, else by asking.

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
        _open(product_import)
        with transaction.atomic():
            product_import.save()
            record("inventory.send_list", subject=f"product-import:{product_import.pk}", by=by, on_behalf_of=_behalf(cooperative))
            if product_import.state == ProductImportState.CHECKING:
                enqueue(product_import.pk)
    except BaseException:
        shutil.rmtree(product_import.kept_in, ignore_errors=True)
        raise
    return product_import


@transaction.atomic
def open_list_again(import_id: int, *, encoding: str, separator: str) -> ProductImport:
    """The list is opened anew, read as it is said to be written; what its columns hold is asked, and no row is read before it is
    said. Raises ImportNotReady, ListGone, FileUnreadable.
    """
    product_import = _locked(import_id, ProductImportState.OPENED)
    _open(product_import, encoding, separator)
    product_import.state = ProductImportState.OPENED
    product_import.counts, product_import.first_faults = {}, []
    product_import.save()
    return product_import


@transaction.atomic
def settle_product_columns(import_id: int, fields: Mapping[int, str], *, map_name: str = "", by: User) -> ProductImport:
    """What each column holds is said, by its place, nothing for one that is not read; a job reads every row and keeps nothing.

    Under `map_name` it is kept for the next file with these headings. Raises ProductColumnsMissing, ColumnTwice, ImportNotReady.
    """
    product_import = _move(import_id, ProductImportState.CHECKING)
    _refuse_gaps(product_import.headings, fields)
    columns = {fold_words(one["heading"]): fields.get(one["place"], "") for one in reversed(product_import.headings)}
    columns.pop("", None)
    product_import.column_map = {**product_import.column_map, "columns": columns}
    product_import.counts, product_import.first_faults, product_import.map_name = {}, [], map_name
    product_import.save()
    if map_name:
        # How a file is written is guessed anew for each: only what it says is kept.
        shelf = shelf_of_maps(product_import.cooperative, by)
        headings = [one["heading"] for one in product_import.headings]
        save_product_map(shelf, map_name, ProductMap(columns), by=by, headings=headings)
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


def _open(product_import: ProductImport, encoding: str = "", separator: str = "") -> None:
    """The columns as we take them; when nobody knows which is the name and which the price, they are asked for first."""
    known = product_maps_by_headings(shelf_of_maps(product_import.cooperative, product_import.by))
    table = open_table(product_import.file, columns_of_products, known=known, encoding=encoding, separator=separator)
    product_import.headings, product_import.rows_expected = table.headings, table.rows
    product_import.column_map, product_import.map_name = {"encoding": table.encoding, "separator": table.separator}, ""
    if saved := known.get(table.fingerprint):
        product_import.column_map["columns"], product_import.map_name = saved.said["columns"], saved.name
    is_understood = saved or any(one["guess"] for one in table.headings)
    if is_understood:
        return
    product_import.state = ProductImportState.OPENED
    for one, guess in zip(table.headings, fields_guessed([one["heading"] for one in table.headings]), strict=True):
        one["guess"] = guess


def _refuse_gaps(headings: list[dict[str, Any]], fields: Mapping[int, str]) -> None:
    seen: dict[str, str] = {}
    for one in headings:
        meaning = fields.get(one["place"], "")
        if meaning in seen:
            raise ColumnTwice(first=seen[meaning], second=one["heading"])
        if meaning in FIELDS:
            seen[meaning] = one["heading"]
    if not NAMES & seen.keys() or "price" not in seen:
        raise ProductColumnsMissing


def _move(import_id: int, state: ProductImportState) -> ProductImport:
    """The import, locked, at its next step, which a job will do. Raises ImportNotReady, ListGone."""
    product_import = _locked(import_id, state)
    product_import.state, product_import.tries = state, 0
    product_import.trouble_code, product_import.trouble_facts = "", {}
    product_import.progress.unlink(missing_ok=True)
    enqueue(product_import.pk)
    return product_import


def _locked(import_id: int, state: ProductImportState) -> ProductImport:
    """The import, locked, when it may take this step and its list is there. Raises NotFound, ImportNotReady, ListGone."""
    product_import = lock_product_import(import_id)
    if product_import is None:
        raise NotFound
    if state not in PRODUCT_IMPORT_MAY_BECOME[product_import.state]:
        raise ImportNotReady
    if state != ProductImportState.UNDOING and (product_import.purged_at or not product_import.folder):
        raise ListGone
    return product_import


def _behalf(cooperative: Organisation | None) -> str:
    return f"organisation:{cooperative.pk}" if cooperative else ""
