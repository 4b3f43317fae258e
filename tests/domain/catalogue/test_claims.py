"""A product carries a label only by a certificate of its own cooperative, for its kind, its place and this day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product as every

import pytest
import time_machine

from tests.jobs import run_jobs
from tests.labels import certificate, label
from tests.people import CASABLANCA
from twiza.domain.catalogue.errors import (
    LabelNotChecked,
    LabelNotForThisPlace,
    LabelNotForThisProduct,
    LabelNotOfToday,
)
from twiza.domain.catalogue.models import ProductClaim
from twiza.domain.catalogue.selectors import (
    ProductFilters,
    card_rows,
    find_products,
    kind_with,
    label_choices,
    labels_of,
    products_carrying,
    products_naming_labels,
    products_on_sale,
    schemes_of,
    why_not,
)
from twiza.domain.catalogue.selectors.claims import claims_that_hold
from twiza.domain.catalogue.services import ProductDetails, revise_product
from twiza.domain.catalogue.services.labelling import claim_label, withdraw_label
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.jobs import tell_of_label_endings
from twiza.domain.directory.models import Accreditation, Identifier
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.labels import LabelDetails, begin_label, state_label, tell_of_endings
from twiza.domain.directory.services.merging import merge_organisations
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.registering import publish_revision, revise
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message
from twiza.kit.errors import NotFound

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False) as traveller:
        yield traveller


def province_of(cooperative) -> str:
    return cooperative.published_revision.province_id


def shown(variant) -> list[str]:
    """The schemes its page says; the card, the filter and the counts agree."""
    said = [held.scheme for held in labels_of(variant.product)]
    rows = {row.id: row.label for row in card_rows(products_on_sale(), "fr")}
    assert list(schemes_of([variant.product_id]).get(variant.product_id, ())) == said
    assert (rows[variant.product_id] in said) if said else not rows[variant.product_id]
    for scheme in Accreditation.Scheme.values:
        found = find_products(products_on_sale(), ProductFilters(label=scheme), with_labels=True)
        assert (variant.product_id in found.ids) == (scheme in said)
        assert found.total == products_carrying(scheme).count() == found.counts["label"].get(scheme, 0)
    return said


def test_a_certificate_for_kind_and_place_is_shown_with_number_and_dates(market):
    held = label(market.saffron, "aop", by=market.fatima, end=TODAY)

    assert shown(market.saffron) == ["aop"]
    told = labels_of(market.saffron.product)[0]
    assert (told.number, told.valid_until, told.issued_by) == ("AOP-7", TODAY, "Organisme")
    assert shown(market.honey) == []
    entry = Entry.objects.get(action="catalogue.claim_label")
    assert (entry.actor, entry.details) == (market.fatima, {"label": str(held)})


def test_claiming_again_changes_nothing(market):
    held = label(market.saffron, "aop", by=market.fatima)

    claim_label(market.saffron.product, held, by=market.fatima)

    assert ProductClaim.objects.count() == 1
    assert Entry.objects.filter(action="catalogue.claim_label").count() == 1


@pytest.mark.parametrize(
    ("scheme", "kinds", "here", "begin", "end", "refusal"),
    [
        ("bio", ["honey"], False, None, None, LabelNotForThisProduct),
        ("bio", [], False, None, None, LabelNotForThisProduct),
        ("bio", ["saffron"], False, None, YESTERDAY, LabelNotOfToday),
        ("bio", ["saffron"], False, TOMORROW, None, LabelNotOfToday),
        ("igp", ["saffron"], False, None, None, LabelNotForThisPlace),
        ("aop", ["saffron"], None, None, None, LabelNotForThisPlace),
        ("bio", ["saffron"], None, None, None, LabelNotForThisPlace),
    ],
)
def test_what_a_certificate_does_not_cover_is_not_claimed(market, scheme, kinds, here, begin, end, refusal):
    """`here` None: for another province."""
    provinces = ["05.311"] if here is None else []
    held = certificate(market.saffron_cooperative, scheme, kinds, provinces, begin=begin, end=end)

    with pytest.raises(refusal):
        claim_label(market.saffron.product, held, by=market.fatima)

    assert not ProductClaim.objects.exists()
    assert not Entry.objects.filter(action="catalogue.claim_label").exists()


def test_what_nobody_checked_is_not_claimed(market):
    held = record_accreditation(market.saffron_cooperative, scheme="bio", by=None)

    with pytest.raises(LabelNotChecked):
        claim_label(market.saffron.product, held, by=market.fatima)
    assert not ProductClaim.objects.exists()


def test_another_s_certificate_does_not_exist(market):
    held = certificate(market.honey_cooperative, "bio", ["saffron", "honey"])

    with pytest.raises(NotFound):
        claim_label(market.saffron.product, held, by=market.fatima)
    with pytest.raises(NotFound):
        claim_label(market.honey.product, held, by=market.fatima)
    ProductClaim.objects.create(product=market.saffron.product, accreditation=held)

    assert shown(market.saffron) == []
    assert label_choices(market.saffron.product) == []


def test_the_reason_and_the_database_never_disagree(market):
    """Whatever stands on the certificate: what could be claimed is what would be shown."""
    product, here = market.saffron.product, province_of(market.saffron_cooperative)
    kinds, places = ([], ["saffron"], [product.kind.family_id], ["honey"]), ([], [here], ["05.311"], ["05.311", here])
    days = (None, YESTERDAY, TODAY, TOMORROW)
    for scheme, which, where, begin, end in every(("igp", "bio"), kinds, places, days, days):
        if begin and end and end < begin:
            continue
        held = certificate(market.saffron_cooperative, scheme, which, where, begin=begin, end=end)
        claim = ProductClaim.objects.create(product=product, accreditation=held)

        assert claims_that_hold().filter(pk=claim.pk).exists() == (why_not(product, held) is None), held.__dict__


def test_a_label_goes_with_its_last_day_and_comes_back_with_a_new_certificate(market, today):
    held = label(market.honey, "bio", by=market.mina, end=TODAY)

    today.move_to(f"{TODAY}T22:59:59Z")
    assert shown(market.honey) == ["bio"]
    today.move_to(f"{TODAY}T23:00:00Z")
    assert shown(market.honey) == []
    assert [(choice.is_claimed, choice.is_shown) for choice in label_choices(market.honey.product)] == [(True, False)]

    details = LabelDetails("BIO-8", "Organisme", TOMORROW, TODAY + timedelta(days=365), ("honey",), ())
    state_label(held, details, by=None)
    assert shown(market.honey) == ["bio"]
    assert labels_of(market.honey.product)[0].number == "BIO-8"


def test_a_product_that_becomes_another_kind_loses_the_label(market):
    label(market.honey, "bio", by=market.mina)
    saffron = kind_with("saffron")
    assert saffron is not None

    revise_product(market.honey.product, ProductDetails(saffron, name_fr="Miel"), by=market.mina)

    assert shown(market.honey) == []


def test_a_cooperative_that_moves_away_loses_the_label_of_the_place(market):
    label(market.saffron, "aop", by=market.fatima)
    moved = OrganisationDetails(name_fr="Zafrane", commune_code=CASABLANCA, sectors=("AGRI",))

    publish_revision(revise(market.saffron_cooperative, moved, by=None), by=None)

    market.saffron.product.refresh_from_db()
    assert shown(market.saffron) == []


def test_a_certificate_for_a_family_is_for_all_its_kinds(market):
    family = market.honey.product.kind.family_id
    held = certificate(market.honey_cooperative, "bio", [family])

    claim_label(market.honey.product, held, by=market.mina)

    assert shown(market.honey) == ["bio"]


def test_a_card_shows_the_strongest_label_and_no_authorisation(market):
    for scheme in ("onssa", "bio", "aop"):
        label(market.honey, scheme, by=market.mina)
    label(market.argan, "onssa", by=market.hajja)

    rows = {row.id: row.label for row in card_rows(products_on_sale(), "fr")}
    assert rows == {market.honey.product_id: "aop", market.argan.product_id: "", market.saffron.product_id: ""}
    assert [held.scheme for held in labels_of(market.argan.product)] == ["onssa"]


def test_a_label_is_taken_off_by_its_cooperative_only(market):
    held = label(market.honey, "bio", by=market.mina)

    with pytest.raises(NotFound):
        withdraw_label(market.honey.product, held, by=market.hajja)
    assert shown(market.honey) == ["bio"]

    withdraw_label(market.honey.product, held, by=market.mina)
    assert shown(market.honey) == []


def test_certificates_go_with_a_page_that_is_merged(market):
    entrust_register(market.operator, by=None)
    held = certificate(market.honey_cooperative, "bio", ["honey"])
    claim_label(market.honey.product, held, by=market.mina)
    certificate(market.saffron_cooperative, "bio", ["saffron"])

    Identifier.objects.filter(organisation=market.honey_cooperative).delete()
    merge_organisations(market.saffron_cooperative, market.honey_cooperative, by=market.youssef)
    run_jobs()

    market.honey.product.refresh_from_db()
    assert market.honey.product.cooperative == market.saffron_cooperative
    assert [held.scheme for held in labels_of(market.honey.product)] == ["bio"]


def texts(market) -> list[str]:
    return list(
        Message.objects.filter(to=market.mina.phone, key__startswith="label-").order_by("pk").values_list("text", flat=True)
    )


def test_a_cooperative_is_warned_once_thirty_days_before_and_told_once_it_is_over(market, today):
    held = label(market.honey, "bio", by=market.mina, end=TODAY + timedelta(days=31))
    assert tell_of_endings() == 0

    today.shift(timedelta(days=1))
    for _day in range(30):
        tell_of_label_endings(timestamp=0)
        today.shift(timedelta(days=1))
    run_jobs()
    warned = texts(market)
    today.shift(timedelta(days=1))
    for _day in range(3):
        tell_of_label_endings(timestamp=0)
        today.shift(timedelta(days=1))
    run_jobs()

    assert warned == [
        "Twiza: chahada dyalkom Bio (Bio Maroc) BIO-7 ghadi tsali nhar 24/12/2026. "
        "Siftou lina jdida 9bel, wla l label ghadi yt7iyed men lmontoujat."
    ]
    assert texts(market)[1:] == [
        "Twiza: chahada dyalkom Bio (Bio Maroc) BIO-7 salat nhar 24/12/2026. "
        "Lmontoujat dyalkom ma b9aw hazzin had l label. Siftou lina jdida."
    ]
    state_label(held, LabelDetails("BIO-8", "", None, TODAY + timedelta(days=50), ("honey",), ()), by=None)
    assert (tell_of_endings(), tell_of_endings()) == (1, 0)


def test_what_nobody_checked_is_nobody_s_news(market):
    record_accreditation(market.honey_cooperative, scheme="bio", by=None, valid_until=TODAY)

    assert tell_of_endings() == 0


def test_only_a_keeper_states_what_a_certificate_is_for(market):
    held = record_accreditation(market.honey_cooperative, scheme="bio", by=None)

    with pytest.raises(NotFound):
        state_label(held, LabelDetails("1", "", None, None, ("honey",), ()), by=market.mina)
    with pytest.raises(NotFound):
        begin_label(market.honey_cooperative.slug, "bio", by=market.mina)

    held.refresh_from_db()
    assert (held.verified_at, held.kinds, Accreditation.objects.count()) == (None, [], 1)


def test_words_that_speak_of_a_label_are_found_until_a_certificate_stands_behind_them(market):
    honey = kind_with("honey")
    assert honey is not None
    revise_product(market.honey.product, ProductDetails(honey, name_fr="Miel BIO de thym"), by=market.mina)
    revise_product(
        market.argan.product,
        ProductDetails(market.argan.product.kind, name_fr="Amlou biota", story_ar="زيت عضوي"),
        by=market.hajja,
    )

    said = {product.pk: schemes for product, schemes in products_naming_labels()}
    assert said == {market.honey.product_id: ("bio",), market.argan.product_id: ("bio",)}

    market.honey.product.refresh_from_db()
    label(market.honey, "bio", by=market.mina)
    assert [product.pk for product, _schemes in products_naming_labels()] == [market.argan.product_id]
