"""What an operator is asked about a gift basket. Validates, never saves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.forms import DirhamsField
from twiza.domain.storefronts.services import GiftBasketDetails, Part
from twiza.entrypoints.workspace.store_forms import ARABIC, FRENCH
from twiza.kit import clock

FIELD = re.compile(r"pieces-([0-9]{1,12})")
MOST_PIECES = 24


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class GiftBasketPriceForm(forms.Form):
    """Empty for the sum of what is in it."""

    price = DirhamsField(
        label=_("Its price, in dirhams"),
        help_text=_("At most what is in it costs by itself. Leave it empty and it costs just that."),
        required=False,
        max_length=12,
    )


class GiftBasketForm(GiftBasketPriceForm):
    """Its names, its price, from when to when; what is in it stands in fields of its own."""

    name_fr = forms.CharField(label=_("Its name in French"), max_length=80, widget=forms.TextInput(attrs=FRENCH))
    name_ar = forms.CharField(label=_("Its name in Arabic"), max_length=80, widget=forms.TextInput(attrs=ARABIC))
    sold_from = forms.DateField(label=_("From"), required=False, widget=_calendar())
    sold_until = forms.DateField(label=_("Until"), required=False, widget=_calendar())

    field_order = ("name_fr", "name_ar", "price", "sold_from", "sold_until")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("sold_from") or clock.today(), cleaned.get("sold_until")
        if ends is not None and ends < max(begins, clock.today()):
            self.add_error("sold_until", _("This day is before it begins."))
        return cleaned

    def details(self, parts: tuple[Part, ...]) -> GiftBasketDetails:
        """Ask of a valid form."""
        said = self.cleaned_data
        return GiftBasketDetails(
            name_fr=said["name_fr"],
            name_ar=said["name_ar"],
            parts=parts,
            price_centimes=said["price"],
            sold_from=said["sold_from"],
            sold_until=said["sold_until"],
        )


def pieces_in(posted: Mapping[str, Any]) -> dict[int, str]:
    """By size, what was typed for how many pieces of it."""
    typed = {name: str(text).strip() for name, text in posted.items() if FIELD.fullmatch(name)}
    return {int(name.removeprefix("pieces-")): text[:4] for name, text in typed.items() if text}


def parts_in(typed: Mapping[int, str]) -> tuple[Part, ...]:
    """Raises ValidationError for what is no number of pieces."""
    parts = tuple(Part(size, int(text) if text.isdecimal() else -1) for size, text in typed.items() if text != "0")
    if any(not 1 <= part.pieces <= MOST_PIECES for part in parts):
        raise forms.ValidationError(_("How many of each: a number from 1 to %(most)s.") % {"most": MOST_PIECES})
    return parts
