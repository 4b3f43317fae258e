"""Youssef's shop window over the cooperatives of the province."""

from __future__ import annotations

from collections.abc import Iterable

from twiza.demo import fiction
from twiza.demo.cooperatives import Seller
from twiza.demo.tables import text_of
from twiza.domain.catalogue.selectors import a_choice_of
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.registering import register_organisation
from twiza.domain.storefronts.forms import StorefrontDetails
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.domain.storefronts.services import (
    begin_storefront,
    choose_colour,
    choose_cooperatives,
    keep_templates,
    open_storefront,
    set_quota,
    show_first,
    tell_storefront_story,
    write_page,
)
from twiza.foundation.accounts.models import User

KHOURIBGA = "05.311.01.07"
SLUG = "souk-khouribga"
TELEPHONE = 6000
COLOUR = "#8a2846"
QUOTA_PIECES = 40
# What he says otherwise than the templates.
OWN_WORDS = (("delivery", "fr"), ("delivery", "ar"), ("hygiene", "fr"), ("hygiene", "ar"))


def open_souk(youssef: User, sellers: Iterable[Seller]) -> Storefront:
    """« Souk Khouribga » is open, with its pages, its colour and its story, and shows these cooperatives."""
    details = OrganisationDetails(
        name_fr="Souk Khouribga",
        name_ar="سوق خريبكة",
        commune_code=KHOURIBGA,
        contacts=fiction.contacts(fiction.phone(TELEPHONE)),
    )
    operator = register_organisation(kind="operator", details=details, by=None, is_fictional=True)
    add_member(operator, youssef, "operator_manager", None, receives_texts=True)
    entrust_register(operator, by=None)
    storefront = begin_storefront(operator, _details(), by=youssef)
    choose_cooperatives(storefront, [seller.cooperative for seller in sellers], by=youssef)
    for kind, language in OWN_WORDS:
        write_page(storefront, kind, language, text_of(f"{kind}.{language}.txt"), by=youssef)
    keep_templates(storefront, by=youssef)
    choose_colour(storefront, COLOUR, by=youssef)
    tell_storefront_story(storefront, text_of("story.fr.txt"), text_of("story.ar.txt"), by=youssef)
    open_storefront(storefront, by=youssef)
    storefront.refresh_from_db()
    _arrange(storefront, youssef)
    return storefront


def _arrange(storefront: Storefront, youssef: User) -> None:
    """Three products stand first; of the first, only so many may be ordered here."""
    first = a_choice_of(products_shown_in(storefront), 3)
    for product in first:
        show_first(storefront, product, by=youssef)
    set_quota(storefront, first[0], QUOTA_PIECES, by=youssef)


def _details() -> StorefrontDetails:
    return StorefrontDetails(
        slug=SLUG,
        name_fr="Souk Khouribga",
        name_ar="سوق خريبكة",
        name_en="Souk Khouribga",
        welcome_fr="Vingt-huit coopératives de la province : miel, couscous, huile d'olive, tapis, et les mains qui les font.",
        welcome_ar="ثمان وعشرون تعاونية من الإقليم: العسل والكسكس وزيت الزيتون والزرابي، ومن يصنعها.",
        welcome_en="Twenty-eight cooperatives of the province: honey, couscous, olive oil, rugs, and who makes them.",
        phone=fiction.phone(TELEPHONE),
    )
