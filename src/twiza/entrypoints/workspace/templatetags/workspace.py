"""What a screen of the workspace may say: `{% load workspace %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.kit.phone import shown_phone
from twiza.kit.quantities import unit_price, unit_word

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Variant

register = template.Library()


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
