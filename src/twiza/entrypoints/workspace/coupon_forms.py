"""What a cooperative is asked when it offers a coupon, or wants no order smaller than it says. Validates, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.forms import DirhamsField
from twiza.domain.orders.services import CouponTerms
from twiza.kit import clock
from twiza.kit.folding import fold
from twiza.kit.money import read_dirhams

if TYPE_CHECKING:
    from twiza.domain.directory.models import Organisation

MOST_CENTIMES_OFF = 1_000_000
MOST_TYPED = 40


class OffField(forms.CharField):
    """How much less, as people type it: `10 %`, or `20 DH`; cleaned to (percent, None) or (None, centimes)."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "input-short", "dir": "ltr"})

    def clean(self, value: Any) -> Any:
        text = fold(super().clean(value)).replace("\u066a", "%").replace("د.م.", "").replace("درهم", "").strip()
        amount = read_dirhams(text.replace("%", ""))
        if amount is None:
            raise forms.ValidationError(_("Write it as 10 %, or as 20 DH."), code="invalid")
        if "%" not in text:
            return self._within(amount, MOST_CENTIMES_OFF, (None, amount))
        return self._within(amount, 10_000, (amount // 100, None)) if amount % 100 == 0 else self._within(0, 0, None)

    def _within(self, amount: int, most: int, answer: Any) -> Any:
        if not 100 <= amount <= most:
            raise forms.ValidationError(_("Between 1 and 100 %, or between 1 and 10000 DH."), code="range")
        return answer


def _calendar() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LeastOrderForm(forms.Form):
    """Empty for none."""

    least = DirhamsField(
        label=_("How much has to be ordered from you, in dirhams?"),
        help_text=_("Without delivery. Leave it empty and one may order the smallest thing."),
        required=False,
        max_length=12,
    )


class CouponForm(forms.Form):
    """The code, how much less, and the limits somebody wants to set."""

    code = forms.CharField(
        label=_("The word buyers type"),
        help_text=_("3 to 20 letters and digits, such as HONEY10."),
        max_length=MOST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "class": "input-short"}),
    )
    off = OffField(label=_("How much less?"), help_text=_("10 %, or 20 DH. You bear it: so much less is yours."), max_length=12)
    least = DirhamsField(label=_("From which amount on, in dirhams"), required=False, max_length=12)
    valid_from = forms.DateField(label=_("From"), required=False, widget=_calendar())
    valid_until = forms.DateField(label=_("Until"), required=False, widget=_calendar())
    most_uses = forms.IntegerField(label=_("How many orders at most?"), required=False, min_value=1, max_value=1_000_000)
    is_once = forms.BooleanField(label=_("Once for each telephone"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("valid_from") or clock.today(), cleaned.get("valid_until")
        if ends is not None and ends < max(begins, clock.today()):
            self.add_error("valid_until", _("This day is before it begins."))
        return cleaned

    def terms(self) -> CouponTerms:
        """Ask of a valid form."""
        given = self.cleaned_data
        percent, centimes = given["off"]
        return CouponTerms(
            percent_off=percent,
            centimes_off=centimes,
            least_centimes=given["least"] or 0,
            most_uses=given["most_uses"],
            most_uses_per_phone=1 if given["is_once"] else None,
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
        )


class StoreCouponForm(CouponForm):
    """The same of an operator, with whose products it is for and what share of it that cooperative is asked to bear."""

    cooperative = forms.ChoiceField(label=_("For whose products?"), required=False)
    cooperative_percent = forms.IntegerField(
        label=_("How much of it is the cooperative asked to bear, in percent?"),
        help_text=_("0: you bear all of it. With a share it holds once the cooperative says yes; you bear the rest."),
        min_value=0,
        max_value=100,
        initial=0,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input-short", "dir": "ltr"}),
    )
    field_order = ("code", "off", "cooperative", "cooperative_percent")

    def __init__(self, *args: Any, cooperatives: Iterable[Organisation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cooperatives = {str(one.pk): one for one in cooperatives}
        named = [(key, one.name) for key, one in self._cooperatives.items()]
        self.fields["cooperative"].choices = [("", _("Everything in this storefront")), *named]  # type: ignore[attr-defined]
        self.fields["off"].help_text = _("10 %, or 20 DH. Of what is bought in this storefront.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("cooperative_percent") and not cleaned.get("cooperative"):
            self.add_error("cooperative_percent", _("Choose the cooperative that is asked, or leave 0."))
        return cleaned

    @property
    def asked(self) -> Organisation | None:
        """Whose products it is for; None for everybody's. Ask of a valid form."""
        return self._cooperatives.get(self.cleaned_data["cooperative"])
