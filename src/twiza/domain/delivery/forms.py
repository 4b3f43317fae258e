"""The shape of a table of prices, typed as people type. Validates, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.carrier import TariffRow
from twiza.domain.delivery.models import Tariff, Zone
from twiza.kit import clock
from twiza.kit.folding import fold
from twiza.kit.money import plain, read_dirhams

MOST_CENTIMES = 100_000
MOST_GRAMS = 50_000
MOST_DAYS = 60
AMOUNTS = ("base", "extra", "cash", "back")


class FeeField(forms.CharField):
    """An amount that may be nothing (`0`, `20`, `12,50`); cleaned to centimes."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "input-short", "dir": "ltr"})

    def clean(self, value: Any) -> Any:
        centimes = read_dirhams(fold(super().clean(value)).replace("د.م.", "").replace("درهم", ""))
        if centimes is None or centimes > MOST_CENTIMES:
            raise forms.ValidationError(_("Write an amount in dirhams, as 0, 20 or 12,50."), code="invalid")
        return centimes


class TariffsForm(forms.Form):
    """A table: the day it begins, and for each zone what a parcel costs. Filled with the rows that hold now."""

    valid_from = forms.DateField(label=_("From which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    included_kilograms = forms.IntegerField(label=_("Kilos carried for the price"), min_value=1, max_value=MOST_GRAMS // 1000)
    is_contracted = forms.BooleanField(label=_("We signed this with the carrier"), required=False)

    def __init__(self, *args: Any, rows: Iterable[Tariff] = (), **kwargs: Any) -> None:
        known = {row.zone: row for row in rows}
        super().__init__(*args, **kwargs)
        for zone in Zone.values:
            self._ask(zone, known.get(zone))
        first = next(iter(known.values()), None)
        self.fields["valid_from"].initial = clock.today() + timedelta(days=1)
        self.fields["included_kilograms"].initial = first.included_grams // 1000 if first else 5
        self.fields["is_contracted"].initial = bool(first and first.is_contracted)

    @property
    def zones(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions of each zone under its name."""
        return [(str(zone.label), [self[name] for name in self.fields if name.startswith(f"{zone.value}-")]) for zone in Zone]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for zone in Zone.values:
            least, most = cleaned.get(f"{zone}-least"), cleaned.get(f"{zone}-most")
            if least is not None and most is not None and least > most:
                self.add_error(f"{zone}-most", _("At most is not less than at least."))
        return cleaned

    def rows(self) -> dict[str, TariffRow]:
        """By zone. Ask of a valid form."""
        said = self.cleaned_data
        return {
            zone: TariffRow(
                base_centimes=said[f"{zone}-base"],
                included_grams=said["included_kilograms"] * 1000,
                extra_kilogram_centimes=said[f"{zone}-extra"],
                cash_fee_centimes=said[f"{zone}-cash"],
                days_at_least=said[f"{zone}-least"],
                days_at_most=said[f"{zone}-most"],
                return_centimes=said[f"{zone}-back"],
                is_contracted=said["is_contracted"],
            )
            for zone in Zone.values
        }

    def _ask(self, zone: str, row: Tariff | None) -> None:
        labels = {
            "base": _("Price, in dirhams"),
            "extra": _("Each kilo more"),
            "cash": _("Fee for cash"),
            "back": _("Its way back, paid by the cooperative"),
        }
        amounts = (
            (row.base_centimes, row.extra_kilogram_centimes, row.cash_fee_centimes, row.return_centimes) if row else (None,) * 4
        )
        for name, amount in zip(AMOUNTS, amounts, strict=True):
            initial = "" if amount is None else plain(amount).replace(".", ",")
            self.fields[f"{zone}-{name}"] = FeeField(label=labels[name], max_length=12, initial=initial)
        days = (
            ("least", _("Days, at least"), row.days_at_least if row else 2),
            ("most", _("Days, at most"), row.days_at_most if row else 5),
        )
        for name, label, number in days:
            self.fields[f"{zone}-{name}"] = forms.IntegerField(label=label, min_value=0, max_value=MOST_DAYS, initial=number)
