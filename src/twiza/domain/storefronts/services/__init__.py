"""What can be done with storefronts."""

from twiza.domain.storefronts.services.home import (
    MOST_OF_THE_MONTH,
    draw_hero,
    feature_cooperative,
    move_block,
    show_block,
    tell_storefront_story,
    unfeature_cooperative,
)
from twiza.domain.storefronts.services.hosts import (
    ask_for_host,
    drop_host,
    order_look,
    release_host,
    verify_host,
)
from twiza.domain.storefronts.services.look import (
    choose_colour,
    choose_logo,
    remove_logo,
)
from twiza.domain.storefronts.services.looking import (
    accept_product,
    accept_products,
    fingerprint_of,
    look_first,
    refuse_product,
    show_without_looking,
    trust_no_more,
)
from twiza.domain.storefronts.services.market import entrust_market, take_back_market
from twiza.domain.storefronts.services.naming_products import (
    MOST_FIRST,
    leave_out_product,
    move_earlier,
    move_later,
    show_first,
    show_product,
    show_with_others,
)
from twiza.domain.storefronts.services.pages import (
    LONGEST_PAGE,
    begin_page_again,
    keep_templates,
    write_page,
)
from twiza.domain.storefronts.services.preparing import (
    OWN_PAGES,
    add_rule,
    begin_storefront,
    choose_cooperatives,
    choose_dates,
    close_storefront,
    describe_storefront,
    drop_rule,
    leave_out_cooperative,
    open_storefront,
    show_cooperative,
)
from twiza.domain.storefronts.services.quotas import set_quota
from twiza.domain.storefronts.services.ways import choose_ways

__all__ = [
    "LONGEST_PAGE",
    "MOST_FIRST",
    "MOST_OF_THE_MONTH",
    "OWN_PAGES",
    "accept_product",
    "accept_products",
    "add_rule",
    "ask_for_host",
    "begin_page_again",
    "begin_storefront",
    "choose_colour",
    "choose_cooperatives",
    "choose_dates",
    "choose_logo",
    "choose_ways",
    "close_storefront",
    "describe_storefront",
    "draw_hero",
    "drop_host",
    "drop_rule",
    "entrust_market",
    "feature_cooperative",
    "fingerprint_of",
    "keep_templates",
    "leave_out_cooperative",
    "leave_out_product",
    "look_first",
    "move_block",
    "move_earlier",
    "move_later",
    "open_storefront",
    "order_look",
    "refuse_product",
    "release_host",
    "remove_logo",
    "set_quota",
    "show_block",
    "show_cooperative",
    "show_first",
    "show_product",
    "show_with_others",
    "show_without_looking",
    "take_back_market",
    "tell_storefront_story",
    "trust_no_more",
    "unfeature_cooperative",
    "verify_host",
    "write_page",
]
