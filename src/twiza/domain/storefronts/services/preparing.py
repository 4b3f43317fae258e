"""Preparing a storefront, choosing what it shows, opening and closing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import manages
from twiza.domain.directory.selectors import listed_cooperatives
from twiza.domain.storefronts.errors import (
    AddressIsKnown,
    AddressTaken,
    AlreadyOpened,
    ClosesBeforeItOpens,
    NoPhoneToCall,
    NothingToShow,
    NotOpened,
    PagesNotRead,
    RuleSaysNothing,
)
from twiza.domain.storefronts.events import StorefrontOpened
from twiza.domain.storefronts.forms import RuleDetails, StorefrontDetails
from twiza.domain.storefronts.models import Storefront, StorefrontCooperative, StorefrontProduct, StorefrontRule
from twiza.domain.storefronts.selectors import cooperatives_shown_in, products_shown_in, unread_pages_of
from twiza.domain.storefronts.services.holding import held_by_manager, held_with_market, record_act
from twiza.domain.storefronts.states import StorefrontState
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound

# Pages of ours in the workspace, which stand where a storefront's would.
OWN_PAGES = frozenset({"new"})


@transaction.atomic
def begin_storefront(operator: Organisation, details: StorefrontDetails, *, by: User) -> Storefront:
    """The operator has a storefront that only its people see. Raises AddressTaken, and NotFound when `by` does not manage it."""
    if not manages(by, operator):
        raise NotFound
    _refuse_taken(details.slug)
    storefront = Storefront.objects.create(operator=operator, opens_at=clock.now(), **vars(details))
    record_act("begin", storefront, by)
    return storefront


@transaction.atomic
def describe_storefront(storefront: Storefront, details: StorefrontDetails, *, by: User) -> None:
    """It is called so, and says this. Raises AddressTaken, AddressIsKnown once it has opened, NotFound."""
    kept = held_with_market(storefront, by)
    if details.slug != kept.slug:
        if kept.state != StorefrontState.DRAFT:
            raise AddressIsKnown
        _refuse_taken(details.slug)
    for name, value in vars(details).items():
        setattr(kept, name, value)
    kept.save(update_fields=list(vars(details)))
    record_act("describe", kept, by)


@transaction.atomic
def choose_dates(storefront: Storefront, opens_at: datetime | None, closes_at: datetime | None, *, by: User) -> None:
    """Once opened, it is open from the one moment until the other: at once, and until somebody closes it, when none is given.

    Raises ClosesBeforeItOpens, NotFound.
    """
    kept = held_by_manager(storefront, by)
    opens_at = opens_at or min(kept.opens_at, clock.now())
    if closes_at and closes_at <= max(opens_at, clock.now()):
        raise ClosesBeforeItOpens
    kept.opens_at, kept.closes_at = opens_at, closes_at
    kept.save(update_fields=["opens_at", "closes_at"])
    record_act("choose_dates", kept, by)


@transaction.atomic
def open_storefront(storefront: Storefront, *, by: User) -> None:
    """Everybody may visit it, from its first day on.

    Raises AlreadyOpened, NothingToShow, PagesNotRead, NoPhoneToCall, ClosesBeforeItOpens, NotFound.
    """
    kept = held_by_manager(storefront, by)
    _refuse_unready(kept)
    kept.state = StorefrontState.OPEN
    kept.opens_at = max(kept.opens_at, clock.now())
    kept.save(update_fields=["state", "opens_at"])
    record_act("open", kept, by)
    publish(StorefrontOpened(storefront_id=kept.pk))


@transaction.atomic
def close_storefront(storefront: Storefront, *, by: User) -> None:
    """Nobody may visit it, until it is opened again. What was ordered in it goes on. Raises NotOpened, NotFound."""
    kept = held_by_manager(storefront, by)
    if kept.state != StorefrontState.OPEN:
        raise NotOpened
    kept.state = StorefrontState.CLOSED
    kept.save(update_fields=["state"])
    record_act("close", kept, by)


@transaction.atomic
def choose_cooperatives(storefront: Storefront, cooperatives: Sequence[Organisation], *, by: User) -> None:
    """The storefront shows exactly these cooperatives, in this order. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    kept.chosen.all().delete()
    StorefrontCooperative.objects.bulk_create(
        StorefrontCooperative(storefront=kept, cooperative=cooperative, position=position)
        for position, cooperative in enumerate(cooperatives)
    )


@transaction.atomic
def show_cooperative(storefront: Storefront, cooperative_id: int, *, by: User) -> None:
    """It shows this cooperative too, after the others. Raises NotFound, also for one that the public may not see."""
    kept = held_by_manager(storefront, by)
    if not listed_cooperatives().filter(pk=cooperative_id).exists():
        raise NotFound
    last = kept.chosen.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    StorefrontCooperative.objects.update_or_create(
        storefront=kept,
        cooperative_id=cooperative_id,
        defaults={"is_left_out": False},
        create_defaults={"position": position},
    )


@transaction.atomic
def leave_out_cooperative(storefront: Storefront, cooperative_id: int, *, by: User) -> None:
    """It shows this cooperative no more, nor the pages that became part of it, nor a product of its that was chosen, whatever
    a rule says. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    kept.chosen.filter(cooperative_id=cooperative_id).delete()
    kept.chosen.filter(cooperative__merged_into=cooperative_id).delete()
    StorefrontProduct.objects.filter(storefront=kept, product__cooperative=cooperative_id, is_left_out=False).delete()
    if cooperatives_shown_in(kept).filter(pk=cooperative_id).exists():
        StorefrontCooperative.objects.create(storefront=kept, cooperative_id=cooperative_id, is_left_out=True)


@transaction.atomic
def add_rule(storefront: Storefront, details: RuleDetails, *, by: User) -> StorefrontRule:
    """It shows every cooperative for which all of this holds, now and later. Raises RuleSaysNothing, NotFound."""
    kept = held_by_manager(storefront, by)
    if details == RuleDetails():
        raise RuleSaysNothing
    rule, _is_new = StorefrontRule.objects.get_or_create(
        storefront=kept,
        region_id=details.region or None,
        province_id=details.province or None,
        sector=details.sector,
        label=details.label,
        is_womens=details.is_womens,
    )
    record_act("add_rule", kept, by)
    return rule


@transaction.atomic
def drop_rule(storefront: Storefront, rule_id: int, *, by: User) -> None:
    """It shows what the other rules give and what was chosen. One that is gone already stays so. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    kept.rules.filter(pk=rule_id).delete()
    record_act("drop_rule", kept, by)


def _refuse_taken(slug: str) -> None:
    if slug in OWN_PAGES or Storefront.objects.filter(slug=slug).exists():
        raise AddressTaken(slug=slug)


def _refuse_unready(storefront: Storefront) -> None:
    if storefront.state == StorefrontState.OPEN:
        raise AlreadyOpened
    if not storefront.phone:
        raise NoPhoneToCall
    if unread_pages_of(storefront):
        raise PagesNotRead
    if not products_shown_in(storefront).exists():
        raise NothingToShow
    if storefront.closes_at and storefront.closes_at <= clock.now():
        raise ClosesBeforeItOpens
