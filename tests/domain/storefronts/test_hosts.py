"""Youssef asks for a name of his storefront's own; it is in use once it leads to us, and no more once it leads elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.jobs import run_jobs
from tests.people import Market, person
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.registering import register_organisation
from twiza.domain.storefronts.envoy import CannotLook, NobodyAnswers, NobodyKnowsIt, NotPublic, our_word
from twiza.domain.storefronts.errors import (
    HostAskedAlready,
    HostIsAnAddress,
    HostIsOurs,
    HostTaken,
    LookedJustNow,
    NotAHostName,
)
from twiza.domain.storefronts.forms import StorefrontDetails
from twiza.domain.storefronts.models import Storefront, StorefrontHost
from twiza.domain.storefronts.selectors import address_of_store, host_of, is_ours, proof_at, verified_hosts, where_to_point
from twiza.domain.storefronts.services import (
    ask_for_host,
    begin_storefront,
    drop_host,
    hosts,
    order_look,
    release_host,
    verify_host,
)
from twiza.domain.storefronts.states import HostFinding, HostState
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.errors import NotFound

HOST = "boutique.example.ma"


class Far:
    """The internet, as a test wants it."""

    hint = ""

    def __init__(self) -> None:
        self.says: bytes | Exception | None = None  # None: what we ourselves say there

    def ask(self, host: str, path: str) -> bytes:
        if isinstance(self.says, Exception):
            raise self.says
        return our_word(host, path).encode() + b"\n" if self.says is None else self.says


@pytest.fixture
def far(monkeypatch) -> Far:
    there = Far()
    monkeypatch.setattr(hosts, "envoy", lambda: there)
    return there


def asked(market: Market, host: str = HOST) -> StorefrontHost:
    return ask_for_host(market.souk, host, by=market.youssef)


def in_use(market: Market) -> StorefrontHost:
    return verify_host(asked(market).pk, HostFinding.HERE)


def another_operators(name: str = "moussem") -> tuple[Storefront, object]:
    operator = register_organisation(kind="operator", details=OrganisationDetails(name_fr=name), by=None, is_fictional=True)
    manager = person(name, 7001)
    add_member(operator, manager, "operator_manager", None)
    return begin_storefront(operator, StorefrontDetails(name, name, name, phone=""), by=manager), manager


def test_a_name_that_leads_to_us_is_in_use_from_the_next_job_on(market, far):
    host = asked(market, "https://Boutique.Example.ma/")
    assert (host.host, host.state, host.is_being_looked_at) == (HOST, HostState.AWAITED, True)
    assert verified_hosts().stores == {}

    run_jobs()
    host.refresh_from_db()
    assert (host.state, host.finding, host.is_being_looked_at) == (HostState.VERIFIED, HostFinding.HERE, False)
    assert verified_hosts().stores == {HOST: "souk-khouribga"}
    assert address_of_store("souk-khouribga") == "http://boutique.example.ma:8000"
    acts = Entry.objects.filter(action__startswith="storefronts.").order_by("pk").values_list("action", "actor", "channel")
    assert list(acts)[-2:] == [
        ("storefronts.ask_for_host", market.youssef.pk, "web"),
        ("storefronts.host_verified", None, "system"),
    ]


@pytest.mark.parametrize(
    ("says", "finding"),
    [
        (NobodyKnowsIt(), "unknown"),
        (NotPublic(), "not_public"),
        (NobodyAnswers(), "silent"),
        (CannotLook(), "unsure"),
        (b"", "elsewhere"),
        (b"<html>", "elsewhere"),
        (b"\xff" * 64, "elsewhere"),
    ],
)
def test_whatever_else_is_there_is_said_and_nothing_is_in_use(market, far, says, finding):
    far.says = says
    host = asked(market)
    run_jobs()
    host.refresh_from_db()
    assert (host.state, host.finding, host.seen_at) == (HostState.AWAITED, finding, None)
    assert verified_hosts().stores == {}


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("boutique", NotAHostName),
        ("a b.ma", NotAHostName),
        ("196.200.131.5", HostIsAnAddress),
        ("[::1]", HostIsAnAddress),
        ("coop.example", HostIsOurs),
        ("staff.coop.example", HostIsOurs),
        ("regional.gov.ma", HostIsOurs),
        ("www.hosts.example", HostIsOurs),
    ],
)
def test_what_he_cannot_have_bought_is_refused_and_nothing_is_kept(market, settings, typed, refusal):
    settings.SITE_URL = "https://coop.example"
    settings.ALLOWED_HOSTS = ["coop.example", ".souss.regional.gov.ma", "127.0.0.1"]
    settings.HOSTS_POINT_TO = ["hosts.example", "196.200.131.5"]
    with pytest.raises(refusal):
        asked(market, typed)
    assert StorefrontHost.objects.count() == 0
    assert not is_ours("boutique.example.ma")
    assert (where_to_point().names, where_to_point().addresses) == (("hosts.example",), ("196.200.131.5",))


def test_another_operators_manager_asks_for_nothing_here(market):
    _theirs, stranger = another_operators()
    for act in (lambda: ask_for_host(market.souk, HOST, by=stranger), lambda: drop_host(market.souk, by=market.youssef)):
        with pytest.raises(NotFound):
            act()
    assert StorefrontHost.objects.count() == 0


def test_one_name_at_a_time_and_one_look_at_a_time(market):
    asked(market)
    with pytest.raises(HostAskedAlready):
        asked(market, "other.example.ma")
    with pytest.raises(LookedJustNow):
        order_look(market.souk, by=market.youssef)
    with time_machine.travel(clock.now() + timedelta(minutes=3)):
        order_look(market.souk, by=market.youssef)
    assert StorefrontHost.objects.get().is_being_looked_at


def test_a_name_in_use_is_nobody_elses_and_rests_when_it_is_given_up(market):
    in_use(market)
    theirs, stranger = another_operators()
    with pytest.raises(HostTaken):
        ask_for_host(theirs, HOST, by=stranger)

    drop_host(market.souk, by=market.youssef)
    assert verified_hosts().stores == {}
    assert host_of(market.souk) is None
    # It may still lead to us, and would prove the wrong storefront.
    with pytest.raises(HostTaken):
        ask_for_host(theirs, HOST, by=stranger)
    with time_machine.travel(clock.now() + timedelta(days=91)):
        assert ask_for_host(theirs, HOST, by=stranger).state == HostState.AWAITED
    assert StorefrontHost.objects.filter(host=HOST).count() == 2


def test_what_two_operators_ask_for_is_given_to_none_of_them(market):
    """Leading here proves whose the name is only when one alone asks for it."""
    theirs, stranger = another_operators()
    first, second = asked(market), ask_for_host(theirs, HOST, by=stranger)
    for one in (second, first):
        assert verify_host(one.pk, HostFinding.HERE).finding == HostFinding.DISPUTED
    assert verified_hosts().stores == {}
    drop_host(theirs, by=stranger)
    assert verify_host(first.pk, HostFinding.HERE).state == HostState.VERIFIED


def test_staff_take_a_name_from_one_and_the_other_has_it_at_once(market):
    theirs, stranger = another_operators()
    mine, others = asked(market), ask_for_host(theirs, HOST, by=stranger)
    release_host(mine, by=None)
    assert verify_host(others.pk, HostFinding.HERE).state == HostState.VERIFIED
    release_host(others, by=None)
    assert verified_hosts().stores == {}
    assert asked(market).state == HostState.AWAITED  # it does not rest
    acts = Entry.objects.filter(action="storefronts.release_host").values_list("details__host", flat=True)
    assert list(acts) == [HOST, HOST]


def test_led_elsewhere_for_three_days_it_is_lost_told_and_found_again(market, far):
    host = in_use(market)
    far.says = b"parked"
    begun = clock.now()
    for day, state in ((1, HostState.VERIFIED), (2, HostState.VERIFIED), (3, HostState.LOST), (4, HostState.LOST)):
        with time_machine.travel(begun + timedelta(days=day)):
            hosts.look_at_all_hosts()
            hosts.look_at_host(host.pk)  # a second look on one day counts no second time
            run_jobs()
            host.refresh_from_db()
            assert (day, host.state) == (day, state)
    assert verified_hosts().stores == {}
    told = Message.objects.filter(key__startswith="host-lost:").values_list("to", "text")
    assert [to for to, _text in told] == [market.youssef.phone]
    assert HOST in told[0][1]

    far.says = None
    with time_machine.travel(begun + timedelta(days=5)):
        hosts.look_at_all_hosts()
        run_jobs()
    host.refresh_from_db()
    assert (host.state, host.away_days, host.lost_at) == (HostState.VERIFIED, 0, None)


def test_two_days_elsewhere_and_a_day_here_begin_anew_and_what_we_cannot_find_out_counts_nothing(market):
    host = in_use(market)
    begun = clock.now()
    findings = ["elsewhere", "silent", "here", "unknown", "unsure", "elsewhere", "unsure", "unsure"]
    for day, finding in enumerate(findings):
        with time_machine.travel(begun + timedelta(days=day)):
            host = verify_host(host.pk, HostFinding(finding))
    assert (host.state, host.away_days) == (HostState.VERIFIED, 2)


def test_what_never_led_here_is_given_up_after_a_month(market, far):
    far.says = NobodyKnowsIt()
    host = asked(market)
    run_jobs()
    with time_machine.travel(clock.now() + timedelta(days=31)):
        hosts.look_at_all_hosts()
        run_jobs()
    host.refresh_from_db()
    assert (host.state, host.looked_at is not None) == (HostState.DROPPED, True)
    assert verify_host(host.pk, HostFinding.HERE).verified_at is None


def test_our_word_is_said_at_the_hosts_own_address_alone(market):
    host = asked(market)
    path = f"/.well-known/twiza-{host.token}"
    assert proof_at(HOST, path) == our_word(HOST, path)
    assert len(our_word(HOST, path)) <= 64
    others = [("other.example.ma", path), (HOST, path + "0"), (HOST, "/.well-known/twiza-"), (HOST, path + "\x00"), (HOST, "/")]
    assert [proof_at(*other) for other in others] == [None] * 5
    drop_host(market.souk, by=market.youssef)
    assert proof_at(HOST, path) is None


def test_of_two_storefronts_that_are_seen_one_has_the_name(market):
    """The table itself sees to it, so it holds for two workers at once too."""
    second = begin_storefront(market.operator, StorefrontDetails("moussem", "Moussem", "موسم", phone=""), by=market.youssef)
    both = [asked(market).pk, ask_for_host(second, HOST, by=market.youssef).pk]

    found = [verify_host(host_id, HostFinding.HERE) for host_id in both]

    assert [(one.finding, one.state, one.seen_at is not None) for one in found] == [
        (HostFinding.HERE, HostState.VERIFIED, True),
        (HostFinding.TAKEN, HostState.AWAITED, False),
    ]
    assert verified_hosts().stores == {HOST: "souk-khouribga"}
    with pytest.raises(IntegrityError, match="storefront_host_one_verified"), transaction.atomic():
        StorefrontHost.objects.filter(pk=both[1]).update(verified_at=clock.now())
    with pytest.raises(IntegrityError, match="storefront_host_one_at_a_time"), transaction.atomic():
        StorefrontHost.objects.filter(pk=both[1]).update(storefront=market.souk)
