"""The pages of lists of products, the same for a cooperative and for an operator: where one goes from them differs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from twiza.domain.inventory.selectors import (
    faults_of_import,
    first_faults_of_import,
    get_product_import_for,
    has_something_to_undo,
    kept_after_undoing_import,
    list_read_before,
    product_imports_of,
    product_imports_sent_by,
    progress_of_import,
    trouble_of_import,
)
from twiza.domain.inventory.services.importing.sending import (
    open_list_again,
    receive_list,
    settle_product_columns,
    start_product_import,
    start_undoing_products,
)
from twiza.domain.inventory.states import IMPORT_UNDER_WAY
from twiza.entrypoints.workspace.import_forms import WrittenForm, columns_taken_for, written_form
from twiza.entrypoints.workspace.import_pages import parts_of, report_lines
from twiza.entrypoints.workspace.list_forms import ListColumnsForm, ListForm
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.directory.models import Organisation
    from twiza.domain.inventory.models import ProductImport
    from twiza.entrypoints.workspace.access import SignedInRequest

RECENT = 30
STEPS = (
    pgettext_lazy("step of an import", "File"),
    pgettext_lazy("step of an import", "Check"),
    pgettext_lazy("step of an import", "Import"),
)
AT = {"opened": 0, "checking": 1, "checked": 2, "importing": 2, "imported": 3, "undoing": 3, "undone": 3}
EXAMPLES = {
    "ar": (
        ("المنتوج", "الاسم بالفرنسية", "النوع", "الوزن", "الثمن", "الكمية", "الصورة", "الوصف"),
        ("عسل الزعتر", "Miel de thym", "عسل", "500 غ", "120", "40", "miel.jpg", "جُني باليد في جبال الأطلس."),
        ("زيت أركان", "Huile d'argan", "زيت أركان", "1/2 ل", "189,50", "12", "", ""),
    ),
    "fr": (
        ("Produit", "Nom en arabe", "Type", "Contenance", "Prix", "Stock", "Photo", "Description"),
        ("Miel de thym", "عسل الزعتر", "miel", "500 g", "120", "40", "miel.jpg", "Récolté à la main dans l'Atlas."),
        ("Huile d'argan", "زيت أركان", "huile d'argan", "1/2 L", "189,50", "12", "", ""),
    ),
}
WHOSE = {
    "ar": (("التعاونية",), ("تعاونية الأمل",), ("تعاونية الأمل",)),
    "fr": (("Coopérative",), ("Coopérative Amal",), ("Coopérative Amal",)),
}


@dataclass(frozen=True)
class Desk:
    """Where a list is imported: at a cooperative, or, for many, at a storefront's operator. `pages` begins the pages' names."""

    request: SignedInRequest
    slug: str
    pages: str
    context: dict[str, Any]
    cooperative: Organisation | None = None

    def address(self, page: str, *args: Any) -> str:
        """Of one of these pages: `s`, `s_example`, nothing for a list, `_columns`, `_open`, `_start`, `_undo`, `_report`."""
        return reverse(f"workspace:{self.pages}{page}", args=[self.slug, *args])

    def find(self, import_id: int) -> ProductImport:
        """Raises NotFound."""
        return get_product_import_for(self.request.user, import_id, self.cooperative)


def show_lists(desk: Desk) -> HttpResponse:
    """Choose a list; and how those sent before went."""
    request = desk.request
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_valid():
        try:
            made = receive_list(
                form.sent,
                form.sent_photos,
                cooperative=desk.cooperative,
                is_put_on_sale=form.cleaned_data["is_put_on_sale"],
                by=request.user,
            )
        except DomainError as refusal:
            form.add_error("photos" if refusal.code.startswith("archive_") else "file", str(refusal))
        else:
            return HttpResponseRedirect(desk.address("", made.pk))
    lists = product_imports_of(desk.cooperative) if desk.cooperative else product_imports_sent_by(request.user)
    rows = [(one, desk.address("", one.pk)) for one in lists[:RECENT]]
    context = {"form": form, "lists": rows, "example_url": desk.address("s_example")}
    return render(request, "workspace/product_imports.html", {**desk.context, **context})


def show_list(desk: Desk, import_id: int) -> HttpResponse:
    """Where it is now, and what to decide. While a job is at work the page looks again by itself."""
    one = desk.find(import_id)
    if one.state == "opened":
        return HttpResponseRedirect(desk.address("_columns", one.pk))
    before = list_read_before(one)
    counts = one.counts
    context = {
        "list": one,
        "steps": _steps_of(one),
        "is_under_way": one.state in IMPORT_UNDER_WAY,
        "progress": progress_of_import(one),
        "trouble": trouble_of_import(one),
        "kept": kept_after_undoing_import(one),
        "parts": parts_of(_by_outcome(counts)) if counts else [],
        "gains": counts.get("created", 0) + counts.get("updated", 0),
        "can_be_undone": has_something_to_undo(one),
        "faults": first_faults_of_import(one),
        "before_url": desk.address("", before.pk) if before else "",
        "before": before,
        "days": settings.REGISTER_DAYS,
        "lists_url": desk.address("s"),
        "start_url": desk.address("_start", one.pk),
        "undo_url": desk.address("_undo", one.pk),
        "columns_url": desk.address("_columns", one.pk) if one.headings and one.state == "checked" else "",
        "report_url": desk.address("_report", one.pk),
    }
    return render(desk.request, "workspace/product_import.html", {**desk.context, **context})


def choose_list_columns(desk: Desk, import_id: int) -> HttpResponse:
    """Each heading with its first values and what we take it for, to be corrected until the list is imported."""
    request, one = desk.request, desk.find(import_id)
    if one.state not in {"opened", "checked"} or not one.headings:
        return HttpResponseRedirect(desk.address("", one.pk))
    said_before = {**columns_taken_for(one.headings, one.column_map.get("columns")), "map_name": one.map_name}
    form = ListColumnsForm(one.headings, request.POST if request.method == "POST" else None, initial=said_before)
    if form.is_valid():
        try:
            settle_product_columns(one.pk, form.said_of_columns, map_name=form.said_map_name, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(desk.address("", one.pk))
    context = {
        "list": one,
        "form": form,
        "steps": _steps_of(one),
        "lists_url": desk.address("s"),
        "columns_url": desk.address("_columns", one.pk),
        "written": written_form(one.column_map),
        "open_url": desk.address("_open", one.pk),
    }
    return render(request, "workspace/product_import_columns.html", {**desk.context, **context})


def open_list_anew(desk: Desk, import_id: int) -> HttpResponse:
    """The letters or the cells looked wrong: the list is read as somebody says it is written, and its columns are asked anew."""
    one, form = desk.find(import_id), WrittenForm(desk.request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(desk.address("_columns", one.pk))
    return _decide(desk, import_id, partial(open_list_again, **form.cleaned_data))


def start_list(desk: Desk, import_id: int) -> HttpResponse:
    """What was checked is imported."""
    return _decide(desk, import_id, partial(start_product_import, by=desk.request.user))


def undo_list(desk: Desk, import_id: int) -> HttpResponse:
    """What was imported is taken back."""
    return _decide(desk, import_id, partial(start_undoing_products, by=desk.request.user))


def send_report(desk: Desk, import_id: int) -> StreamingHttpResponse:
    """Every fault that was found, as CSV."""
    one = desk.find(import_id)
    return _csv(report_lines(faults_of_import(one), get_language() or "fr"), f"report-{one.pk}.csv")


def send_example(desk: Desk) -> StreamingHttpResponse:
    """A list as we understand it, in the reader's language, to be filled in."""
    language = "ar" if get_language() == "ar" else "fr"
    first: tuple[tuple[str, ...], ...] = ((), (), ()) if desk.cooperative else WHOSE[language]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows((*own, *row) for own, row in zip(first, EXAMPLES[language], strict=True))
    return _csv(iter(["\ufeff" + text.getvalue()]), "products.csv")


def _decide(desk: Desk, import_id: int, decide: Callable[[int], object]) -> HttpResponse:
    one = desk.find(import_id)
    try:
        decide(one.pk)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(desk.request, str(refusal))
    return HttpResponseRedirect(desk.address("", one.pk))


def _csv(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _steps_of(one: ProductImport) -> list[dict[str, Any]]:
    at = AT.get(one.state, 2 if one.counts else 1)
    now = "refused" if one.state == "failed" else "now"
    return [{"name": name, "state": "done" if place < at else now if place == at else "next"} for place, name in enumerate(STEPS)]


def _by_outcome(counts: dict[str, int]) -> dict[str, int]:
    return {
        "new": counts["created"],
        "changed": counts["updated"],
        "matched": counts["unchanged"],
        "conflicting": counts["conflicting"],
        "refused": counts["rejected"] - counts["conflicting"],
    }
