"""What a page asks of whoever takes in a carrier's list. Validates, never saves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.selectors import carriers
from twiza.kit import clock
from twiza.kit.money import read_dirhams

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 5_000_000


class RemittanceForm(forms.Form):
    """Whose list it is, and what came with it."""

    carrier = forms.ChoiceField(label=_("Whose list is it?"))
    file = forms.FileField(
        label=_("The carrier's list, as a CSV or Excel (XLSX) file"),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    on = forms.DateField(label=_("On which day did the money come?"), widget=forms.DateInput(attrs={"type": "date"}))
    received = forms.CharField(
        label=_("How much came, in dirhams?"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=_("Empty: as much as the list says."),
    )
    reference = forms.CharField(
        label=_("How does the carrier call this payment?"),
        required=False,
        max_length=60,
        help_text=_("The number of its slip or of its transfer."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        keeping = [(one.code, str(one.name)) for one in carriers() if one.keeps_cash]
        self.fields["carrier"].choices = keeping  # type: ignore[attr-defined]
        self.fields["on"].initial = clock.today().isoformat()

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is too large (more than %(megabytes)s MB). Send it in several."), params={"megabytes": 5}
            )
        return file

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return on

    def clean_received(self) -> int | None:
        typed: str = self.cleaned_data["received"].strip()
        if not typed:
            return None
        centimes = read_dirhams(typed)
        if centimes is None:
            raise forms.ValidationError(_("Write an amount in dirhams, as 120 or 12.50."))
        return centimes
