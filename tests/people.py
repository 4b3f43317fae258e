"""The people of the product page. Their relations never change; tests read as stories about them.

Fatima presides a saffron cooperative near Taliouine, Brahim is a member of it. Hajja runs an argan cooperative at Tafraout,
Mina a honey cooperative at Khouribga. Salma buys in Casablanca. Youssef runs a storefront. Karim must see nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.selectors import kind_with
from twiza.domain.catalogue.services import ProductDetails, VariantDetails, describe_product, publish_product
from twiza.domain.directory.forms import IdentifierDetails, OrganisationDetails
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.registering import register_organisation
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import Address, keep_address, place_order, put_in_cart, start_cart
from twiza.domain.storefronts.forms import StorefrontDetails
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import national_storefront
from twiza.domain.storefronts.services import begin_storefront, choose_cooperatives, keep_templates, open_storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.services import register_person
from twiza.foundation.places.selectors import get_commune

CASABLANCA = "06.141.01.0"
TALIOUINE = "09.541.01.11"
KHOURIBGA = "05.311.01.07"
SOUK = StorefrontDetails("souk-khouribga", "Souk Khouribga", "سوق خريبكة", phone="+212683006000")


def person(name: str, number: int, language: str = "fr") -> User:
    return register_person(name=name, phone=f"+21268300{number:04d}", language=language)


@dataclass(frozen=True)
class Market:
    """Three cooperatives with a product each, one storefront, and everybody who matters."""

    fatima: User
    brahim: User
    hajja: User
    mina: User
    salma: User
    youssef: User
    karim: User
    saffron_cooperative: Organisation
    argan_cooperative: Organisation
    honey_cooperative: Organisation
    operator: Organisation
    saffron: Variant
    argan: Variant
    honey: Variant
    national: Storefront
    souk: Storefront

    def basket(self, *variants: Variant, quantity: int = 1, language: str = "fr") -> Cart:
        """Salma's basket with so many of each, her address given."""
        cart = start_cart(language=language)
        for variant in variants or (self.saffron, self.argan, self.honey):
            put_in_cart(cart, variant.pk, quantity, self.national)
        keep_address(cart, Address("Salma", "+212683005001", get_commune(CASABLANCA), "Maârif, près de la mosquée Al Amal"))
        return cart

    def order(self, *variants: Variant, quantity: int = 1, language: str = "fr") -> OrderGroup:
        cart = self.basket(*variants, quantity=quantity, language=language)
        return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def cooperative(name: str, name_ar: str, commune: str, president: User, registration: str) -> Organisation:
    details = OrganisationDetails(
        name_fr=name,
        name_ar=name_ar,
        commune_code=commune,
        sectors=("AGRI",),
        identifiers=(IdentifierDetails("registration", registration, "Tribunal"),),
    )
    organisation = register_organisation(kind="cooperative", details=details, by=None, is_fictional=True)
    add_member(organisation, president, "president", None, receives_texts=True)
    return organisation


def product(
    owner: Organisation, by: User, kind: str, name: str, name_ar: str, content: str, unit: str, price_centimes: int, stock: int
) -> Variant:
    kind_row = kind_with(kind)
    assert kind_row is not None
    made = describe_product(
        owner,
        ProductDetails(kind_row, name_fr=name, name_ar=name_ar),
        VariantDetails(Decimal(content), unit, price_centimes),
        by=by,
    )
    publish_product(made, by=by)
    variant = Variant.objects.get(product=made)
    if stock:
        receive_stock(variant.pk, stock, by=by)
    return variant


def build_market() -> Market:
    fatima, brahim = person("Fatima", 1001, "ary"), person("Brahim", 1002)
    hajja, mina = person("Hajja", 1003, "ar"), person("Mina", 1004, "ary")
    salma, youssef, karim = person("Salma", 5001), person("Youssef", 6001), person("Karim", 9001)
    saffron_cooperative = cooperative("Coopérative Zafrane Taliouine", "تعاونية زعفران تالوين", TALIOUINE, fatima, "1/2/2019")
    add_member(saffron_cooperative, brahim, "member", None)
    argan_cooperative = cooperative("Coopérative Taghart", "تعاونية تاغارت", "09.581.01.05", hajja, "2/2/2019")
    honey_cooperative = cooperative("Coopérative Nahlat", "تعاونية نحلات", KHOURIBGA, mina, "3/2/2019")
    operator = register_organisation(
        kind="operator", details=OrganisationDetails(name_fr="Souk Khouribga", name_ar="سوق خريبكة"), by=None, is_fictional=True
    )
    add_member(operator, youssef, "operator_manager", None)
    souk = begin_storefront(operator, SOUK, by=youssef)
    choose_cooperatives(souk, [honey_cooperative], by=youssef)
    national = national_storefront()
    assert national is not None
    saffron = product(saffron_cooperative, fatima, "saffron", "Safran pur", "زعفران حر", "1", "g", 3800, 40)
    argan = product(argan_cooperative, hajja, "argan-oil", "Huile d'argan", "زيت أركان", "250", "ml", 9500, 20)
    honey = product(honey_cooperative, mina, "honey", "Miel de thym", "عسل الزعتر", "500", "g", 12000, 10)
    keep_templates(souk, by=youssef)
    open_storefront(souk, by=youssef)
    souk.refresh_from_db()
    return Market(
        fatima=fatima,
        brahim=brahim,
        hajja=hajja,
        mina=mina,
        salma=salma,
        youssef=youssef,
        karim=karim,
        saffron_cooperative=saffron_cooperative,
        argan_cooperative=argan_cooperative,
        honey_cooperative=honey_cooperative,
        operator=operator,
        saffron=saffron,
        argan=argan,
        honey=honey,
        national=national,
        souk=souk,
    )
