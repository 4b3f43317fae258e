"""The public pages, under the language."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from twiza.entrypoints.web.urls_complaints import complaints_about_orders
from twiza.entrypoints.web.views import (
    basket,
    checkout,
    claims,
    cooperative_map,
    cooperatives,
    feeds,
    gift_baskets,
    gifts,
    home,
    lots,
    open_data,
    orders,
    part_offers,
    products,
    quotes,
    reorder,
    returns,
    reviews,
    search,
    store_pages,
)

app_name = "web"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show_home, name="home"),
    path("search/", search.show_search, name="search"),
    path("search/suggest/", search.show_suggestions, name="search-suggest"),
    path("terms/", home.show_terms, name="terms"),
    path("cooperatives/", cooperatives.show_list, name="cooperatives"),
    # Before the cooperatives' own pages: services/naming.py gives nobody these names.
    path("cooperatives/map/", cooperative_map.show_country, name="cooperative-map"),
    path("cooperatives/map/<str:region>/", cooperative_map.show_region, name="cooperative-map-region"),
    path("cooperatives/open-data/", open_data.show_open_data, name="cooperatives-open-data"),
    path("cooperatives/<slug:slug>/", cooperatives.show_cooperative, name="cooperative"),
    path("cooperatives/<slug:slug>/claim/", claims.ask, name="claim"),
    path("cooperatives/<slug:slug>/claim/code/", claims.enter_code, name="claim-code"),
    path("cooperatives/<slug:slug>/claim/papers/", claims.send_papers, name="claim-papers"),
    path("cooperatives/<slug:slug>/claim/withdraw/", claims.withdraw, name="claim-withdraw"),
    path("products/", products.show_products, name="products"),
    path("products/new.rss", feeds.show_new_products, name="new-products"),
    path("products/<slug:slug>/", products.show_product, name="product"),
    path("products/<slug:slug>/reviews/", reviews.show_all, name="product-reviews"),
    path("products/<slug:slug>/reviews/<int:review_id>/report/", reviews.report, name="review-report"),
    path("products/<slug:slug>/quote/", quotes.ask, name="quote-ask"),
    path("quotes/<str:token>/", quotes.show_quote, name="quote"),
    path("quotes/<str:token>/accept/", quotes.accept, name="quote-accept"),
    path("quotes/<str:token>/pro-forma/", quotes.show_pro_forma, name="quote-pro-forma"),
    # On labels without the language: whoever scans one is led to theirs.
    path("lots/<slug:code>/", lots.show_lot, name="lot"),
    path("stores/<slug:store>/", products.show_store, name="store"),
    path("stores/<slug:store>/conditions/", store_pages.show_all_pages, name="store-conditions"),
    path("stores/<slug:store>/pages/<slug:page>/", store_pages.show_page, name="store-page"),
    path("stores/<slug:store>/products/", products.show_products, name="store-products"),
    path("stores/<slug:store>/products/new.rss", feeds.show_new_products, name="store-new-products"),
    path("stores/<slug:store>/products/<slug:slug>/", products.show_product, name="store-product"),
    path("stores/<slug:store>/gifts/<slug:slug>/", gift_baskets.show_gift_basket, name="store-gift-basket"),
    path("cart/", basket.show_basket, name="basket"),
    path("cart/add/", basket.put_in, name="basket-add"),
    path("cart/add-gift/", gift_baskets.put_in, name="basket-add-gift"),
    path("cart/change/", basket.change, name="basket-change"),
    path("checkout/", checkout.ask_address, name="checkout"),
    path("checkout/for/", gifts.ask_recipient, name="checkout-recipient"),
    path("checkout/confirm/", checkout.confirm, name="checkout-confirm"),
    path("orders/", orders.list_orders, name="orders"),
    path("orders/<str:token>/", orders.show_order, name="order"),
    path("orders/<str:token>/confirm/", orders.confirm_order, name="order-confirm"),
    path("orders/<str:token>/again/", reorder.put_in_again, name="order-again"),
    path("orders/<str:token>/<slug:cooperative>/part/", part_offers.answer, name="order-part"),
    path("orders/<str:token>/<slug:cooperative>/return/", returns.send_back, name="order-return"),
    *complaints_about_orders,
    path("orders/<str:token>/lines/<int:line_id>/review/", reviews.write, name="order-review"),
]
