"""Who made a product: chosen by the cooperative, named only while she agrees."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from twiza.domain.catalogue.errors import FirstNameMissing, NobodyToAsk
from twiza.domain.catalogue.events import MakerAsked
from twiza.domain.catalogue.locking import lock_product
from twiza.domain.catalogue.models import Maker, Product, ProductMaker
from twiza.domain.catalogue.rules import may_edit
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import belongs_to
from twiza.domain.directory.selectors import live_memberships
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.clock import now
from twiza.kit.errors import NotFound

ASK_AGAIN_AFTER = timedelta(days=7)
LONGEST_FIRST_NAME = 30


@transaction.atomic
def choose_makers(product: Product, person_ids: Collection[int], *, by: User) -> int:
    """These members make the product, and nobody else; says how many. Nobody is named by that: each agrees herself.

    Raises NotFound for whoever does not speak for the cooperative, and for somebody who does not belong to it.
    """
    if not may_edit(by, product):
        raise NotFound
    lock_product(product.pk)
    members = {membership.user_id: membership.user for membership in live_memberships(product.cooperative)}
    if not set(person_ids) <= members.keys():
        raise NotFound
    makers = [_maker(product.cooperative, members[person_id]) for person_id in sorted(person_ids)]
    ProductMaker.objects.filter(product=product).exclude(maker__in=makers).delete()
    for maker in makers:
        ProductMaker.objects.get_or_create(product=product, maker=maker, defaults={"added_by": by})
    _remember("catalogue.choose_makers", f"product:{product.pk}", product.cooperative, by)
    return len(makers)


@transaction.atomic
def ask_makers(product: Product, *, by: User) -> int:
    """Whoever makes it and has not answered is asked by text (MakerAsked), once a week at most; says how many.

    Raises NotFound, NobodyToAsk.
    """
    if not may_edit(by, product):
        raise NotFound
    lock_product(product.pk)
    asked = list(makers_to_ask(product))
    if not asked:
        raise NobodyToAsk
    for maker in asked:
        maker.asked_at = now()
        maker.save(update_fields=["asked_at"])
        publish(MakerAsked(maker_id=maker.pk, asked_on=f"{maker.asked_at:%Y-%m-%d}"))
    _remember("catalogue.ask_makers", f"product:{product.pk}", product.cooperative, by)
    return len(asked)


def makers_to_ask(product: Product) -> Collection[Maker]:
    """Those chosen for it who can be written to, have not answered, and were not asked within a week."""
    waiting = Maker.objects.filter(products__product=product, agreed_at=None, withdrawn_at=None, person__phone__isnull=False)
    return list(waiting.filter(Q(asked_at=None) | Q(asked_at__lt=now() - ASK_AGAIN_AFTER)).order_by("pk"))


@transaction.atomic
def agree_to_be_named(cooperative: Organisation, *, by: User, first_name: str = "") -> Maker:
    """From now on the member's first name stands on the pages of what she makes for this cooperative.

    Without a name, that of her account. Raises NotFound for somebody who does not belong to it, FirstNameMissing.
    """
    if not belongs_to(by, cooperative):
        raise NotFound
    maker = _maker(cooperative, by)
    maker.first_name = " ".join(first_name.split())[:LONGEST_FIRST_NAME] or maker.first_name
    if not any(character.isalpha() for character in maker.first_name):
        raise FirstNameMissing
    maker.agreed_at, maker.withdrawn_at = now(), None
    maker.save(update_fields=["first_name", "agreed_at", "withdrawn_at"])
    _remember("catalogue.agree_to_be_named", f"maker:{maker.pk}", cooperative, by)
    return maker


@transaction.atomic
def stop_being_named(cooperative: Organisation, *, by: User) -> Maker:
    """No page shows her first name from the next request on, and nobody asks her again. Also for who left the cooperative.

    Raises NotFound for somebody who was never asked nor chosen there.
    """
    maker = Maker.objects.filter(cooperative=cooperative, person=by).first()
    if maker is None and belongs_to(by, cooperative):
        maker = _maker(cooperative, by)
    if maker is None:
        raise NotFound
    maker.agreed_at, maker.withdrawn_at = None, now()
    maker.save(update_fields=["agreed_at", "withdrawn_at"])
    _remember("catalogue.stop_being_named", f"maker:{maker.pk}", cooperative, by)
    return maker


def _maker(cooperative: Organisation, person: User) -> Maker:
    first_name = (person.name.split() or ["?"])[0][:LONGEST_FIRST_NAME]
    return Maker.objects.get_or_create(cooperative=cooperative, person=person, defaults={"first_name": first_name})[0]


def _remember(action: str, subject: str, cooperative: Organisation, by: User) -> None:
    record(action, subject=subject, by=by, on_behalf_of=f"organisation:{cooperative.pk}")
