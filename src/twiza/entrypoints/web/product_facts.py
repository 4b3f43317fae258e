"""What a product's page says of its label, in the reader's language or marked as another's."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from twiza.domain.catalogue.selectors import allergen_names
from twiza.domain.delivery.selectors import carriers as every_carrier
from twiza.kit.translations import FALLBACKS, translated_from

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product


@dataclass(frozen=True)
class Fact:
    """`language` is that of a text the reader's language lacks; empty when it is the reader's own."""

    icon: str
    label: str
    text: str
    language: str = ""

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def mark(self) -> str:
        """Says which language one is about to read."""
        marks = {"fr": _("text in French"), "ar": _("text in Arabic"), "en": _("text in English"), "zgh": _("text in Tamazight")}
        return marks.get(self.language, "")


def facts_of(product: Product) -> list[Fact]:
    """What somebody said of it; nothing is shown for what nobody said."""
    return list(_facts(product))


def told(product: Product, field: str) -> Fact:
    """Its `name` or `story`, marked when it is in another language than the reader's; an empty text when there is none."""
    return next(_written(product, field, "", ""), Fact("", "", ""))


def _facts(product: Product) -> Iterator[Fact]:
    yield from _written(product, "ingredients", "list", _("Ingredients"))
    if product.allergens is not None:
        held = _(", ").join(allergen_names(product.allergens))
        yield Fact("warning", _("Allergens"), held or _("none, says the cooperative"))
    yield from _written(product, "storage", "box", _("How to keep it"))
    if product.shelf_life_days:
        days = ngettext("%(days)s day", "%(days)s days", product.shelf_life_days) % {"days": product.shelf_life_days}
        yield Fact("calendar", _("Keeps"), days)
    yield from _written(product, "origin", "pin", _("Where it is from"))


def _written(product: Product, field: str, icon: str, label: str) -> Iterator[Fact]:
    text, language = translated_from(product, field)
    if text:
        own = FALLBACKS[get_language() or "fr"][0]
        yield Fact(icon, label, text, "" if language == own else language)


def is_brought(carriers: Collection[str]) -> bool:
    """One of these carriers (codes) brings a parcel, at a price."""
    return any(carrier.code in carriers and not carrier.is_fetched for carrier in every_carrier())


def delivery_words(carriers: Collection[str]) -> str:
    """How a parcel comes where these carriers (codes) are offered."""
    fetched = {carrier.is_fetched for carrier in every_carrier() if carrier.code in carriers}
    if fetched == {True}:
        return _("You fetch it at a pick-up point, which you choose before you order.")
    if fetched == {False}:
        return _("To your door; the price is shown before you order.")
    return _("To your door or to a pick-up point; the price is shown before you order.")
