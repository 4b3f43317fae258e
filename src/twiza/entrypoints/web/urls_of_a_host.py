"""What is served on a host of a storefront's own, under the language. `here` is the storefront, and stands in no address."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, register_converter

from twiza.entrypoints.web import urls
from twiza.entrypoints.web.leading_away import lead_to_market, led_away
from twiza.entrypoints.web.own_host import StoreElsewhere, StoreHere
from twiza.entrypoints.web.urls_complaints import complaints_about_orders
from twiza.entrypoints.web.views import (
    basket,
    checkout,
    enquiries,
    feeds,
    gift_baskets,
    orders,
    part_offers,
    paying,
    products,
    reorder,
    returns,
    reviews,
    store_pages,
)

register_converter(StoreHere, "here")
register_converter(StoreElsewhere, "elsewhere")

View = Callable[..., HttpResponseBase]

app_name = "web"

# What lies under `stores/…/` on the market lies here under nothing.
OF_THE_STOREFRONT: tuple[tuple[str, View, str], ...] = (
    ("", products.show_store, "store"),
    ("conditions/", store_pages.show_all_pages, "store-conditions"),
    ("pages/<slug:page>/", store_pages.show_page, "store-page"),
    ("products/", products.show_products, "store-products"),
    ("products/new.rss", feeds.show_new_products, "store-new-products"),
    ("products/<slug:slug>/", products.show_product, "store-product"),
    ("gifts/<slug:slug>/", gift_baskets.show_gift_basket, "store-gift-basket"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(path(f"<here:store>{rest}", view, name=name) for rest, view, name in OF_THE_STOREFRONT),
    path("<here:store>search/", products.show_products),
    path("cart/", basket.show_basket, name="basket"),
    path("cart/add/", basket.put_in, name="basket-add"),
    path("cart/add-gift/", gift_baskets.put_in, name="basket-add-gift"),
    path("cart/change/", basket.change, name="basket-change"),
    path("checkout/", checkout.ask_address, name="checkout"),
    path("checkout/confirm/", checkout.confirm, name="checkout-confirm"),
    path("orders/<str:token>/", orders.show_order, name="order"),
    path("orders/<str:token>/confirm/", orders.confirm_order, name="order-confirm"),
    path("orders/<str:token>/pay/", paying.pay, name="order-pay"),
    path("orders/<str:token>/pay/cash/", paying.pay_in_cash, name="order-pay-cash"),
    path("orders/<str:token>/transfer/", paying.show_transfer, name="order-transfer-proof"),
    path("orders/<str:token>/back/", paying.come_back, name="order-back"),
    path("orders/<str:token>/again/", reorder.put_in_again, name="order-again"),
    path("orders/<str:token>/<slug:cooperative>/part/", part_offers.answer, name="order-part"),
    path("orders/<str:token>/<slug:cooperative>/return/", returns.send_back, name="order-return"),
    *complaints_about_orders,
    path("orders/<str:token>/lines/<int:line_id>/review/", reviews.write, name="order-review"),
    path("orders/<str:token>/<slug:cooperative>/ask/", enquiries.ask_of_order, name="order-ask"),
    # Other storefronts stay on the market.
    *(path(f"stores/<elsewhere:store>/{rest}", lead_to_market, name=name) for rest, _view, name in OF_THE_STOREFRONT),
    # Of `home`, `products`, `product` and `search` only the names are used: they are answered above.
    *led_away(one for one in urls.urlpatterns if getattr(one, "name", "") not in {name for _r, _v, name in OF_THE_STOREFRONT}),
]
