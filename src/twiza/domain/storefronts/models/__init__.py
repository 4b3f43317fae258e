"""The tables of storefronts."""

from twiza.domain.storefronts.models.assortment import (
    StorefrontProduct,
)
from twiza.domain.storefronts.models.free_delivery import FreeDelivery, FreeDeliveryConsent
from twiza.domain.storefronts.models.gift_basket import GiftBasket, GiftBasketComponent
from twiza.domain.storefronts.models.home import (
    StorefrontFeatured,
    StorefrontHome,
)
from twiza.domain.storefronts.models.host import StorefrontHost
from twiza.domain.storefronts.models.look import (
    StorefrontLook,
)
from twiza.domain.storefronts.models.looking import ProductReview, StorefrontTrust
from twiza.domain.storefronts.models.pages import (
    StorefrontPage,
)
from twiza.domain.storefronts.models.quotas import StorefrontQuota
from twiza.domain.storefronts.models.storefront import (
    Storefront,
    StorefrontCooperative,
    StorefrontRule,
)
from twiza.domain.storefronts.models.ways import StorefrontWays

__all__ = [
    "FreeDelivery",
    "FreeDeliveryConsent",
    "GiftBasket",
    "GiftBasketComponent",
    "ProductReview",
    "Storefront",
    "StorefrontCooperative",
    "StorefrontFeatured",
    "StorefrontHome",
    "StorefrontHost",
    "StorefrontLook",
    "StorefrontPage",
    "StorefrontProduct",
    "StorefrontQuota",
    "StorefrontRule",
    "StorefrontTrust",
    "StorefrontWays",
]
