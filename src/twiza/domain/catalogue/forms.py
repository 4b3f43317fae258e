"""The shape of a price and of a product, typed as people type."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twiza.domain.catalogue.errors import ImplausiblePrice
from twiza.domain.catalogue.models import Allergen, Product, ProductKind
from twiza.domain.catalogue.selectors import kinds
from twiza.domain.catalogue.services import ProductDetails, ProductFacts, VariantDetails, check_price
from twiza.kit.folding import fold
from twiza.kit.money import read_dirhams

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


class PriceForm(forms.Form):
    """What it costs from now on."""

    price = DirhamsField(
        label=_("New price, in dirhams"), max_length=20, error_messages={"required": _("Write the new price, as 90 or 12,50.")}
    )


class ProductForm(forms.Form):
    """What a product is called and what kind it is. A name in one language is enough."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
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
        story = "story_ar" if language in {"ar", "ary"} else "story_fr"
        kept = {name: getattr(before, name, "") for name in ("name_zgh", "name_en", "story_fr", "story_ar")}
        return ProductDetails(
            kind=self.kinds[typed["kind"]], name_fr=typed["name_fr"], name_ar=typed["name_ar"], **{**kept, story: typed["story"]}
        )


class VariantForm(forms.Form):
    """How much is in one, and what one costs."""

    content = ContentField(
        label=_("How much is in one?"), max_length=12, error_messages={"required": _("Write how much is in one, as 500 or 1,5.")}
    )
    measure = forms.ChoiceField(label=_("Measure"), choices=MEASURE_NAMES, initial="g")
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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"content", "measure"} <= cleaned.keys() and cleaned.get("packed_grams"):
            content, unit = self._content()
            if unit == "g" and cleaned["packed_grams"] < content:
                self.add_error("packed_grams", _("With its packing it weighs at least what is in it."))
        return cleaned

    def details(self) -> VariantDetails:
        content, unit = self._content()
        typed = self.cleaned_data
        return VariantDetails(content, unit, typed["price"], gross_weight_grams=typed["packed_grams"] or 0)

    def _content(self) -> tuple[Decimal, str]:
        unit, times = MEASURES[self.cleaned_data["measure"]]
        return (self.cleaned_data["content"] * times).quantize(Decimal("0.001")), unit


def _words(label: Any, language: str, longest: int, rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "lang": language, "dir": "auto"})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


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
