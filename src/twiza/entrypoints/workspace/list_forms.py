"""What a page asks of whoever imports a list of products. Validates, never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.inventory.services.importing.sending import SentFile
from twiza.entrypoints.workspace.import_fields import PRODUCT_FIELD_GROUPS
from twiza.entrypoints.workspace.import_forms import ColumnQuestions


class ListForm(forms.Form):
    """The list and its photos. What is in them is looked at by the service."""

    file = forms.FileField(
        label=_("The list of products, as a CSV or Excel (XLSX) file"),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    photos = forms.FileField(
        label=_("Their photos, in one ZIP file"),
        required=False,
        help_text=_("The list says which photo is whose. Photos may also come later, with the same list."),
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
    is_put_on_sale = forms.BooleanField(label=_("Put new products on sale at once"), required=False, initial=True)

    @property
    def sent(self) -> SentFile:
        """The list. Ask of a valid form."""
        return _sent(self.cleaned_data["file"])

    @property
    def sent_photos(self) -> SentFile | None:
        """The photos, when there are any. Ask of a valid form."""
        photos = self.cleaned_data["photos"]
        return _sent(photos) if photos else None


class ListColumnsForm(ColumnQuestions):
    """For each column of a list what it holds."""

    groups = PRODUCT_FIELD_GROUPS


def _sent(file: Any) -> SentFile:
    return SentFile(file.name, file.chunks())
