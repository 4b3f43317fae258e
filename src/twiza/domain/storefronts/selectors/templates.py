"""The words that are proposed for a storefront's pages, with its facts in their places."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from twiza.domain.delivery.selectors import carriers as every_carrier
from twiza.domain.directory.models import ContactPoint, Identifier, Organisation
from twiza.domain.payments.selectors import provider
from twiza.domain.storefronts.models import Storefront, StorefrontPage
from twiza.domain.storefronts.selectors.ways import ways_of
from twiza.kit.phone import shown_phone
from twiza.kit.translations import translated

# The day on which the words of `written/pages/` were last changed: set it anew with them.
WRITTEN_ON = date(2026, 11, 23)
WRITTEN = Path(__file__).parent.parent / "written" / "pages"
LANGUAGES = ("fr", "ar")
# What only the operator can say: there is no template for it.
WITHOUT_TEMPLATE = frozenset({StorefrontPage.Kind.CONDITIONS.value})
CASH = "cash_on_delivery"
FACT = re.compile(r"\{(\w+)\}")
# `[pickup] You may also fetch it`: a line that stands only where this is so.
WHERE = re.compile(r"^\[(\w+)\] ")


def filled_template(kind: str, language: str, facts: Mapping[str, str]) -> str:
    """The template's words with these facts. A line that asks for one nobody knows is left out."""
    if kind in WITHOUT_TEMPLATE:
        return ""
    paragraphs = (_filled(paragraph, facts) for paragraph in _template(kind, language).split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def facts_for_pages(storefront: Storefront, language: str) -> dict[str, str]:
    """What is known of the storefront and its operator, in French ("fr") or Arabic ("ar"); empty where nothing is."""
    operator = storefront.operator
    known = {
        "name": translated(storefront, "name", language),
        "operator": operator.name_in(language) if operator else translated(storefront, "name", language),
        "phone": shown_phone(storefront.phone) if storefront.phone else "",
        **_days(storefront, language),
        **_ways(storefront, language),
    }
    return {**known, **_identity(operator, language)} if operator else known


def _filled(paragraph: str, facts: Mapping[str, str]) -> str:
    lines = (line for line in paragraph.splitlines() if all(facts.get(fact) for fact in asked_in(line)))
    return "\n".join(WHERE.sub("", line).format_map(facts) for line in lines)


def asked_in(line: str) -> list[str]:
    """The names of the facts without which a line of a template is left out."""
    return [*FACT.findall(line), *WHERE.findall(line)]


def _days(storefront: Storefront, language: str) -> dict[str, str]:
    """From its first day to its last, when it has one."""
    if storefront.closes_at is None:
        return {}
    with override(language):
        last = localtime(storefront.closes_at - timedelta(seconds=1))
        return {"opens": date_format(localtime(storefront.opens_at), "j F Y"), "closes": date_format(last, "j F Y")}


def _ways(storefront: Storefront, language: str) -> dict[str, str]:
    """Which ways to receive and to pay it offers: a name stands for "so it is", nothing for "not so"; other ways to pay than
    cash are named, as those beside it or as all there are.
    """
    offered = ways_of(storefront)
    fetched = {carrier.code for carrier in every_carrier() if carrier.is_fetched}
    is_fetched, is_brought = bool(fetched.intersection(offered.carriers)), bool(set(offered.carriers) - fetched)
    ways = {
        "ships": is_brought,
        "ships_or_pickup": is_brought and is_fetched,
        "pickup_alone": is_fetched and not is_brought,
        "cash": CASH in offered.payments,
    }
    others = {"payments_beside_cash" if ways["cash"] else "payments_alone": _named_payments(offered.payments, language)}
    return {name: name for name, holds in ways.items() if holds} | others


def _named_payments(codes: Collection[str], language: str) -> str:
    """Those that are not cash, in the order in which they are offered. A name may hold a comma."""
    with override(language):
        names = [str(provider(code).name) for code in codes if code != CASH]
    return ("؛ " if language == "ar" else "\N{NO-BREAK SPACE}; ").join(names)


def _identity(operator: Organisation, language: str) -> dict[str, str]:
    """By which numbers the law knows the operator, where it sits, and the address it made public."""
    numbers = Identifier.objects.filter(organisation=operator, retired_at=None, is_public=True)
    known = {row.scheme: ", ".join(filter(None, (row.value, row.court))) for row in numbers}
    email = ContactPoint.objects.filter(organisation=operator, kind="email", visibility="public").first()
    return {
        "registration": known.get("registration", ""),
        "ice": known.get("ice", ""),
        "seat": _seat(operator, language),
        "email": email.value if email else "",
    }


def _seat(operator: Organisation, language: str) -> str:
    revision = operator.published_revision
    commune = revision.commune if revision else None
    return translated(commune, "name", language) if commune else ""


@cache
def _template(kind: str, language: str) -> str:
    return (WRITTEN / f"{kind}.{language}.txt").read_text("utf-8").strip()
