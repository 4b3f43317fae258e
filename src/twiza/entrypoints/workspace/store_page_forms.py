"""The words of a storefront's page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.storefronts.services import LONGEST_PAGE
from twiza.entrypoints.workspace.store_forms import ARABIC, FRENCH


class StorePageForm(forms.Form):
    """Plain words in both languages; an empty line begins a paragraph, an empty page leaves it to the template."""

    text_fr = forms.CharField(
        label=_("The page in French"),
        required=False,
        max_length=LONGEST_PAGE,
        widget=forms.Textarea(attrs={"rows": 14, **FRENCH}),
    )
    text_ar = forms.CharField(
        label=_("The page in Arabic"),
        required=False,
        max_length=LONGEST_PAGE,
        widget=forms.Textarea(attrs={"rows": 14, **ARABIC}),
    )


class DataPageForm(StorePageForm):
    """The same, with the number under which the operator declared what it keeps of buyers."""

    declaration = forms.CharField(
        label=_("Number of your declaration to the CNDP"),
        max_length=40,
        required=False,
        help_text=_("It stands on the receipt, and on this page of all your storefronts. Law 09-08 asks for it."),
    )
