"""What a page shows around its content, said in plain values by whoever renders it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoreFrame:
    """Whose storefront the page is in: header and footer name it. `links` are its own pages.

    `theme_url` is the style sheet of its colour; the logo's size is in points.
    """

    name: str
    home_url: str
    theme_url: str = ""
    logo_url: str = ""
    logo_width: int = 0
    logo_height: int = 0
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Site:
    """The frame of a page: give one as `site` in the context and `ui/base.html` draws header and footer.

    Empty addresses leave their link out; `basket_count` counts articles; `credits` is the footer's closing sentence.
    """

    name: str = "Twiza"
    home_url: str = "/"
    search_url: str = ""
    search_placeholder: str = ""
    suggest_url: str = ""
    basket_url: str = ""
    basket_count: int = 0
    account_url: str = ""
    account_name: str = ""
    sign_in_url: str = ""
    links: tuple[tuple[str, str], ...] = ()
    footer_links: tuple[tuple[str, str], ...] = ()
    credits: str = ""
    store: StoreFrame | None = None
