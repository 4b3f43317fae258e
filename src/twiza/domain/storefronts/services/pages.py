"""Writing a storefront's pages, keeping what the templates say, and beginning again from them."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.storefronts.errors import PageTooLong
from twiza.domain.storefronts.models import Storefront, StorefrontPage
from twiza.domain.storefronts.selectors.pages import PAGE_KINDS, unread_pages_of
from twiza.domain.storefronts.selectors.templates import LANGUAGES, WRITTEN_ON, facts_for_pages, filled_template
from twiza.domain.storefronts.services.holding import held_with_market, record_act
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound
from twiza.kit.texts import tidy_paragraphs

LONGEST_PAGE = 8000


@transaction.atomic
def write_page(storefront: Storefront, kind: str, language: str, text: str, *, by: User) -> None:
    """The page says this, in French ("fr") or Arabic ("ar"); it counts as read.

    What the template says word for word, or nothing, leaves it to the template. Every wording stays in the records, for whoever
    must know what a buyer could read. Raises PageTooLong, NotFound.
    """
    _refuse_unknown(kind, language)
    kept = held_with_market(storefront, by)
    own = tidy_paragraphs(text)
    if len(own) > LONGEST_PAGE:
        raise PageTooLong(most=LONGEST_PAGE)
    if own == filled_template(kind, language, facts_for_pages(kept, language)):
        own = ""
    StorefrontPage.objects.update_or_create(
        storefront=kept,
        kind=kind,
        language=language,
        defaults={"text": own, "template_dated": WRITTEN_ON, "saved_by": by},
    )
    record_act("write_page", kept, by, {"page": kind, "language": language, "words": own or "template"})


@transaction.atomic
def begin_page_again(storefront: Storefront, kind: str, language: str, *, by: User) -> None:
    """The page says what its template says today, with the facts of today. Raises NotFound."""
    _refuse_unknown(kind, language)
    kept = held_with_market(storefront, by)
    kept.pages.filter(kind=kind, language=language).update(text="", template_dated=WRITTEN_ON, saved_by=by)
    record_act("begin_page_again", kept, by, {"page": kind, "language": language})


@transaction.atomic
def keep_templates(storefront: Storefront, *, by: User) -> None:
    """Somebody read every page that is still the template's, and says that it is right. Raises NotFound."""
    kept = held_with_market(storefront, by)
    StorefrontPage.objects.bulk_create(
        StorefrontPage(storefront=kept, kind=kind, language=language, template_dated=WRITTEN_ON, saved_by=by)
        for kind, language in unread_pages_of(kept)
    )
    record_act("keep_templates", kept, by)


def _refuse_unknown(kind: str, language: str) -> None:
    if kind not in PAGE_KINDS or language not in LANGUAGES:
        raise NotFound
