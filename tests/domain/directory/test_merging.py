"""Two pages of one cooperative become one, and two again."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tests.jobs import run_jobs
from tests.people import person, product
from twiza.domain.catalogue.handlers import give_back_products, take_over_products
from twiza.domain.catalogue.models import Product
from twiza.domain.directory.errors import (
    AlreadyMerged,
    ClosedNotKept,
    HasTakenInOthers,
    MergeAlreadyUndone,
    MergeOfOtherKinds,
    MergeWithItself,
    NumbersDisagree,
    SuspendedNotMerged,
)
from twiza.domain.directory.events import MergeUndone, OrganisationsMerged
from twiza.domain.directory.forms import ContactDetails, IdentifierDetails, OrganisationDetails
from twiza.domain.directory.models import Accreditation, ContactPoint, Identifier, Membership, Merge, Organisation
from twiza.domain.directory.rules import speaks_for
from twiza.domain.directory.selectors import get_public_organisation, people_receiving_texts
from twiza.domain.directory.selectors.duplicates import find_duplicates
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.merging import merge_many, merge_organisations, tell_apart, undo_merge
from twiza.domain.directory.services.particulars import add_contact, add_identifier, record_accreditation
from twiza.domain.directory.services.registering import change_state, register_organisation
from twiza.domain.orders.models import Order
from twiza.domain.orders.selectors import order_for_cooperative_member, orders_waiting_for, work_left
from twiza.domain.orders.services import accept_order, decline_order
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.models import Entry
from twiza.foundation.search.models import SearchChange
from twiza.kit.errors import NotAllowed, NotFound

ICE, OTHER_ICE = "001561191000066", "002136093000040"


def registered(name: str, **said: object) -> Organisation:
    return register_organisation(kind="cooperative", details=OrganisationDetails(name_fr=name, **said), by=None)


@pytest.fixture
def keeper(db) -> User:
    keeper = person("Keeper", 7001)
    keeper.is_staff = True
    keeper.save(update_fields=["is_staff"])
    return keeper


@pytest.fixture
def pair(keeper) -> tuple[Organisation, Organisation]:
    kept = registered("Coopérative Tifaouine", contacts=(ContactDetails("phone", "+212683001111", "public"),))
    merged = registered(
        "Coop Tifawin",
        contacts=(ContactDetails("phone", "+212683001111"), ContactDetails("phone", "+212683002222", "public")),
        identifiers=(IdentifierDetails("ice", ICE), IdentifierDetails("registration", "5/6/2019", "Azilal")),
    )
    return kept, merged


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Whose every row is."""
    return {
        "organisations": list(Organisation.objects.order_by("pk").values_list("pk", "state", "merged_into")),
        "identifiers": list(Identifier.objects.order_by("pk").values_list("pk", "organisation", "retired_at")),
        "contacts": list(ContactPoint.objects.order_by("pk").values_list("pk", "organisation", "visibility")),
        "accreditations": list(Accreditation.objects.order_by("pk").values_list("pk", "organisation")),
        "people": list(Membership.objects.order_by("pk").values_list("pk", "organisation", "until", "receives_texts")),
        "products": list(Product.objects.order_by("pk").values_list("pk", "cooperative", "short_number")),
        "orders": list(Order.objects.order_by("pk").values_list("pk", "cooperative", "number", "status")),
    }


def test_a_merged_page_leads_to_the_kept_one_which_has_what_it_lacked(pair, keeper, client):
    kept, merged = pair
    record_accreditation(merged, scheme="igp", by=None, number="7", is_verified=True)

    merge_organisations(kept, merged, by=keeper)

    answer = client.get(f"/fr/cooperatives/{merged.slug}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/fr/cooperatives/{kept.slug}/")
    shown = get_public_organisation(kept.slug)
    assert {contact.value for contact in shown.contacts} == {"+212683001111", "+212683002222"}
    assert {number.value for number in shown.identifiers} == {ICE, "5/6/2019"}
    assert [label.scheme for label in shown.labels] == ["igp"]
    assert shown.name == "Coopérative Tifaouine"


def test_both_pages_are_found_anew_and_the_act_is_remembered(pair, keeper):
    kept, merged = pair
    SearchChange.objects.all().delete()

    merge = merge_organisations(kept, merged, by=keeper)

    assert set(SearchChange.objects.values_list("kind", "object_id")) == {("cooperative", kept.pk), ("cooperative", merged.pk)}
    told = Entry.objects.filter(action="directory.merge")
    assert {(entry.subject, entry.actor) for entry in told} == {
        (f"organisation:{kept.pk}", keeper), (f"organisation:{merged.pk}", keeper)
    }  # fmt: skip
    assert told[0].details == {"merge": merge.pk, "kept": kept.pk, "merged": merged.pk}


def test_undone_everything_is_as_it_was(market, keeper):
    kept, merged = market.saffron_cooperative, market.argan_cooperative
    _without_registrations(merged)
    add_member(merged, market.brahim, "member", None, receives_texts=True)  # who belongs to both
    record_accreditation(merged, scheme="bio", by=None)
    add_contact(merged, ContactDetails("phone", "+212683003333"))
    add_identifier(merged, IdentifierDetails("ice", ICE), None)
    add_identifier(kept, IdentifierDetails("ice", "123456789012345"), None)  # with a wrong key: the right one replaces it
    market.order(market.argan)
    change_state(merged, "verified", keeper)
    before = everything()

    merge = merge_organisations(kept, merged, by=keeper)
    run_jobs()
    assert everything() != before
    undo_merge(merge, by=keeper)
    run_jobs()

    assert everything() == before


def test_what_was_added_after_the_merge_stays_with_the_kept_page(pair, keeper):
    kept, merged = pair
    merge = merge_organisations(kept, merged, by=keeper)
    newcomer = person("Zineb", 7002)
    add_member(kept, newcomer, "member", keeper)
    added = add_contact(kept, ContactDetails("email", "new@example.org", "public"))

    undo_merge(merge, by=keeper)

    added.refresh_from_db()
    assert added.organisation == kept
    assert speaks_for(newcomer, kept)
    assert not speaks_for(newcomer, merged)
    assert get_public_organisation(merged.slug).slug == merged.slug


def test_people_act_for_the_kept_page_and_still_hear_of_its_orders(market, keeper):
    kept, merged = market.saffron_cooperative, market.argan_cooperative
    _without_registrations(merged)
    add_member(merged, market.brahim, "member", None, receives_texts=True)

    merge_organisations(kept, merged, by=keeper)

    merged.refresh_from_db()
    assert speaks_for(market.hajja, kept)
    assert not speaks_for(market.hajja, merged)
    assert set(people_receiving_texts(kept)) == {market.fatima, market.brahim, market.hajja}
    assert set(people_receiving_texts(merged)) == {market.fatima, market.brahim, market.hajja}
    assert Membership.objects.filter(user=market.brahim, until=None).count() == 1


def test_products_follow_under_free_numbers_and_go_back_under_their_own(market, keeper):
    kept, merged = market.saffron_cooperative, market.argan_cooperative
    _without_registrations(merged)
    before = market.argan.stock.on_hand

    merge = merge_organisations(kept, merged, by=keeper)
    run_jobs()
    argan = Product.objects.get(pk=market.argan.product_id)
    assert (argan.cooperative, argan.short_number) == (kept, 2)
    market.argan.stock.refresh_from_db()
    assert market.argan.stock.on_hand == before
    made_since = product(kept, market.fatima, "honey", "Miel", "عسل", "250", "g", 6000, 3)

    undo_merge(merge, by=keeper)
    run_jobs()
    argan.refresh_from_db()
    assert (argan.cooperative, argan.short_number) == (merged, 1)
    assert Product.objects.get(pk=made_since.product_id).cooperative == kept


def test_a_handler_that_runs_twice_or_late_does_no_harm(market, keeper):
    kept, merged = market.saffron_cooperative, market.argan_cooperative
    _without_registrations(merged)
    merge = merge_organisations(kept, merged, by=keeper)
    facts = {"merge_id": merge.pk, "kept_id": kept.pk, "merged_id": merged.pk}
    take_over_products(OrganisationsMerged(**facts))
    take_over_products(OrganisationsMerged(**facts))
    undo_merge(merge, by=keeper)
    give_back_products(MergeUndone(**facts))
    give_back_products(MergeUndone(**facts))
    take_over_products(OrganisationsMerged(**facts))  # the first one again, long after

    argan = Product.objects.get(pk=market.argan.product_id)
    assert (argan.cooperative, argan.short_number) == (merged, 1)


def test_products_of_a_page_merged_again_before_they_went_back_end_where_it_did(market, keeper):
    first, second, merged = market.saffron_cooperative, market.honey_cooperative, market.argan_cooperative
    _without_registrations(merged)
    merge = merge_organisations(first, merged, by=keeper)
    run_jobs()
    undo_merge(merge, by=keeper)
    merge_organisations(second, merged, by=keeper)
    run_jobs()

    assert Product.objects.get(pk=market.argan.product_id).cooperative == second


def test_what_a_closed_cooperative_made_is_sold_by_nobody(market, keeper):
    kept, merged = market.saffron_cooperative, market.argan_cooperative
    _without_registrations(merged)
    change_state(merged, "closed", keeper)

    merge = merge_organisations(kept, merged, by=keeper)
    run_jobs()

    assert Product.objects.get(pk=market.argan.product_id).cooperative == merged
    undo_merge(merge, by=keeper)
    merged.refresh_from_db()
    assert merged.state == "closed"


def test_open_orders_are_shown_to_and_answered_by_the_people_of_the_kept_page(market, keeper):
    kept, merged = market.saffron_cooperative, market.argan_cooperative
    _without_registrations(merged)
    group = market.order(market.argan)
    order = Order.objects.get(group=group)

    merge_organisations(kept, merged, by=keeper)
    run_jobs()

    assert list(orders_waiting_for(market.fatima)) == [order]
    assert work_left(kept).to_answer == 1
    found = order_for_cooperative_member(market.fatima, order.number)
    accept_order(found, by=market.fatima)
    order.refresh_from_db()
    assert (order.status, order.cooperative, order.number) == ("accepted", merged, found.number)


def test_whose_order_it_is_no_more_cannot_answer_it(market, keeper):
    kept, merged = market.saffron_cooperative, market.argan_cooperative
    _without_registrations(merged)
    order = Order.objects.get(group=market.order(market.argan))
    merge_organisations(kept, merged, by=keeper)
    order = Order.objects.select_related("cooperative").get(pk=order.pk)

    with pytest.raises(NotFound):
        decline_order(order, by=market.mina)

    order.refresh_from_db()
    assert order.status == "placed"


def test_numbers_of_orders_placed_after_the_merge_are_in_neither_cooperative_before(market, keeper):
    kept, merged = market.saffron_cooperative, market.argan_cooperative
    _without_registrations(merged)
    old = {Order.objects.get(group=market.order(market.argan)).number for _ in range(3)}
    old |= {Order.objects.get(group=market.order(market.saffron)).number for _ in range(2)}
    merge_organisations(kept, merged, by=keeper)
    run_jobs()

    new = [Order.objects.get(group=market.order(variant)) for variant in (market.saffron, market.argan)]

    assert {order.cooperative for order in new} == {kept}
    assert len(old | {order.number for order in new}) == 7


def test_two_valid_numbers_are_two_cooperatives(pair, keeper):
    kept, merged = pair
    add_identifier(kept, IdentifierDetails("ice", OTHER_ICE), None)
    before = everything()

    with pytest.raises(NumbersDisagree):
        merge_organisations(kept, merged, by=keeper)

    assert everything() == before
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("which", "state", "refusal"),
    [(0, "suspended", SuspendedNotMerged), (1, "suspended", SuspendedNotMerged), (0, "closed", ClosedNotKept)],
)
def test_a_suspended_page_is_not_merged_and_a_closed_one_not_kept(pair, keeper, which, state, refusal):
    change_state(pair[which], state, keeper)
    before = everything()

    with pytest.raises(refusal):
        merge_organisations(*pair, by=keeper)

    assert everything() == before


def test_merges_make_no_chains_and_no_rings(pair, keeper):
    kept, merged = pair
    third = registered("Coopérative Azemour")
    merge_organisations(kept, merged, by=keeper)

    for one, other, refusal in (
        (kept, merged, AlreadyMerged),
        (merged, kept, AlreadyMerged),
        (merged, third, AlreadyMerged),
        (third, merged, AlreadyMerged),
        (third, kept, HasTakenInOthers),
        (third, third, MergeWithItself),
    ):
        with pytest.raises(refusal):
            merge_organisations(one, other, by=keeper)
    assert Merge.objects.count() == 1


def test_an_operator_is_not_merged(market, keeper):
    with pytest.raises(MergeOfOtherKinds):
        merge_organisations(market.honey_cooperative, market.operator, by=keeper)


def test_only_whoever_keeps_the_register_merges(market, keeper):
    _without_registrations(market.argan_cooperative)
    with pytest.raises(NotAllowed):
        merge_organisations(market.saffron_cooperative, market.argan_cooperative, by=market.fatima)
    with pytest.raises(NotAllowed):
        tell_apart(market.saffron_cooperative, market.argan_cooperative, by=market.fatima)
    merge = merge_organisations(market.saffron_cooperative, market.argan_cooperative, by=keeper)
    with pytest.raises(NotAllowed):
        undo_merge(merge, by=market.fatima)
    merge.refresh_from_db()
    assert merge.undone_at is None


def test_a_merge_is_undone_once(pair, keeper):
    merge = merge_organisations(*pair, by=keeper)
    undo_merge(merge, by=keeper)

    with pytest.raises(MergeAlreadyUndone):
        undo_merge(merge, by=keeper)


def test_undoing_an_old_merge_leaves_a_newer_one_of_the_same_page(pair, keeper):
    kept, merged = pair
    first = merge_organisations(kept, merged, by=keeper)
    undo_merge(first, by=keeper)
    merge_organisations(kept, merged, by=keeper)

    with pytest.raises(MergeAlreadyUndone):
        undo_merge(first, by=keeper)

    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert Identifier.objects.get(value=ICE).organisation == kept


def test_a_bank_account_does_not_come_beside_another(pair, keeper):
    kept, merged = pair
    add_identifier(kept, IdentifierDetails("rib", "310810101402900442310133"), None)
    other = add_identifier(merged, IdentifierDetails("rib", "007780000123456789012396"), None)

    merge_organisations(kept, merged, by=keeper)

    other.refresh_from_db()
    assert other.organisation == merged


def test_the_kept_page_is_as_sure_as_the_surer_of_the_two_until_undone(pair, keeper):
    kept, merged = pair
    change_state(merged, "verified", keeper)

    merge = merge_organisations(kept, merged, by=keeper)
    kept.refresh_from_db()
    assert kept.state == "verified"
    undo_merge(merge, by=keeper)

    kept.refresh_from_db()
    assert kept.state == "listed"


def test_many_pairs_of_one_family_end_in_one_page_and_a_refusal_stops_nobody(pair, keeper):
    kept, merged = pair
    third, suspended = registered("Coop Tifaouin"), registered("Coop Tifaouine 3")
    change_state(suspended, "suspended", keeper)

    outcomes = merge_many([(kept.pk, merged.pk), (merged.pk, third.pk), (kept.pk, suspended.pk)], by=keeper)

    assert [(one.kept_id, one.merged_id, one.merge is not None) for one in outcomes] == [
        (kept.pk, merged.pk, True), (kept.pk, third.pk, True), (kept.pk, suspended.pk, False)
    ]  # fmt: skip
    assert isinstance(outcomes[2].refusal, SuspendedNotMerged)
    assert set(Organisation.objects.filter(merged_into=kept)) == {merged, third}


def test_a_pair_told_apart_does_not_come_back(keeper):
    one, other = (registered("Coopérative Tifaouine", commune_code="09.541.01.11") for _ in range(2))
    assert [(pair.a.id, pair.b.id) for pair in find_duplicates()] == [(one.pk, other.pk)]

    tell_apart(other, one, by=keeper)
    tell_apart(one, other, by=keeper)

    assert find_duplicates() == []


def test_a_merged_page_is_nobodys_copy_any_more(keeper):
    one, other = (registered("Coopérative Tifaouine", commune_code="09.541.01.11") for _ in range(2))
    merge_organisations(one, other, by=keeper)

    assert find_duplicates() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_merge_the_same_pair_at_once_one_is_told_that_it_is_done():
    keeper = person("Keeper", 7001)
    keeper.is_staff = True
    keeper.save(update_fields=["is_staff"])
    one, other = registered("Coopérative Tifaouine"), registered("Coop Tifawin")
    barrier = threading.Barrier(2)
    said: list[object] = []

    def merge(kept: Organisation, merged: Organisation) -> None:
        barrier.wait(10)
        try:
            said.append(merge_organisations(kept, merged, by=keeper))
        except AlreadyMerged as refusal:
            said.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=merge, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(type(answer).__name__ for answer in said) == ["AlreadyMerged", "Merge"]
    assert Merge.objects.count() == 1
    run_jobs()  # what is enqueued outlives a test like this one


def _without_registrations(organisation: Organisation) -> None:
    Identifier.objects.filter(organisation=organisation).delete()
