"""What can be done with storefronts."""

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

__all__ = [
    "LONGEST_PAGE",
    "OWN_PAGES",
    "add_rule",
    "begin_page_again",
    "begin_storefront",
    "choose_cooperatives",
    "choose_dates",
    "close_storefront",
    "describe_storefront",
    "drop_rule",
    "keep_templates",
    "leave_out_cooperative",
    "open_storefront",
    "show_cooperative",
    "write_page",
]
