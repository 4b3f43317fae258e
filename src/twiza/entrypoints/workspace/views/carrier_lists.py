"""The list of parcels a carrier takes, and the list it sends back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.delivery.selectors import listing_carrier
from twiza.domain.orders.selectors import parcels_to_bring
from twiza.domain.orders.services import hear_statuses
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.rows import FileUnreadable

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from twiza.domain.delivery.carrier import HeardStatus, UnreadRow

MOST_BYTES = 1_000_000
MOST_SHOWN = 20
WHY = {
    "no_number": gettext_lazy("the number of the parcel is missing"),
    "status_unknown": gettext_lazy("we do not know this status"),
    "day_unreadable": gettext_lazy("this is not a day that has been"),
    "number_unknown": gettext_lazy("none of your orders has this number"),
}


class StatusFileForm(forms.Form):
    """The carrier's list. What is in it is looked at by whoever reads it."""

    file = forms.FileField(
        label=gettext_lazy("The carrier's list, as a CSV or Excel (XLSX) file"),
        error_messages={"required": gettext_lazy("Choose a file first."), "empty": gettext_lazy("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is too large (more than %(megabytes)s MB). Send it in several.") % {"megabytes": 1}
            )
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def exchange(request: CooperativeRequest) -> HttpResponse:
    """How many parcels wait for a carrier, and a place to send its answer. What could not be read is shown row by row."""
    form = StatusFileForm(request.POST or None, request.FILES or None)
    faults: list[tuple[int, str, str]] = []
    if form.is_valid():
        try:
            read, unread = _read(form.cleaned_data["file"])
        except FileUnreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            heard, strange = hear_statuses(request.cooperative, read, by=request.user)
            told = ngettext("%(number)s row read: its order follows.", "%(number)s rows read: their orders follow.", heard)
            if heard:
                messages.success(request, told % {"number": heard})
            faults = _faults(unread, strange)
            if not faults:
                return go(request, "carrier")
    not_read = {"faults": faults[:MOST_SHOWN], "more": max(len(faults) - MOST_SHOWN, 0)}
    return show(request, "carrier.html", form=form, parcels=parcels_to_bring(request.cooperative), **not_read)


@require_safe
@for_cooperative
def download(request: CooperativeRequest) -> HttpResponse:
    """For a spreadsheet, whose first characters say that it is UTF-8."""
    text = listing_carrier().write_list(parcels_to_bring(request.cooperative))
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="colis-{request.cooperative.slug}.csv"'
    return answer


def _read(file: UploadedFile) -> tuple[list[HeardStatus], list[UnreadRow]]:
    with TemporaryDirectory(prefix="carrier-") as folder:
        path = Path(folder) / "list"
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        return listing_carrier().read_statuses(path)


def _faults(unread: list[UnreadRow], strange: list[HeardStatus]) -> list[tuple[int, str, str]]:
    rows = [(row.line, row.value, str(WHY[row.code])) for row in unread]
    rows += [(row.line, row.reference, str(WHY["number_unknown"])) for row in strange]
    return sorted(rows)
