"""Fills the site's database and says, as JSON, who and what is in it."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import django

django.setup()

from tests.domain.payouts.paying import use_account
from tests.people import KHOURIBGA, SOUK, build_market, person, product
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.registering import register_organisation
from twiza.domain.inventory.services import receive_stock
from twiza.domain.ledger.services import RateTerms, set_rate
from twiza.domain.orders.models import Order
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery
from twiza.domain.storefronts.services import begin_storefront, keep_templates, open_storefront, set_quota, show_product

market = build_market()
entrust_register(market.operator, by=None)
keeper = person("Nadia", 6002)
add_member(market.operator, keeper, "operator_agent", None)
# The market keeps five percent; the honey cooperative has a bank account, the others fetch their money at the post office.
set_rate("all", RateTerms(500), reason="ouverture", by=None)
use_account(market.honey_cooperative, market.mina, keeper, 17)
jar = product(market.honey_cooperative, market.mina, "honey", "Miel rare", "عسل نادر", "250", "g", 9000, 50)
# Two sizes of one oil at the fair, of which seven pieces may be ordered there in all.
fair = begin_storefront(market.operator, replace(SOUK, slug="foire", name_fr="Foire", name_ar="معرض"), by=market.youssef)
large = product(market.argan_cooperative, market.hajja, "argan-oil", "Huile de la foire", "زيت المعرض", "500", "ml", 20000, 30)
small = add_variant(large.product, VariantDetails(Decimal(100), "ml", 5000), by=market.hajja)
receive_stock(small.pk, 30, by=market.hajja)
show_product(fair, large.product_id, by=market.youssef)
set_quota(fair, large.product_id, 7, by=market.youssef)
keep_templates(fair, by=market.youssef)
open_storefront(fair, by=market.youssef)


def sent(language: str) -> Order:
    """An order of Salma's that is on its way."""
    order = market.order(market.saffron, quantity=2, language=language).orders.get()
    return hand_over_order(accept_order(order, by=market.fatima), by=market.fatima)


def arrived(language: str) -> str:
    """The token of an order that Salma has in her hands."""
    return str(record_delivery(sent(language), by=market.fatima).group.token)


def on_the_way(language: str) -> dict[str, str]:
    order = sent(language)
    return {"token": order.group.token, "number": order.number}


def delivered() -> dict[str, object]:
    """A small oil that is in its buyer's hands."""
    group = market.order(small)
    order = accept_order(group.orders.get(), by=market.hajja)
    record_delivery(hand_over_order(order, by=market.hajja), by=market.hajja)
    return {"token": group.token, "line": order.lines.get().pk}


# Known from a register only, with the number of whoever will say that it is hers.
TELEPHONES = {"fr": "+212683001081", "ar": "+212683001082"}


def listed(name: str, name_ar: str, phone: str) -> str:
    contacts = (ContactDetails("phone", phone), ContactDetails("phone", "+212683001099"))
    details = OrganisationDetails(name_fr=name, name_ar=name_ar, commune_code=KHOURIBGA, sectors=("AGRI",), contacts=contacts)
    return str(register_organisation(kind="cooperative", details=details, by=None, is_fictional=True).slug)


print(
    json.dumps(
        {
            "fatima": market.fatima.phone,
            "hajja": market.hajja.phone,
            "mina": market.mina.phone,
            "youssef": market.youssef.phone,
            "keeper": keeper.phone,
            "arrived": {language: [arrived(language), arrived(language)] for language in ("fr", "ar")},
            "on_the_way": {language: on_the_way(language) for language in ("fr", "ar")},
            "seller": market.saffron_cooperative.slug,
            "delivered": {language: delivered() for language in ("fr", "ar")},
            "oil": small.product.slug,
            "rare_variant": jar.pk,
            "fair_variants": [large.pk, small.pk],
            "listed": {
                "fr": {"slug": listed("Coopérative Tazouta", "تعاونية تازوطا", TELEPHONES["fr"]), "phone": TELEPHONES["fr"]},
                "ar": {"slug": listed("Coopérative Anzi", "تعاونية أنزي", TELEPHONES["ar"]), "phone": TELEPHONES["ar"]},
            },
            "cooperative": market.honey_cooperative.slug,
            "products": [variant.product.slug for variant in (market.saffron, market.argan, market.honey)],
        }
    )
)
