"""`{% on_market "web:product" slug %}`: a page of the market, also from a storefront's own host."""

from __future__ import annotations

from django import template

from twiza.entrypoints.web.own_host import on_market as address_on_market

register = template.Library()


@register.simple_tag
def on_market(name: str, *args: str) -> str:
    """Its address, whole where the market is another site."""
    return address_on_market(name, *args)
