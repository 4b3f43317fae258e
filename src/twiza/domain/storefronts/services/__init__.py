"""What can be done with storefronts."""

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

__all__ = [
    "OWN_PAGES",
    "add_rule",
    "begin_storefront",
    "choose_cooperatives",
    "choose_dates",
    "close_storefront",
    "describe_storefront",
    "drop_rule",
    "leave_out_cooperative",
    "open_storefront",
    "show_cooperative",
]
