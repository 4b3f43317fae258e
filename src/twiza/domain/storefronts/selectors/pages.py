"""A storefront's pages: the operator's own words where there are some, the template's where not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from twiza.domain.storefronts.models import Storefront, StorefrontPage
from twiza.domain.storefronts.selectors.templates import (
    LANGUAGES,
    WITHOUT_TEMPLATE,
    WRITTEN_ON,
    facts_for_pages,
    filled_template,
)
from twiza.kit.errors import NotFound
from twiza.kit.translations import FALLBACKS

PAGE_KINDS = tuple(StorefrontPage.Kind.values)
Rows = dict[tuple[str, str], StorefrontPage]
Facts = Callable[[str], Mapping[str, str]]


@dataclass(frozen=True)
class PageShown:
    """A page as a visitor reads it. `language` is the one its words are in, not always the visitor's."""

    kind: str
    title: str
    text: str
    language: str

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"


@dataclass(frozen=True)
class PageDraft:
    """A page in one language as its operator sees it. `is_behind`: the template was written anew since."""

    kind: str
    language: str
    text: str
    template: str
    is_read: bool
    is_own: bool
    is_behind: bool


def pages_shown_in(storefront: Storefront, language: str) -> list[PageShown]:
    """Every page that says something, in the reader's language or the nearest one there is."""
    rows, facts = _rows(storefront), _facts_in_each_language(storefront)
    return [page for kind in PAGE_KINDS if (page := _shown(kind, language, rows, facts)).text]


def page_shown_in(storefront: Storefront, kind: str, language: str) -> PageShown:
    """One of them. Raises NotFound for a page there is not, or that says nothing."""
    if kind not in PAGE_KINDS:
        raise NotFound
    page = _shown(kind, language, _rows(storefront), _facts_in_each_language(storefront))
    if not page.text:
        raise NotFound
    return page


def page_links() -> list[tuple[str, str]]:
    """Kind and title of the pages that every storefront has: they need no look into the tables."""
    return [(kind, str(title)) for kind, title in StorefrontPage.Kind.choices if kind not in WITHOUT_TEMPLATE]


def page_drafts_of(storefront: Storefront) -> dict[str, list[PageDraft]]:
    """By kind, the page in each language with what its template says."""
    rows = _rows(storefront)
    facts = _facts_in_each_language(storefront)
    return {kind: [_draft(kind, code, rows, facts(code)) for code in LANGUAGES] for kind in PAGE_KINDS}


def page_title(kind: str) -> str:
    """Raises NotFound for a page there is not."""
    if kind not in PAGE_KINDS:
        raise NotFound
    return str(StorefrontPage.Kind(kind).label)


def unread_pages_of(storefront: Storefront) -> Sequence[tuple[str, str]]:
    """Kind and language of those that nobody read yet; what has no template need not be."""
    rows = _rows(storefront)
    each = ((kind, language) for kind in PAGE_KINDS for language in LANGUAGES if kind not in WITHOUT_TEMPLATE)
    return [one for one in each if one not in rows]


def _rows(storefront: Storefront) -> Rows:
    return {(row.kind, row.language): row for row in storefront.pages.all()}


def _facts_in_each_language(storefront: Storefront) -> Facts:
    """Asked for once in each language, and only in those that are shown."""
    return cache(partial(facts_for_pages, storefront))


def _draft(kind: str, language: str, rows: Rows, facts: Mapping[str, str]) -> PageDraft:
    row = rows.get((kind, language))
    template = filled_template(kind, language, facts)
    own = row.text if row else ""
    is_behind = bool(own) and row is not None and row.template_dated < WRITTEN_ON
    return PageDraft(kind, language, own or template, template, row is not None, bool(own), is_behind)


def _shown(kind: str, language: str, rows: Rows, facts: Facts) -> PageShown:
    code = _language_of(kind, language, rows)
    row = rows.get((kind, code))
    text = (row.text if row else "") or filled_template(kind, code, facts(code))
    return PageShown(kind, page_title(kind), text, code)


def _language_of(kind: str, language: str, rows: Rows) -> str:
    """The nearest in which somebody wrote or read it: words of its own are truer than a template nobody looked at."""
    nearest = [code for code in FALLBACKS[language] if code in LANGUAGES]
    if kind in WITHOUT_TEMPLATE:
        return next((code for code in nearest if (kind, code) in rows and rows[kind, code].text), nearest[0])
    is_own = any(rows[kind, code].text for code in nearest if (kind, code) in rows)
    return next((code for code in nearest if (kind, code) in rows), nearest[0]) if is_own else nearest[0]
