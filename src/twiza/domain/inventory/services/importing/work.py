"""What the jobs do with a list of products. Every step may be begun again: what is done of it is not done twice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from twiza.domain.inventory.errors import ListGone, ListKeptBreaking
from twiza.domain.inventory.locking import lock_product_import
from twiza.domain.inventory.models import ProductImport
from twiza.domain.inventory.services.importing.lists import ProductImportOutcome, check_list, counts_of, import_list
from twiza.domain.inventory.services.importing.undoing import undo_product_import
from twiza.domain.inventory.states import IMPORT_UNDER_WAY, ProductImportState
from twiza.kit.clock import now
from twiza.kit.errors import DomainError
from twiza.kit.table_reports import FaultBook, ProgressFile

MOST_TRIES = 4
STAYS = frozenset({ProductImportState.IMPORTED, ProductImportState.UNDOING, ProductImportState.UNDONE})


def advance_product_import(import_id: int) -> None:
    """The import's present step is done, or its refusal is written down. Does nothing when no step is asked for."""
    product_import = _begin(import_id)
    if product_import is None:
        return
    try:
        STEPS[ProductImportState(product_import.state)](product_import)
    except DomainError as refusal:
        _fail(import_id, refusal)


def purge_old_lists() -> int:
    """Lists, photos and reports older than REGISTER_DAYS are gone; says of how many imports."""
    before = now() - timedelta(days=settings.REGISTER_DAYS)
    old = ProductImport.objects.filter(sent_at__lt=before, purged_at=None).exclude(folder="")
    return sum(_purge(import_id) for import_id in old.values_list("pk", flat=True))


@transaction.atomic
def _begin(import_id: int) -> ProductImport | None:
    """Counted before anything else, so that a file on which workers die is not begun for ever."""
    product_import = lock_product_import(import_id)
    if product_import is None or product_import.state not in IMPORT_UNDER_WAY:
        return None
    product_import.tries += 1
    product_import.save(update_fields=["tries"])
    if product_import.tries > MOST_TRIES:
        _fail(import_id, ListKeptBreaking())
        return None
    return product_import


def _check(product_import: ProductImport) -> None:
    _read(product_import, check_list, ProductImportState.CHECKED)


def _import(product_import: ProductImport) -> None:
    _read(product_import, import_list, ProductImportState.IMPORTED)


def _undo(product_import: ProductImport) -> None:
    undo_product_import(product_import.pk, by=product_import.undone_by)


STEPS: dict[ProductImportState, Callable[[ProductImport], None]] = {
    ProductImportState.CHECKING: _check,
    ProductImportState.IMPORTING: _import,
    ProductImportState.UNDOING: _undo,
}


def _read(product_import: ProductImport, read: Callable[..., ProductImportOutcome], becomes: ProductImportState) -> None:
    if not product_import.file.is_file():
        raise ListGone
    photos = product_import.photos if product_import.photos_name else None
    told = ProgressFile(product_import.progress)
    with FaultBook(product_import.report) as faults:
        outcome = read(product_import, product_import.file, photos, on_fault=faults.take, on_progress=told.take)
    with transaction.atomic():
        done = lock_product_import(product_import.pk)
        if done is None or done.state != product_import.state:
            return
        done.counts = {**counts_of(outcome), "faults": faults.total}
        done.first_faults, done.columns_not_read = faults.first, list(outcome.columns_not_read)
        done.rows_expected, done.tries, done.state = outcome.rows, 0, becomes
        if becomes == ProductImportState.IMPORTED:
            done.imported_at = now()
        done.save()


@transaction.atomic
def _fail(import_id: int, refusal: DomainError) -> None:
    product_import = lock_product_import(import_id)
    if product_import is None or product_import.state not in IMPORT_UNDER_WAY:
        return
    is_there = product_import.state == ProductImportState.UNDOING
    product_import.state = ProductImportState.IMPORTED if is_there else ProductImportState.FAILED
    product_import.trouble_code = refusal.code
    product_import.trouble_facts = {name: str(fact) for name, fact in refusal.facts.items()}
    product_import.save()


@transaction.atomic
def _purge(import_id: int) -> bool:
    product_import = lock_product_import(import_id)
    if product_import is None or product_import.state in IMPORT_UNDER_WAY:
        return False
    shutil.rmtree(product_import.kept_in, ignore_errors=True)
    product_import.purged_at, product_import.first_faults = now(), []
    product_import.headings = [{**one, "samples": []} for one in product_import.headings]
    if product_import.state not in STAYS:
        product_import.state, product_import.trouble_code, product_import.trouble_facts = "failed", ListGone.code, {}
    product_import.save()
    return True
