"""The shape of a question and of an answer. Validates, never saves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.enquiries.models import MOST_WORDS
from twiza.domain.enquiries.services import Asking
from twiza.kit.phone import read_phone


class OrderQuestionForm(forms.Form):
    """A buyer's question about their own order. `website` is a trap: people do not see it."""

    words = forms.CharField(
        label=_("Your question"),
        max_length=MOST_WORDS,
        help_text=_("Phone numbers and links in your words are covered."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this empty"), code="trap")
        return ""


class ProductQuestionForm(OrderQuestionForm):
    """A question about a product, where its answer is told, and whether everybody may read it."""

    phone = forms.CharField(
        label=_("Your phone"),
        max_length=40,
        required=False,
        help_text=_(
            "We write to you when the cooperative answers; it does not see the number. Or keep the address of the next page."
        ),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    may_be_shown = forms.BooleanField(
        label=_("Everybody may read the question and the answer on the product's page"),
        required=False,
        help_text=_("Never your number."),
    )

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = read_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("This is not a phone number we can call. Write it as 06 12 34 56 78."))
        return number

    def asking(self, language: str) -> Asking:
        """Ask of a valid form."""
        given = self.cleaned_data
        return Asking(given["words"], given["phone"], language, may_be_shown=given["may_be_shown"])


class AnswerForm(forms.Form):
    """The cooperative's answer."""

    words = forms.CharField(
        label=_("Your answer"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
