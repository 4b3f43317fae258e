"""The storefronts of an operator."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.urls_imports import of_store_lists
from twiza.entrypoints.workspace.views import (
    late_answers,
    operator,
    parcels,
    returns,
    store_elsewhere,
    store_gift_baskets,
    store_home,
    store_host,
    store_look,
    store_pages,
    store_products,
    store_quotas,
    store_reviews,
    store_tariffs,
    store_ways,
    stores,
    tva,
)

of_the_storefronts: list[URLPattern] = [
    # Before the storefronts' own pages: nobody is given this address.
    path("new/", stores.begin, name="store_new"),
    path("<slug:slug>/", operator.show_storefront, name="storefront"),
    path("<slug:slug>/parcels/", parcels.show_in_trouble, name="store_parcels"),
    path("<slug:slug>/late/", late_answers.show_all, name="store_late"),
    path("<slug:slug>/late/<int:order_id>/", late_answers.give_up, name="store_late_cancel"),
    path("<slug:slug>/returns/", returns.show_from_storefront, name="store_returns"),
    path("<slug:slug>/setup/", stores.show_setup, name="store_setup"),
    path("<slug:slug>/names/", stores.say_names, name="store_names"),
    path("<slug:slug>/assortment/", stores.choose_assortment, name="store_assortment"),
    path("<slug:slug>/assortment/products/", store_products.choose_products, name="store_products"),
    path("<slug:slug>/quotas/", store_quotas.say_quotas, name="store_quotas"),
    path("<slug:slug>/tariffs/", store_tariffs.announce, name="store_tariffs"),
    path("<slug:slug>/tariffs/withdraw/", store_tariffs.withdraw, name="store_tariffs_withdraw"),
    path("<slug:slug>/ways/", store_ways.choose, name="store_ways"),
    path("<slug:slug>/dates/", stores.say_dates, name="store_dates"),
    path("<slug:slug>/pages/", store_pages.show_pages, name="store_pages"),
    path("<slug:slug>/pages/keep/", store_pages.keep_them, name="store_pages_keep"),
    path("<slug:slug>/pages/<slug:page>/", store_pages.write, name="store_page"),
    path("<slug:slug>/tva/", tva.show_to_operator, name="store_tva"),
    path("<slug:slug>/elsewhere/", store_elsewhere.show_addresses, name="store_elsewhere"),
    path("<slug:slug>/gift-baskets/", store_gift_baskets.show_all, name="store_gift_baskets"),
    path("<slug:slug>/gift-baskets/new/", store_gift_baskets.compose, name="store_gift_basket"),
    path("<slug:slug>/gift-baskets/<slug:gift>/price/", store_gift_baskets.price, name="store_gift_basket_price"),
    path("<slug:slug>/gift-baskets/<slug:gift>/stop/", store_gift_baskets.stop, name="store_gift_basket_stop"),
    path("<slug:slug>/look/", store_look.choose_look, name="store_look"),
    path("<slug:slug>/address/", store_host.show_host, name="store_host"),
    path("<slug:slug>/first-page/", store_home.arrange, name="store_home"),
    path("<slug:slug>/first-page/story/", store_home.tell_story, name="store_story"),
    path("<slug:slug>/first-page/month/", store_home.choose_of_the_month, name="store_month"),
    path("<slug:slug>/review/", store_reviews.show_queue, name="store_reviews"),
    path("<slug:slug>/review/all/", store_reviews.accept_all, name="store_reviews_all"),
    path("<slug:slug>/review/setting/", store_reviews.choose, name="store_reviews_setting"),
    path("<slug:slug>/review/<int:product_id>/", store_reviews.look, name="store_review"),
    path("<slug:slug>/open/", stores.open_it, name="store_open"),
    path("<slug:slug>/close/", stores.close_it, name="store_close"),
    *of_store_lists,
]
