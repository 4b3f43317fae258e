"""The shape of prices, of sending days and of pick-up points, typed as people type. Validates, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twiza.domain.delivery.carrier import TariffRow
from twiza.domain.delivery.models import PickupPoint, SendingTerms, Tariff, Zone
from twiza.domain.delivery.rules import Rhythm, rhythm_of
from twiza.domain.delivery.services import PointDetails
from twiza.foundation.places.selectors import communes_matching, find_commune
from twiza.kit import clock
from twiza.kit.folding import fold
from twiza.kit.money import plain, read_dirhams

MOST_CENTIMES = 1_000_000
MOST_GRAMS = 50_000
MOST_DAYS = 60
AMOUNTS = ("base", "extra", "cash", "back")
_UNKNOWN_PLACE = _("We do not know this place. Write the name of the town or commune, without the street.")


class FeeField(forms.CharField):
    """An amount that may be nothing (`0`, `20`, `12,50`); cleaned to centimes."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "input-short", "dir": "ltr"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text and not self.required:
            return None
        centimes = read_dirhams(fold(text).replace("د.م.", "").replace("درهم", ""))
        if centimes is None or centimes > MOST_CENTIMES:
            raise forms.ValidationError(_("Write an amount in dirhams, as 0, 20 or 12,50."), code="invalid")
        return centimes


class TariffsForm(forms.Form):
    """A table: the day it begins, and for each zone what a parcel costs. Filled with the rows that hold now."""

    valid_from = forms.DateField(label=_("From which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    included_kilograms = forms.IntegerField(label=_("Kilos carried for the price"), min_value=1, max_value=MOST_GRAMS // 1000)
    cm3_per_kilogram = forms.IntegerField(
        label=_("How many cubic centimetres count as a kilo?"),
        help_text=_("Carriers often say 5000. Leave it empty when only the weight counts."),
        required=False,
        min_value=100,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input-short", "dir": "ltr"}),
    )
    is_contracted = forms.BooleanField(label=_("We signed this with the carrier"), required=False)

    def __init__(self, *args: Any, rows: Iterable[Tariff] = (), **kwargs: Any) -> None:
        known = {row.zone: row for row in rows}
        super().__init__(*args, **kwargs)
        for zone in Zone.values:
            self._ask(zone, known.get(zone))
        first = next(iter(known.values()), None)
        self.fields["valid_from"].initial = clock.today() + timedelta(days=1)
        self.fields["included_kilograms"].initial = first.included_grams // 1000 if first else 5
        self.fields["cm3_per_kilogram"].initial = first.cm3_per_kilogram if first else None
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
                cm3_per_kilogram=said["cm3_per_kilogram"],
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


class PointForm(forms.Form):
    """A pick-up point. A name in one language serves for both; a place that several communes share is asked back."""

    name_fr = forms.CharField(label=_("Its name, in French"), max_length=120, required=False)
    name_ar = forms.CharField(
        label=_("Its name, in Arabic"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"})
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("a place", "What is it?"), choices=PickupPoint.Kind.choices, widget=forms.RadioSelect
    )
    place = forms.CharField(label=_("Town or commune"), max_length=120, help_text=_("In French or in Arabic, as you write it."))
    landmark = forms.CharField(
        label=_("Where exactly"),
        max_length=160,
        required=False,
        help_text=_("Something everybody knows: a mosque, a school, a shop."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        help_text=_("None: every day."),
        required=False,
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes_at = forms.TimeField(label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closed_from = forms.DateField(
        label=_("Closed from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    closed_until = forms.DateField(
        label=_("Closed until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    takes_others = forms.BooleanField(
        label=_("Other cooperatives may bring their parcels here"),
        required=False,
        help_text=_(
            "Whoever buys from you and from them comes once. You keep their parcels, and pass on the money they ask for."
        ),
    )
    sends_on = forms.BooleanField(
        label=_("We send them on to the buyer, as one parcel"),
        required=False,
        help_text=_("You put what each brings into one parcel and pay its carriage. Each gives you its share of it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("name_fr") or cleaned.get("name_ar")):
            self.add_error("name_fr", _("Write how people call it."))
        self.commune = find_commune(cleaned.get("place", "")) if cleaned.get("place") else None
        if cleaned.get("place") and self.commune is None:
            near = [commune.label for commune in communes_matching(cleaned["place"])[:4]]
            self.add_error("place", _("Which one? %(names)s") % {"names": " · ".join(near)} if near else _UNKNOWN_PLACE)
        return cleaned

    def details(self) -> PointDetails:
        """Ask of a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "place"}
        said["name_fr"], said["name_ar"] = said["name_fr"] or said["name_ar"], said["name_ar"] or said["name_fr"]
        if self.commune is None:
            raise ValueError("ask of a valid form")
        return PointDetails(commune=self.commune, **said)


def point_as_typed(point: PickupPoint) -> dict[str, Any]:
    """What the form shows of a point there is."""
    kept = ("name_fr", "name_ar", "kind", "landmark", "weekdays", "opens_at", "closes_at", "closed_from", "closed_until")
    said = {name: getattr(point, name) for name in (*kept, "takes_others", "sends_on")}
    return {"place": point.commune.name, **said}


class SendingForm(forms.Form):
    """On which days parcels leave, until which hour, from which amount sending is free, whether a parcel may be opened."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days do your parcels leave?"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one day at least.")},
    )
    cut_off = forms.TimeField(
        label=_("Until which hour may one order for the same day?"),
        required=False,
        help_text=_("Later orders count from the next day. Leave it empty: until midnight."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    free_from = FeeField(
        label=_("From which amount do you pay for sending, in dirhams?"),
        required=False,
        max_length=12,
        help_text=_("The amount of your own products in one order. Leave it empty: the buyer always pays."),
    )
    allows_opening = forms.BooleanField(
        label=_("The buyer may open the parcel before paying"),
        required=False,
        help_text=_("It is written on the sheet of the parcel."),
    )

    def rhythm(self) -> Rhythm:
        """Ask of a valid form."""
        said = self.cleaned_data
        return Rhythm(tuple(said["weekdays"]), said["cut_off"], said["free_from"] or None, said["allows_opening"])


def rhythm_as_typed(terms: SendingTerms | None) -> dict[str, Any]:
    """What the form shows of what holds."""
    rhythm = rhythm_of(terms)
    free = plain(rhythm.free_from_centimes).replace(".", ",") if rhythm.free_from_centimes else ""
    return {"weekdays": rhythm.weekdays, "cut_off": rhythm.cut_off, "free_from": free, "allows_opening": rhythm.allows_opening}
