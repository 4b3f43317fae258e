"""The demonstration is believable, fictional, and the same for the same seed."""

from __future__ import annotations

import io

import pytest

from tests.jobs import run_jobs
from twiza.demo import building
from twiza.demo.building import OtherDemonstration, Wish, build, is_built
from twiza.demo.progress import Progress
from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.catalogue.selectors import products_carrying
from twiza.domain.directory.models import ContactPoint, Identifier, Organisation
from twiza.domain.directory.selectors import label_schemes
from twiza.domain.enquiries.models import Enquiry
from twiza.domain.inventory.models import Lot
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.invoicing.selectors import invoice_faults
from twiza.domain.orders.models import Order, PartialOffer
from twiza.domain.quotes.models import Quote
from twiza.domain.reviews.models import Review, ReviewReport
from twiza.domain.stalls.models import StallSale
from twiza.domain.storefronts.models import FreeDelivery, Storefront
from twiza.domain.storefronts.selectors import named_products_in, products_shown_in, products_with_quota
from twiza.domain.storefronts.selectors.gift_baskets import gift_baskets_of, trouble_of_gift_basket
from twiza.foundation.accounts.models import User
from twiza.foundation.messaging.models import Message
from twiza.kit.clock import today
from twiza.kit.identifiers import is_ice, is_rib
from twiza.kit.phone import is_fictional

WISH = Wish("market", "small", 7)


@pytest.fixture(scope="module")
def kept_morocco(keep, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(building.SIZES, "small", 80)
        return keep(lambda: build(WISH, tmp_path_factory.mktemp("demo"), Progress(io.StringIO())))


@pytest.fixture
def morocco(kept_morocco, db):
    kept_morocco.again()


def test_the_market_is_the_one_of_the_story(morocco):
    souk = Storefront.objects.get(slug="souk-khouribga")

    assert Organisation.objects.filter(kind="cooperative").count() == 80
    assert souk.chosen.count() == 28
    assert len(named_products_in(souk).first) == 3
    assert len(products_with_quota(souk)) == 1
    assert 90 <= products_shown_in(souk).count() <= 110
    assert len({product.kind_id for product in Product.objects.all()}) >= 20
    assert sorted(set(Order.objects.values_list("status", flat=True))) == [
        "accepted",
        "closed",
        "declined",
        "offered",
        "placed",
        "undelivered",
    ]
    assert stock_faults()[1] == []
    assert Product.objects.filter(made_to_order_days__isnull=False).count() == 2
    assert Product.objects.filter(preorder_ships_by__isnull=False).count() == 1
    assert Product.objects.exclude(season_months=[]).count() == 2
    assert Product.objects.filter(variants__sale_mode="weighed").count() == 1
    assert Lot.objects.filter(on_hand__gt=0, recalled_at=None).count() >= 40
    assert {lot.is_fit for lot in Lot.objects.all()} == {True}
    assert {scheme: products_carrying(scheme).count() > 0 for scheme, _name in label_schemes()} == {
        scheme: True for scheme, _name in label_schemes()
    }


def test_a_storefront_has_lived_a_little(morocco):
    souk = Storefront.objects.get(slug="souk-khouribga")

    assert [(gift.name_fr, trouble_of_gift_basket(gift, today()) is None) for gift in gift_baskets_of(souk)] == [
        ("Panier du goûter", False),
        ("Panier de fête", True),
    ]
    assert Variant.objects.exclude(many_from=[]).count() == 3
    assert FreeDelivery.objects.get(storefront=souk).consents.count() == 3
    assert sorted(Quote.objects.values_list("state", flat=True)) == ["accepted", "asked", "sent"]
    assert Quote.objects.get(state="accepted").deposit_centimes > 0
    assert Review.objects.count() == 7
    assert Review.objects.exclude(answer="").count() == 3
    assert ReviewReport.objects.filter(settled_at=None).count() == 1
    assert Enquiry.objects.filter(shown_at__isnull=False).count() == 3
    assert Enquiry.objects.filter(answered_at=None).count() == 2
    assert sorted(Complaint.objects.values_list("state", flat=True)) == ["closed", "escalated", "open"]
    assert list(Return.objects.values_list("state", flat=True)) == ["requested"]
    assert PartialOffer.objects.filter(state="asked").count() == 1
    assert StallSale.objects.count() == 5


def test_nothing_in_it_could_be_taken_for_real_or_reach_anybody(morocco):
    run_jobs()

    assert invoice_faults()[1] == []
    assert not Organisation.objects.filter(is_fictional=False).exists()
    numbers = {*User.objects.values_list("phone", flat=True), *Message.objects.values_list("to", flat=True)}
    numbers |= set(ContactPoint.objects.filter(kind="phone").values_list("value", flat=True))
    assert all(is_fictional(number) for number in numbers)
    assert all(is_ice(value) for value in Identifier.objects.filter(scheme="ice").values_list("value", flat=True))
    assert all(is_rib(value) for value in Identifier.objects.filter(scheme="rib").values_list("value", flat=True))
    assert not Identifier.objects.filter(scheme="rib", is_public=True).exists()


def test_it_is_built_once_and_another_wish_is_refused(morocco):
    assert is_built(WISH) is True
    with pytest.raises(OtherDemonstration):
        is_built(Wish("market", "small", 8))


def test_the_same_seed_writes_the_same_register_and_another_seed_another(db, tmp_path):
    from random import Random

    from twiza.demo.register import write_register

    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        write_register(tmp_path / name, 200, Random(seed))

    first, second, third = ((tmp_path / name).read_text() for name in "abc")
    assert first == second
    assert first != third
    assert len(first.splitlines()) == 201
