"""Who made a product, and who of them agreed to be named."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from twiza.domain.catalogue.models import Maker, Product, ProductMaker
from twiza.domain.catalogue.models.makers import FIRST_NUMBER
from twiza.domain.directory.models import Membership, Organisation
from twiza.domain.directory.rules import COOPERATIVE_ROLES
from twiza.domain.directory.selectors import live_memberships
from twiza.foundation.accounts.models import User

MOST_NAMES = 4


@dataclass(frozen=True)
class NamedMakers:
    """The first names of those who agreed, four at most, and how many others made it too."""

    names: tuple[str, ...] = ()
    others: int = 0


@dataclass(frozen=True)
class MakerChoice:
    """A member of the cooperative, and whether she makes the product. `maker` is None while nobody ever chose her."""

    person: User
    maker: Maker | None
    is_chosen: bool


def makers_named(product: Product) -> NamedMakers:
    """What its page says: only members of today who agree today; nothing at all when none of them does."""
    made = _of_members(ProductMaker.objects.filter(product=product, maker__cooperative=product.cooperative_id))
    makers = list(made.values_list("maker__first_name", "maker__agreed_at"))
    named = [name for name, agreed_at in makers if agreed_at is not None][:MOST_NAMES]
    return NamedMakers(tuple(named), len(makers) - len(named)) if named else NamedMakers()


def maker_choices(product: Product) -> list[MakerChoice]:
    """Every member, the longest-standing first. Ask for the product through the viewer first."""
    makers = {maker.person_id: maker for maker in Maker.objects.filter(cooperative=product.cooperative_id)}
    chosen = set(ProductMaker.objects.filter(product=product).values_list("maker__person", flat=True))
    members = live_memberships(product.cooperative)
    return [MakerChoice(one.user, makers.get(one.user_id), one.user_id in chosen) for one in members]


def maker_of(cooperative: Organisation, person: User) -> Maker | None:
    """What the person said to being named there."""
    return Maker.objects.filter(cooperative=cooperative, person=person).first()


def maker_to_answer(person: User, number: str) -> Maker | None:
    """The person's own, by the number of a text."""
    own = Maker.objects.filter(person=person).select_related("cooperative__published_revision")
    return own.filter(pk=int(number) - FIRST_NUMBER).first() if number.isdecimal() else None


def makers_waiting_for(person: User) -> list[Maker]:
    """Where she was asked to be named and has not answered, the last asked first; then where she is named."""
    own = Maker.objects.filter(person=person, withdrawn_at=None).select_related("cooperative__published_revision")
    asked = [maker for maker in own.order_by("-asked_at") if maker.asked_at and not maker.is_named]
    return [*asked, *(maker for maker in own.order_by("-agreed_at") if maker.is_named)]


def _of_members(made: QuerySet[ProductMaker]) -> QuerySet[ProductMaker]:
    live = Membership.objects.filter(
        organisation=OuterRef("maker__cooperative"),
        user=OuterRef("maker__person"),
        until=None,
        role__in=COOPERATIVE_ROLES,
        user__is_active=True,
    )
    return made.filter(Exists(live)).order_by("pk")
