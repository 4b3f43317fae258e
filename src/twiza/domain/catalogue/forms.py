"""The shape of a price and of a product, typed as people type."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twiza.domain.catalogue.errors import ImplausiblePrice
from twiza.domain.catalogue.models import Allergen, Product, ProductKind, Variant, Way
from twiza.domain.catalogue.rules import SaleTerms, terms_of
from twiza.domain.catalogue.selectors import kinds
from twiza.domain.catalogue.services import PRODUCT_TEXTS, ProductDetails, ProductFacts, VariantDetails, check_price
from twiza.kit.folding import fold
from twiza.kit.money import read_dirhams
from twiza.kit.months import MONTHS, month_name
from twiza.kit.translations import FALLBACKS

# What a person weighs with, and what it makes in the unit we keep.
MEASURES = {"g": ("g", 1), "kg": ("g", 1000), "ml": ("ml", 1), "l": ("ml", 1000), "piece": ("piece", 1)}
MEASURE_NAMES = (
    ("g", pgettext_lazy("measure", "grams (g)")),
    ("kg", pgettext_lazy("measure", "kilos (kg)")),
    ("ml", pgettext_lazy("measure", "millilitres (ml)")),
    ("l", pgettext_lazy("measure", "litres (l)")),
    ("piece", pgettext_lazy("measure", "pieces")),
)
MOST_CONTENT = Decimal(1_000_000)
MOST_CENTIMETRES = 300
_SIDE = r"([0-9]{1,3}(?:[.,][0-9])?)"
SIZE = re.compile(rf"{_SIDE}\s*[x*×]\s*{_SIDE}\s*[x*×]\s*{_SIDE}")
DIGITS = {"inputmode": "decimal", "autocomplete": "off", "class": "input-short"}


class DirhamsField(forms.CharField):
    """A price as people type it (`90`, `12,50`, `1 200 DH`); cleaned to centimes that somebody might ask."""

    widget = forms.TextInput(attrs={**DIGITS, "dir": "ltr"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        centimes = read_dirhams(fold(text).replace("د.م.", "").replace("درهم", ""))
        if centimes is None:
            raise forms.ValidationError(_("This is not an amount. Write it as 90 or 12,50."), code="invalid")
        try:
            check_price(centimes)
        except ImplausiblePrice as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal
        return centimes


class ContentField(forms.CharField):
    """How much is in it, as people type it (`500`, `1,5`); cleaned to a number above 0."""

    widget = forms.TextInput(attrs={**DIGITS, "dir": "ltr"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            content = Decimal(fold(text).replace(" ", "").replace(",", "."))
        except ArithmeticError:
            raise forms.ValidationError(_("This is not a number. Write it as 500 or 1,5."), code="invalid") from None
        if not content.is_finite() or content <= 0 or content > MOST_CONTENT:
            raise forms.ValidationError(_("Write how much is in one, as 500 or 1,5."), code="range")
        return content


class SizeField(forms.CharField):
    """Length, width and height in centimetres, as people type them (`30 x 20 x 10`, `12,5*8*8`); cleaned to cubic centimetres."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "input-short", "dir": "ltr"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = SIZE.fullmatch(fold(text).replace("cm", "").strip())
        sides = [Decimal(side.replace(",", ".")) for side in found.groups()] if found else []
        if not sides or not all(0 < side <= MOST_CENTIMETRES for side in sides):
            raise forms.ValidationError(_("Write length, width and height in centimetres, as 30 x 20 x 10."), code="invalid")
        return max(math.ceil(math.prod(sides)), 1)


class MeasureForm(forms.Form):
    """What one weighs packed, and how large it is. The size that is known stays unless another is written."""

    packed_grams = forms.IntegerField(
        label=_("Weight of one, packed, in grams"),
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={**DIGITS, "dir": "ltr"}),
    )
    packed_size = SizeField(
        label=_("Size of one, packed, in centimetres"),
        help_text=_("Length, width and height, as 30 x 20 x 10. Leave it empty: it stays as it is."),
        required=False,
        max_length=30,
    )


class PriceForm(forms.Form):
    """What it costs from now on."""

    price = DirhamsField(
        label=_("New price, in dirhams"), max_length=20, error_messages={"required": _("Write the new price, as 90 or 12,50.")}
    )


def story_field(language: str) -> str:
    """Where a story told in the reader's language is kept."""
    return f"story_{FALLBACKS[language][0]}"


class ProductForm(forms.Form):
    """What a product is called and what kind it is. A name in one language is enough."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "data-shrink": True}),
        help_text=_("By daylight, on a plain cloth. Without a photo we show a drawing."),
    )
    name_fr = forms.CharField(
        label=_("Name in French"), max_length=120, required=False, widget=forms.TextInput(attrs={"lang": "fr", "dir": "auto"})
    )
    name_ar = forms.CharField(
        label=_("Name in Arabic"), max_length=120, required=False, widget=forms.TextInput(attrs={"lang": "ar", "dir": "auto"})
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the picture that looks like it.")),
    )
    story = forms.CharField(
        label=_("How do you make it?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Two sentences are enough: who makes it, where, with what."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds: dict[str, ProductKind] = {kind.code: kind for kind in kinds()}
        kind_field = self.fields["kind"]
        assert isinstance(kind_field, forms.ChoiceField)  # noqa: S101 -- declared six lines above
        kind_field.choices = [(kind.code, kind.name) for kind in self.kinds.values()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("name_fr") or cleaned.get("name_ar") or {"name_fr", "name_ar"} & self.errors.keys()):
            self.add_error(None, _("Give the product a name, in French or in Arabic."))
        return cleaned

    def details(self, language: str, before: Product | None = None) -> ProductDetails:
        """What was typed; the story in the reader's language. What the form does not ask stays as it was `before`."""
        typed = self.cleaned_data
        kept = {name: getattr(before, name, "") for name in PRODUCT_TEXTS}
        said = {"name_fr": typed["name_fr"], "name_ar": typed["name_ar"], story_field(language): typed["story"]}
        return ProductDetails(kind=self.kinds[typed["kind"]], **{**kept, **said})


class VariantForm(forms.Form):
    """How much is in one, and what one costs."""

    content = ContentField(
        label=_("How much is in one?"), max_length=12, error_messages={"required": _("Write how much is in one, as 500 or 1,5.")}
    )
    measure = forms.ChoiceField(label=_("Measure"), choices=MEASURE_NAMES, initial="g")
    weighed = forms.BooleanField(
        label=_("I weigh it when I pack it: the buyer pays the real weight"),
        help_text=_("Then write above about how much one weighs."),
        required=False,
    )
    price = DirhamsField(
        label=_("Price of one, in dirhams"),
        max_length=20,
        error_messages={"required": _("Write the price of one, as 90 or 12,50.")},
    )
    packed_grams = forms.IntegerField(
        label=_("Weight of one, packed, in grams"),
        help_text=_("With its jar and box; it makes the delivery price. Leave it empty when you do not know."),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={**DIGITS, "dir": "ltr"}),
    )

    packed_size = SizeField(
        label=_("Size of one, packed, in centimetres"),
        help_text=_("Length, width and height, as 30 x 20 x 10. A large light parcel costs by its size. It may stay empty."),
        required=False,
        max_length=30,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"content", "measure"} <= cleaned.keys() and cleaned.get("packed_grams"):
            content, unit = self._content()
            if unit == "g" and cleaned["packed_grams"] < content:
                self.add_error("packed_grams", _("With its packing it weighs at least what is in it."))
        if cleaned.get("weighed") and cleaned.get("measure") not in {"g", "kg", None}:
            self.add_error("measure", _("What is weighed is measured in grams or kilos."))
        return cleaned

    def details(self) -> VariantDetails:
        content, unit = self._content()
        typed = self.cleaned_data
        mode = Variant.SaleMode.WEIGHED if typed["weighed"] else Variant.SaleMode.PACK
        return VariantDetails(
            content,
            unit,
            typed["price"],
            gross_weight_grams=typed["packed_grams"] or 0,
            sale_mode=mode,
            packed_cm3=typed["packed_size"],
        )

    def _content(self) -> tuple[Decimal, str]:
        unit, times = MEASURES[self.cleaned_data["measure"]]
        return (self.cleaned_data["content"] * times).quantize(Decimal("0.001")), unit


def _words(label: Any, language: str, longest: int, rows: int = 2) -> forms.CharField:
    said = {"lang": language, "dir": "auto"}
    widget = forms.TextInput(attrs=said) if rows == 1 else forms.Textarea(attrs={"rows": rows, **said})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


class WordsForm(forms.Form):
    """What a product is called and how it is made, in every language of the site; what stays empty is read in another."""

    name_fr = _words(_("Name in French"), "fr", 120, 1)
    story_fr = _words(_("How it is made, in French"), "fr", 2000, 4)
    name_ar = _words(_("Name in Arabic"), "ar", 120, 1)
    story_ar = _words(_("How it is made, in Arabic"), "ar", 2000, 4)
    name_zgh = _words(_("Name in Tamazight"), "zgh", 120, 1)
    story_zgh = _words(_("How it is made, in Tamazight"), "zgh", 2000, 4)
    name_en = _words(_("Name in English"), "en", 120, 1)
    story_en = _words(_("How it is made, in English"), "en", 2000, 4)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("name_fr", "name_ar", "name_zgh", "name_en"):
            cleaned[name] = " ".join(cleaned.get(name, "").split())
        if not (cleaned["name_fr"] or cleaned["name_ar"] or {"name_fr", "name_ar"} & self.errors.keys()):
            self.add_error(None, _("Give the product a name, in French or in Arabic."))
        return cleaned

    def details(self, product: Product) -> ProductDetails:
        """What was typed; its kind and whether it may be returned stay as they are."""
        return ProductDetails(kind=product.kind, **self.cleaned_data, withdrawal=product.withdrawal)


class FactsForm(forms.Form):
    """What a label says. Nothing is asked for: what stays empty is not shown."""

    ingredients_fr = _words(_("What is in it, in French"), "fr", 400)
    ingredients_ar = _words(_("What is in it, in Arabic"), "ar", 400)
    allergens = forms.MultipleChoiceField(
        label=_("Does it hold one of these? Some people fall ill from them."),
        choices=Allergen.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    no_allergen = forms.BooleanField(label=_("It holds none of these"), required=False)
    storage_fr = _words(_("How to keep it, in French"), "fr", 200)
    storage_ar = _words(_("How to keep it, in Arabic"), "ar", 200)
    shelf_life_days = forms.IntegerField(
        label=_("How many days does it keep?"),
        required=False,
        min_value=1,
        max_value=3650,
        widget=forms.TextInput(attrs={**DIGITS, "dir": "ltr"}),
    )
    origin_fr = _words(_("Where is it from, in French"), "fr", 120, 1)
    origin_ar = _words(_("Where is it from, in Arabic"), "ar", 120, 1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("no_allergen") and cleaned.get("allergens"):
            self.add_error("no_allergen", _("You ticked some above. Untick them, or untick this."))
        return cleaned

    def facts(self) -> ProductFacts:
        """What was typed; of what it holds, nothing is said when nothing is ticked."""
        typed = dict(self.cleaned_data)
        said_none, ticked = typed.pop("no_allergen"), tuple(typed.pop("allergens"))
        return ProductFacts(**typed, allergens=ticked if ticked or said_none else None)

    @staticmethod
    def initial_of(product: Product) -> dict[str, Any]:
        """What is said of the product today."""
        names = [name for name in ProductFacts.__dataclass_fields__ if name != "allergens"]
        held = product.allergens
        return {**{name: getattr(product, name) for name in names}, "allergens": held or [], "no_allergen": held == []}


MAKING = {
    Way.SHELF: _("It is ready: it leaves from my stock"),
    Way.MADE_TO_ORDER: _("I make it when somebody orders it"),
    Way.PREORDER: _("Buyers may reserve it before it is there"),
}


class SaleTermsForm(forms.Form):
    """When and how it is sold. Asked only of whoever wants to say it: without an answer it leaves from the stock, all year."""

    months = forms.TypedMultipleChoiceField(
        label=_("In which months do you sell it?"),
        help_text=_("Tick none when you sell it all year."),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "month-box"}),
    )
    way = forms.ChoiceField(
        label=_("How does a buyer come to it?"), choices=MAKING.items(), widget=forms.RadioSelect, initial=Way.SHELF
    )
    days = forms.IntegerField(
        label=_("How many days do you need to make it?"),
        required=False,
        min_value=1,
        max_value=120,
        widget=forms.TextInput(attrs={**DIGITS, "dir": "ltr"}),
    )
    ships_by = forms.DateField(
        label=_("By which day does it leave at the latest?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input-short"}, format="%Y-%m-%d"),
    )
    reservable = forms.IntegerField(
        label=_("How many of each size may still be reserved?"),
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={**DIGITS, "dir": "ltr"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = self.fields["months"]
        assert isinstance(months, forms.TypedMultipleChoiceField)  # noqa: S101 -- declared above
        months.choices = [(month, month_name(month)) for month in MONTHS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        way = cleaned.get("way")
        if way == Way.MADE_TO_ORDER and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Write how many days, as 10."))
        if way == Way.PREORDER:
            if not cleaned.get("ships_by") and "ships_by" not in self.errors:
                self.add_error("ships_by", _("Choose the day."))
            if cleaned.get("reservable") is None and "reservable" not in self.errors:
                self.add_error("reservable", _("Write how many. Write 0 to take no more."))
        return cleaned

    def terms(self) -> SaleTerms:
        """What was answered; what belongs to another way is left out."""
        typed = self.cleaned_data
        return SaleTerms(
            season_months=tuple(typed["months"]),
            made_to_order_days=typed["days"] if typed["way"] == Way.MADE_TO_ORDER else None,
            preorder_ships_by=typed["ships_by"] if typed["way"] == Way.PREORDER else None,
        )

    @property
    def how_many(self) -> int:
        """So many more of each size may be reserved; none unless reservations are taken."""
        return self.cleaned_data["reservable"] or 0 if self.cleaned_data["way"] == Way.PREORDER else 0

    @staticmethod
    def initial_of(product: Product, reservable: int) -> dict[str, Any]:
        """What is said of the product today."""
        terms = terms_of(product)
        way = Way.MADE_TO_ORDER if terms.made_to_order_days else Way.PREORDER if terms.preorder_ships_by else Way.SHELF
        return {
            "months": terms.season_months,
            "way": way,
            "days": terms.made_to_order_days,
            "ships_by": terms.preorder_ships_by,
            "reservable": reservable or None,
        }
