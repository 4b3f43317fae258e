"""What is typed about invoices."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.kit.identifiers import digits_of, is_ice


class InvoiceNameForm(forms.Form):
    """An ICE is written on paper by whoever types it: a wrong key is asked again."""

    name = forms.CharField(label=_("Name of the company or association"), max_length=120)
    ice = forms.CharField(
        label=_("Its ICE"),
        help_text=_("Fifteen digits. Leave it empty when it has none."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_ice(self) -> str:
        typed = str(self.cleaned_data["ice"]).strip()
        ice = digits_of(typed)
        if typed and not is_ice(ice):
            raise forms.ValidationError(_("This is no ICE: compare its fifteen digits."), code="ice")
        return ice
