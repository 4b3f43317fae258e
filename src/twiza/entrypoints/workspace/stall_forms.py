"""What somebody types at the stall."""

from __future__ import annotations

import uuid
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twiza.domain.catalogue.forms import DirhamsField
from twiza.domain.inventory.forms import CountedField
from twiza.domain.orders.forms import GramsField
from twiza.domain.stalls.rules import MOST_PIECES
from twiza.domain.stalls.services import Sold

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Variant

GRAMS_IN_A_KILO = 1000
_DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
_WRONG = _("Write how many you sold, as 3.")


class SaleForm(forms.Form):
    """So many of one thing, and what was paid for one of them; nothing written means what the catalogue asks."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    pieces = CountedField(
        label=pgettext_lazy("sold", "How many?"),
        min_value=1,
        max_value=MOST_PIECES,
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _WRONG),
    )
    price = DirhamsField(label=_("Price of one, in dirhams"), max_length=20, required=False)

    def __init__(self, *args: Any, variant: Variant, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid.uuid4(), "pieces": 1}, **kwargs})
        self.variant = variant

    def sold(self) -> Sold:
        """Ask of a valid form."""
        return Sold(self.variant.pk, pieces=self.cleaned_data["pieces"], price_centimes=self.cleaned_data["price"])


class WeighedSaleForm(SaleForm):
    """So much by weight, and what was paid for a kilo."""

    grams = GramsField(
        label=_("What do the scales say?"), help_text=_("As 620 grams, or 1,62 kilos."), max_length=12,
        error_messages={"required": _("Write what the scales say: 1620 grams, or 1,62 kilos.")},
    )  # fmt: skip
    field_order = ("key", "grams", "pieces", "price")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pieces"].required = False
        self.fields["pieces"].initial = self.initial["pieces"] = None
        self.fields["pieces"].label = _("How many pieces left the shelf?")
        self.fields["pieces"].help_text = _("Leave it empty to have it worked out from the weight.")
        self.fields["price"].label = _("Price of a kilo, in dirhams")

    def sold(self) -> Sold:
        """The price of a kilo is kept as that of a portion, which is what the catalogue asks for. Ask of a valid form."""
        cleaned = self.cleaned_data
        price = None if cleaned["price"] is None else _portion_price(cleaned["price"], self.variant.net_content)
        return Sold(self.variant.pk, pieces=cleaned["pieces"] or 0, grams=cleaned["grams"], price_centimes=price)


def sale_form(variant: Variant, *args: Any) -> SaleForm:
    """The questions for what is sold by the piece, or by weight."""
    return (WeighedSaleForm if variant.is_weighed else SaleForm)(*args, variant=variant)


def _portion_price(kilo_centimes: int, portion_grams: Decimal) -> int:
    return int((Decimal(kilo_centimes) * portion_grams / GRAMS_IN_A_KILO).quantize(Decimal(1), rounding=ROUND_HALF_UP))
