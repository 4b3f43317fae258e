"""The shape of what a person says about stock."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.inventory.models import RecallReason, WhyWithdrawn
from twiza.kit.folding import fold

# Nobody stores more jars than this; a longer number is a slip of the finger.
MOST_ON_A_SHELF = 100_000

_WRONG = {
    "invalid": _("Write a whole number, as 12."),
    "required": _("Write a number. Write 0 when there is none."),
    "min_value": _("A number below 0 cannot be."),
    "max_value": _("This number is too large. Write it again."),
}


def _number_field(label: Any, least: int) -> forms.IntegerField:
    """Typed in a text box with a telephone's digits: a browser empties a number box it does not understand."""
    keys = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-short"})
    return forms.IntegerField(label=label, min_value=least, max_value=MOST_ON_A_SHELF, widget=keys, error_messages=_WRONG)


class CountedField(forms.IntegerField):
    """A whole number as people type it, in any digits; marks of the direction of writing do not count."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(fold(value) if isinstance(value, str) else value)


def counted_field(label: Any) -> forms.IntegerField:
    """So many there are on a shelf."""
    keys = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return CountedField(label=label, min_value=0, max_value=MOST_ON_A_SHELF, widget=keys, error_messages=_WRONG)


def _day_field(label: Any, help_text: Any) -> forms.DateField:
    calendar = forms.DateInput(attrs={"type": "date", "class": "input-short"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=calendar)


class CountForm(forms.Form):
    """I counted so many on the shelf, promised ones included."""

    on_hand = _number_field(_("I counted"), 0)


class ReceiveForm(forms.Form):
    """I made so many more."""

    quantity = _number_field(_("I made more"), 1)
    best_before = _day_field(_("Good until"), _("The last day on which it is good. Leave it empty when it does not spoil."))
    produced_on = _day_field(_("Made on"), _("Leave it empty when it was made today."))

    @property
    def names_a_lot(self) -> bool:
        """Whether a day was written: then the pieces are followed together. Ask of a valid form."""
        return bool(self.cleaned_data["best_before"] or self.cleaned_data["produced_on"])


class FirstStockForm(forms.Form):
    """So many there are of a new product; nothing written means none yet."""

    on_hand = _number_field(_("How many do you have now?"), 0)


class RecallForm(forms.Form):
    """Why a lot is called back, and how far."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=RecallReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    is_wide = forms.BooleanField(
        label=_("Tell everybody who was sent this product since then"),
        help_text=_("When you do not know for sure which pieces went into which parcel."),
        required=False,
    )


class WithdrawRecallForm(forms.Form):
    """Why a recall was one too many."""

    why = forms.ChoiceField(
        label=_("Why is it not recalled any more?"),
        choices=WhyWithdrawn.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )
