"""How far the lists of products are, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from twiza.domain.directory.models import Organisation
from twiza.domain.inventory.errors import PRODUCT_FAULTS, REASONS_TO_STAY, KeptProduct, ProductFault
from twiza.domain.inventory.models import ProductImport
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound, refusal_said
from twiza.kit.table_reports import fault_lines, rows_told


@dataclass(frozen=True)
class ImportProgress:
    """`expected` is None while nobody knows; `has_begun` is no while another list is read first."""

    rows: int
    expected: int | None
    has_begun: bool


def product_imports_of(cooperative: Organisation) -> QuerySet[ProductImport]:
    """The lists that were sent for this cooperative alone, the newest first. Ask for it through the viewer first."""
    return _with_people().filter(cooperative=cooperative)


def product_imports_sent_by(person: User) -> QuerySet[ProductImport]:
    """The lists for many cooperatives that the person sent, the newest first."""
    return _with_people().filter(cooperative=None, by=person)


def get_product_import_for(viewer: User, import_id: int, cooperative: Organisation | None) -> ProductImport:
    """One of the cooperative's lists, or, without one, of the viewer's for many. Raises NotFound."""
    mine = product_imports_of(cooperative) if cooperative else product_imports_sent_by(viewer)
    found = mine.filter(pk=import_id).first()
    if found is None:
        raise NotFound
    return found


def list_read_before(product_import: ProductImport) -> ProductImport | None:
    """The same file, imported already for the same cooperative or by the same person."""
    same = ProductImport.objects.filter(file_sha256=product_import.file_sha256, state="imported").exclude(pk=product_import.pk)
    if product_import.cooperative_id:
        return same.filter(cooperative=product_import.cooperative_id).order_by("-pk").first()
    return same.filter(cooperative=None, by=product_import.by).order_by("-pk").first()


def progress_of_import(product_import: ProductImport) -> ImportProgress:
    """How many rows the step under way has read."""
    rows = rows_told(product_import.progress)
    expected = product_import.rows_expected
    return ImportProgress(rows, max(expected, rows) if expected else None, has_begun=product_import.tries > 0)


def trouble_of_import(product_import: ProductImport) -> str:
    """Why it could not be read, in the active language; nothing when it could."""
    code = product_import.trouble_code
    return refusal_said(code, product_import.trouble_facts) if code else ""


def first_faults_of_import(product_import: ProductImport) -> list[ProductFault]:
    """Those that a page shows, refused rows first."""
    return list(_faults(product_import.first_faults))


def faults_of_import(product_import: ProductImport) -> Iterator[ProductFault]:
    """The whole report, a fault at a time; the first ones only when the file is gone."""
    report = product_import.report
    return _faults(fault_lines(report) if product_import.folder and report.is_file() else product_import.first_faults)


def kept_after_undoing_import(product_import: ProductImport) -> list[KeptProduct]:
    """The first of the products that stayed when the list was taken back, and why."""
    return [KeptProduct(**one) for one in product_import.undone.get("kept_products", ()) if one["reason"] in REASONS_TO_STAY]


def has_something_to_undo(product_import: ProductImport) -> bool:
    """It was imported, or broke off in the middle."""
    broke_off = product_import.state == "failed" and product_import.products.exists()
    return product_import.state == "imported" or broke_off


def _with_people() -> QuerySet[ProductImport]:
    return ProductImport.objects.select_related("by", "undone_by", "cooperative__published_revision").order_by("-pk")


def _faults(lines: Iterable[dict[str, Any]]) -> Iterator[ProductFault]:
    """Without those of a kind that nobody has words for any more."""
    return (ProductFault(**line) for line in lines if line["code"] in PRODUCT_FAULTS)
