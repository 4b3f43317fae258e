"""What an operator is asked about its storefront, one screen at a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twiza.domain.storefronts.forms import RuleDetails
from twiza.domain.storefronts.selectors import LABELS, SECTORS
from twiza.foundation.places.selectors import provinces_in_memory
from twiza.kit.phone import read_phone, shown_phone
from twiza.kit.slugs import slug_of

LENGTH_OF_A_REGION = 2
ANY = ("", pgettext_lazy("a choice", "—"))
ARABIC = {"dir": "rtl", "lang": "ar"}
FRENCH = {"dir": "ltr", "lang": "fr"}


def _days(label: Any, help_text: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


class StoreNamesForm(forms.Form):
    """What it is called and where it is found."""

    name_fr = forms.CharField(label=_("Name of the storefront, in French"), max_length=80, widget=forms.TextInput(attrs=FRENCH))
    name_ar = forms.CharField(label=_("Name of the storefront, in Arabic"), max_length=80, widget=forms.TextInput(attrs=ARABIC))
    phone = forms.CharField(
        label=_("The number buyers may call"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "dir": "ltr"}),
    )
    slug = forms.CharField(
        label=_("Its address"),
        required=False,
        max_length=60,
        help_text=_("One or a few words in Latin letters. Leave it empty: we make it from the name."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none", "spellcheck": "false"}),
    )
    welcome_fr = forms.CharField(
        label=_("A sentence of welcome, in French"),
        required=False,
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2, **FRENCH}),
    )
    welcome_ar = forms.CharField(
        label=_("A sentence of welcome, in Arabic"),
        required=False,
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2, **ARABIC}),
    )
    name_zgh = forms.CharField(
        label=_("Name in Tamazight"), required=False, max_length=80, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    name_en = forms.CharField(
        label=_("Name in English"), required=False, max_length=80, widget=forms.TextInput(attrs={"dir": "ltr"})
    )

    def __init__(self, *args: Any, is_address_fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_address_fixed:
            del self.fields["slug"]

    def clean_phone(self) -> str:
        number = read_phone(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(_("This is not a phone number we can call. Write it as 06 12 34 56 78."))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "slug" in self.fields and "name_fr" in cleaned:
            cleaned["slug"] = slug_of(cleaned.get("slug") or cleaned["name_fr"])
            if not cleaned["slug"]:
                self.add_error("slug", _("Write it in Latin letters."))
        return cleaned


class StoreDatesForm(forms.Form):
    """From which day to which: a fair, a season; both may stay empty."""

    first_day = _days(_("First day"), _("Empty: as soon as you open it."))
    last_day = _days(_("Last day"), _("Empty: until you close it."))

    @property
    def opens_at(self) -> datetime | None:
        return _midnight(self.cleaned_data["first_day"])

    @property
    def closes_at(self) -> datetime | None:
        """The last day is whole: it ends with the midnight after it."""
        last = self.cleaned_data["last_day"]
        return _midnight(last + timedelta(days=1)) if last else None


class StoreRuleForm(forms.Form):
    """Which cooperatives it shows without naming each."""

    place = forms.ChoiceField(label=_("Region or province"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[ANY, *SECTORS])
    label = forms.ChoiceField(label=_("Label"), required=False, choices=[ANY, *LABELS])
    is_womens = forms.BooleanField(label=_("Only women's cooperatives"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101 -- declared above
        place.choices = [ANY, *_places()]

    def details(self) -> RuleDetails:
        """A code of two figures is a region's."""
        said = self.cleaned_data
        code = said["place"]
        is_region = len(code) == LENGTH_OF_A_REGION
        return RuleDetails(
            region=code if is_region else "",
            province="" if is_region else code,
            sector=said["sector"],
            label=said["label"],
            is_womens=said["is_womens"],
        )


def _places() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each region, with its provinces below it."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for province in sorted(provinces_in_memory(), key=lambda one: (one.region_id, one.name)):
        name = province.region.name
        regions.setdefault(name, [(province.region_id, _("The whole region: %(name)s") % {"name": name})])
        regions[name].append((province.code, province.name))
    return list(regions.items())


def phone_as_typed(number: str) -> str:
    """As somebody would write it into the form."""
    return shown_phone(number) if number else ""


def first_day_of(opens_at: datetime, *, is_chosen: bool) -> date | None:
    """Empty when it opens as soon as somebody says so."""
    return localdate(opens_at) if is_chosen else None


def last_day_of(closes_at: datetime | None) -> date | None:
    """The day that ends when it closes."""
    return localtime(closes_at - timedelta(seconds=1)).date() if closes_at else None


def _midnight(day: date | None) -> datetime | None:
    return make_aware(datetime.combine(day, time.min)) if day else None
