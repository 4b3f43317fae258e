"""The pages of whoever is signed in."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from twiza.entrypoints.workspace.urls_imports import of_its_lists
from twiza.entrypoints.workspace.urls_page import of_its_page
from twiza.entrypoints.workspace.urls_register import of_the_register
from twiza.entrypoints.workspace.urls_stores import of_the_storefronts
from twiza.entrypoints.workspace.views import (
    bank,
    coupons,
    home,
    lots,
    makers,
    mandates,
    orders,
    parcels,
    people,
    prices,
    product_facts,
    product_labels,
    product_photos,
    product_voice,
    product_words,
    products,
    sale_terms,
    shelf,
    still_true,
    stock,
    tva,
)

app_name = "workspace"

of_a_cooperative = [
    path("", home.show_cooperative, name="cooperative"),
    path("orders/", orders.show_open, name="orders"),
    path("orders/closed/", orders.show_closed, name="orders_closed"),
    path("orders/<str:number>/", orders.show_one, name="order"),
    path("orders/<str:number>/sheet/", orders.show_sheet, name="order_sheet"),
    path("orders/<str:number>/accept/", orders.accept, name="order_accept"),
    path("orders/<str:number>/refuse/", orders.refuse_one, name="order_refuse"),
    path("orders/<str:number>/weigh/", orders.weigh, name="order_weigh"),
    path("orders/<str:number>/ready/", orders.mark_ready, name="order_ready"),
    path("orders/<str:number>/send/", orders.send, name="order_send"),
    path("orders/<str:number>/delivered/", orders.deliver, name="order_delivered"),
    path("orders/<str:number>/not-delivered/", parcels.say_not_delivered, name="order_trouble"),
    path("orders/<str:number>/back/", parcels.take_back, name="order_back"),
    path("stock/", stock.show_all, name="stock"),
    path("stock/<int:variant_id>/", stock.count, name="stock_count"),
    path("stock/<int:variant_id>/add/", stock.add, name="stock_add"),
    path("stock/<int:variant_id>/lots/", lots.show_all, name="lots"),
    path("stock/<int:variant_id>/lots/<slug:code>/", lots.show_one, name="lot"),
    path("stock/<int:variant_id>/lots/<slug:code>/labels/", lots.show_labels, name="lot_labels"),
    path("stock/<int:variant_id>/lots/<slug:code>/recall/", lots.recall, name="lot_recall"),
    path("stock/<int:variant_id>/lots/<slug:code>/thrown-away/", lots.throw_away, name="lot_throw_away"),
    path("shelf/", shelf.edit, name="shelf"),
    path("prices/", prices.show_all, name="prices"),
    path("prices/tva/", tva.show_to_cooperative, name="tva"),
    path("prices/<int:variant_id>/", prices.change, name="price"),
    path("coupons/", coupons.show_all, name="coupons"),
    path("coupons/<int:coupon_id>/agree/", coupons.agree, name="coupon_agree"),
    path("coupons/<int:coupon_id>/stop/", coupons.stop, name="coupon_stop"),
    path("products/", products.show_all, name="products"),
    path("products/new/", products.add, name="product_add"),
    *of_its_lists,
    path("products/<slug:product_slug>/", products.edit, name="product"),
    path("products/<slug:product_slug>/facts/", product_facts.state, name="product_facts"),
    path("products/<slug:product_slug>/when/", sale_terms.choose, name="product_terms"),
    path("products/<slug:product_slug>/labels/", product_labels.choose, name="product_labels"),
    path("products/<slug:product_slug>/words/", product_words.say, name="product_words"),
    path("products/<slug:product_slug>/voice/", product_voice.tell, name="product_voice"),
    path("products/<slug:product_slug>/voice/remove/", product_voice.remove, name="product_voice_remove"),
    path("products/<slug:product_slug>/makers/", makers.choose, name="product_makers"),
    path("products/<slug:product_slug>/makers/ask/", makers.ask, name="product_makers_ask"),
    path("products/<slug:product_slug>/size/", products.add_size, name="product_size"),
    path("products/<slug:product_slug>/photos/", product_photos.show_all, name="product_photos"),
    path("products/<slug:product_slug>/photos/<int:photo_id>/", product_photos.show_one, name="product_photo"),
    path("products/<slug:product_slug>/publish/", products.put_on_sale, name="product_publish"),
    path("products/<slug:product_slug>/retire/", products.take_off_sale, name="product_retire"),
    path("money/", home.show_money, name="money"),
    path("bank/", bank.show_account, name="bank"),
    path("bank/approve/", bank.approve, name="bank_approve"),
    path("bank/stop/", bank.stop, name="bank_stop"),
    path("still-true/", still_true.show_held, name="still_true"),
    path("still-true/yes/", still_true.confirm, name="still_true_yes"),
    path("still-true/closed/", still_true.close, name="still_true_closed"),
    path("help/", home.show_help, name="help"),
    path("people/", people.show_all, name="people"),
    path("people/my-name/", makers.say_mine, name="my_name"),
    path("people/add/", people.add, name="people_add"),
    path("people/<int:user_id>/end/", people.let_go, name="people_end"),
    path("people/joined/<int:claim_id>/unknown/", people.object_to, name="people_object"),
    path("people/mandates/<int:mandate_id>/grant/", people.grant, name="mandate_grant"),
    path("people/mandates/<int:mandate_id>/revoke/", people.revoke, name="mandate_revoke"),
    *of_its_page,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.choose, name="home"),
    # Before the cooperatives' own pages: services/naming.py gives nobody these names.
    path("mandates/", mandates.show_own, name="mandates"),
    path("mandates/<int:mandate_id>/give-back/", mandates.give_back, name="mandate_give_back"),
    path("register/", include(of_the_register)),
    path("stores/", include(of_the_storefronts)),
    path("<slug:slug>/", include(of_a_cooperative)),
]
