"""What a screen of the workspace may say: `{% load workspace %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twiza.domain.catalogue.selectors import tva_class_of
from twiza.domain.storefronts.selectors import address_of_store
from twiza.entrypoints.ui.addresses import at_own_host
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.kit.clock import today
from twiza.kit.phone import shown_phone
from twiza.kit.quantities import unit_price, unit_word

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product, Variant
    from twiza.domain.catalogue.selectors import TvaClass
    from twiza.domain.storefronts.models import Storefront

register = template.Library()


@register.filter
def address(storefront: Storefront) -> str:
    """`{{ storefront|address }}`: where buyers read it, at its own host when it has one. While it is not open its people look
    at it here, where they are signed in.
    """
    root = address_of_store(storefront.slug) if storefront.is_open_now else ""
    return at_own_host(reverse("web:store", args=[storefront.slug]), storefront.slug, root)


@register.filter
def per_unit(variant: Variant, price_centimes: int | None = None) -> SafeString | str:
    """`{{ variant|per_unit }}`: `240 DH/kg`, at another price when one is given; nothing for a single piece."""
    price = unit_price(price_centimes or variant.price_centimes, variant.net_content, variant.net_unit)
    if price is None:
        return ""
    language = get_language() or "fr"
    return format_html('<bdi class="amount">{}/{}</bdi>', write_dirhams(price[0], language), unit_word(price[1], language))


@register.filter
def phone_number(number: str) -> SafeString:
    """`{{ number|phone_number }}`: as it is dialled, and a link that dials it."""
    return format_html('<a class="phone-link" href="tel:{}"><bdi dir="ltr">{}</bdi></a>', number, shown_phone(number))


@register.filter
def shown_number(number: str) -> str:
    """`{{ number|shown_number }}`: as it is dialled, without a link."""
    return shown_phone(number)


@register.filter
def tva_today(product: Product) -> TvaClass | None:
    """`{{ product|tva_today|tva_words }}`. Select `kind` with the product."""
    return tva_class_of(product, today())


@register.filter
def tva_words(tva: TvaClass | None) -> str:
    """`TVA 20 %`, or that there is none; nothing when nobody knows."""
    if tva is None:
        return ""
    if tva.code == "rate":
        return _("TVA %(percent)s%%") % {"percent": tva.percent}
    return _("exempt from TVA") if tva.code == "exempt" else _("outside TVA")


@register.filter
def tva_law(tva: TvaClass) -> str:
    """Which words of the law say so, in the reader's language."""
    return tva.law_in(get_language() or "fr")
