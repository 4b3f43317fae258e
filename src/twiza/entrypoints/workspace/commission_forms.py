"""What the market keeps of a sale, typed as people type. Validates, never saves."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.forms import FeeField
from twiza.domain.directory.selectors import get_public_organisation
from twiza.domain.ledger.services import RateTerms
from twiza.domain.payments.selectors import providers
from twiza.domain.storefronts.selectors import open_storefronts
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PERCENT = 50
SHORT = {"inputmode": "decimal", "class": "input-short", "dir": "ltr", "autocomplete": "off"}


class PercentField(forms.CharField):
    """`5`, `4,5 %`: cleaned to hundredths of a percent."""

    widget = forms.TextInput(attrs=SHORT)

    def clean(self, value: Any) -> Any:
        text = fold(super().clean(value)).replace("\u066a", "%").replace("%", "").replace(",", ".").strip()
        if not text:
            return None
        try:
            share = Decimal(text) * 100
        except InvalidOperation:
            raise forms.ValidationError(_("Write it as 5 or 4,5."), code="invalid") from None
        if not share.is_finite() or share != int(share) or not 0 <= share <= MOST_PERCENT * 100:
            raise forms.ValidationError(_("Between 0 and 50, with two decimals at most."), code="range")
        return int(share)


class RateForm(forms.Form):
    """A row of the list: new, in the place of one, or the end of one."""

    code = forms.ChoiceField(label=_("Which row?"), required=False)
    ends = forms.BooleanField(label=_("There is no such row any more"), required=False)
    percent = PercentField(label=_("How many percent are kept?"), required=False, max_length=8)
    includes_delivery = forms.BooleanField(label=_("Of the delivery too"), required=False)
    floor = FeeField(label=_("At least, in dirhams, for an order"), required=False, max_length=12)
    cap = FeeField(label=_("At most, in dirhams, for an order"), required=False, max_length=12)
    position = forms.IntegerField(
        label=_("Its place in the list"),
        help_text=_("The first row that fits an order holds for it."),
        min_value=1,
        max_value=999,
        initial=100,
        widget=forms.NumberInput(attrs={**SHORT, "inputmode": "numeric"}),
    )
    cooperative = forms.CharField(
        label=_("Only for one cooperative"),
        help_text=_("The last part of its page's address."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    storefront = forms.ChoiceField(label=_("Only for what was all chosen in one storefront"), required=False)
    pay_with = forms.ChoiceField(label=_("Only for one way to pay"), required=False)
    valid_from = forms.DateField(label=_("From which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Why?"), help_text=_("It is kept with the row."), max_length=240)

    def __init__(self, *args: Any, rows: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[Any]] = {
            "code": [("", _("a new row")), *rows],
            "storefront": [("", _("any")), *((str(one.pk), one.name) for one in open_storefronts())],
            "pay_with": [("", _("any")), *((one.code, one.name) for one in providers())],
        }
        for name, offered in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = offered
        self.fields["valid_from"].initial = clock.today() + timedelta(days=1)

    def clean_valid_from(self) -> datetime:
        day = self.cleaned_data["valid_from"]
        if day <= clock.today():
            raise forms.ValidationError(_("Choose a day to come."), code="past")
        return timezone.make_aware(datetime.combine(day, time.min))

    def clean_cooperative(self) -> object:
        slug = self.cleaned_data["cooperative"].strip().strip("/").rpartition("/")[2]
        if not slug:
            return None
        try:
            return get_public_organisation(slug).id
        except NotFound:
            raise forms.ValidationError(_("There is no such page."), code="unknown") from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ends") and not cleaned.get("code"):
            self.add_error("code", _("Which row ends?"))
        if not cleaned.get("ends") and cleaned.get("percent") is None and "percent" not in self.errors:
            self.add_error("percent", _("How many percent?"))
        if cleaned.get("cap") is not None and cleaned["cap"] < (cleaned.get("floor") or 0):
            self.add_error("cap", _("This is less than the least."))
        return cleaned

    def terms(self) -> RateTerms | None:
        """Nothing when the row ends."""
        said = self.cleaned_data
        if said["ends"]:
            return None
        return RateTerms(
            percent_basis_points=said["percent"],
            includes_delivery=said["includes_delivery"],
            floor_centimes=said["floor"] or 0,
            cap_centimes=said["cap"],
        )
