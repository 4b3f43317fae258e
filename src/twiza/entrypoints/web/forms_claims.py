"""The questions of taking over one's cooperative's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.selectors import NumberOnFile

ROLES = (("president", _("I am its president")), ("member", _("I am one of its members")))
MOST_FILES = 5


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Who are you in the cooperative?"), choices=ROLES, widget=forms.RadioSelect)


class ClaimByCodeForm(forms.Form):
    """Who one is, and which of the numbers on file is at hand."""

    role = _role_field()
    contact = forms.TypedChoiceField(
        label=_("Which telephone is at hand?"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("The directory holds these numbers of the cooperative. A code goes to the one you choose."),
    )

    def __init__(self, *args: Any, numbers: Sequence[NumberOnFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = self.fields["contact"]
        assert isinstance(contact, forms.ChoiceField)  # noqa: S101 -- declared above
        # Digits and dots would be turned round inside Arabic: the marks keep the number as it is dialled.
        contact.choices = [(number.contact_id, f"\u2066{number.masked}\u2069") for number in numbers]
        if len(numbers) == 1:
            contact.initial = numbers[0].contact_id


class ClaimCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code we sent"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "class": "input-short"}
        ),
    )


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Several files. Whether they are papers is read from their content by the service."""

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:
        files = [super(PapersField, self).clean(one, initial) for one in (value or [None])]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Send five files at most."), code="too_many")
        return files


class ClaimByPapersForm(forms.Form):
    role = _role_field()
    papers = PapersField(
        label=_("Photos of papers, or PDF"),
        help_text=_("The receipt of the register or the statutes with your name, and your identity card. Five files at most."),
        widget=SeveralFiles(attrs={"multiple": True, "accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    words = forms.CharField(
        label=_("Something to say about it"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def chosen_papers(self) -> list[BinaryIO]:
        return [upload.file for upload in self.cleaned_data["papers"]]
