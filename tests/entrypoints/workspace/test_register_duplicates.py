"""Whoever keeps the register weighs pairs side by side, merges some, tells others apart, and undoes a merge."""

from __future__ import annotations

import re

import pytest

from tests.jobs import run_jobs
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.models import DuplicateCandidate, DuplicateDecision, DuplicateSearch, Merge, Organisation
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.registering import change_state, register_organisation

AT = "/fr/workspace/register/duplicates/"


@pytest.fixture
def youssef(market, signed_in):
    entrust_register(market.operator, by=None)
    return signed_in(market.youssef)


def page(name: str, **said: object) -> Organisation:
    details = OrganisationDetails(name_fr=name, commune_code="09.541.01.11", **said)
    return register_organisation(kind="cooperative", details=details, by=None)


def suspect(first: Organisation, second: Organisation, score: float, *reasons: str) -> DuplicateCandidate:
    return DuplicateCandidate.objects.create(first=first, second=second, score=score, reasons=list(reasons))


def suspects(how_many: int = 1) -> list[DuplicateCandidate]:
    made = []
    for number in range(how_many):
        first, second = page(f"Coopérative Tifaouine {number}"), page(f"Coop Tifawin {number}")
        made.append(suspect(first, second, 0.9 - number / 1000, "names_alike"))
    return made


def test_the_values_stand_side_by_side_and_those_that_differ_are_marked(youssef):
    first = page("Coopérative Tifaouine", contacts=(ContactDetails("phone", "+212683001111"),))
    second = page("Coop Tifawin", contacts=(ContactDetails("phone", "+212683001111"),))
    suspect(first, second, 0.97, "same_contact", "names_alike", "other_kind")

    shown = youssef.get(AT).content.decode()

    assert "97 %" in shown
    assert "même téléphone ou e-mail" in shown
    rows = dict(re.findall(r'<tr( class="differs")?><th scope="row">([^<]+)', shown))
    assert {name: bool(mark) for mark, name in re.findall(r'<tr( class="differs")?><th scope="row">([^<]+)', shown)} == {
        "Nom en français": True, "Lieu": False, "Contacts": False, "État": False
    }, rows  # fmt: skip


def test_ticked_pairs_are_shown_again_and_then_merged(youssef):
    one, other = suspects(2)
    chosen = {"pair": [one.pk, other.pk], f"keep-{one.pk}": one.second_id, f"keep-{other.pk}": other.first_id}

    asked = youssef.post(f"{AT}choose/", chosen)
    merges = re.findall(r'name="merge" value="([0-9-]+)"', asked.content.decode())
    assert merges == [f"{one.second_id}-{one.first_id}", f"{other.first_id}-{other.second_id}"]
    assert not Merge.objects.exists()

    done = youssef.post(f"{AT}merge/", {"merge": merges}, follow=True)
    assert "2 pages ont été fusionnées." in done.content.decode()
    assert dict(Merge.objects.values_list("merged", "kept")) == {one.first_id: one.second_id, other.second_id: other.first_id}
    assert not DuplicateCandidate.objects.exists()


def test_what_is_refused_is_said_and_the_others_go_on(youssef):
    one, other = suspects(2)
    change_state(Organisation.objects.get(pk=one.first_id), "suspended", None)
    merges = [f"{one.first_id}-{one.second_id}", f"{other.first_id}-{other.second_id}"]

    said = youssef.post(f"{AT}merge/", {"merge": merges}, follow=True).content.decode()

    assert "1 page a été fusionnée." in said
    assert "est suspendue" in said
    assert Merge.objects.get().kept_id == other.first_id


def test_nothing_ticked_is_said(youssef):
    suspects()

    said = youssef.post(f"{AT}choose/", follow=True).content.decode()

    assert "Cochez au moins une paire." in said


@pytest.mark.parametrize("nonsense", ["", "1", "1-1-1", "x-y", "999999-999998", "-1--2", "9" * 30 + "-1"])
def test_nonsense_merges_nothing(youssef, nonsense):
    assert youssef.post(f"{AT}merge/", {"merge": nonsense}).status_code == 302
    assert not Merge.objects.exists()


def test_a_pair_told_apart_is_gone(youssef):
    one, other = suspects(2)

    said = youssef.post(f"{AT}apart/", {"apart": one.pk}, follow=True).content.decode()

    assert "restent deux pages" in said
    assert list(DuplicateCandidate.objects.all()) == [other]
    assert DuplicateDecision.objects.get().first_id == one.first_id


def test_a_merge_is_listed_and_undone(youssef):
    [one] = suspects()
    youssef.post(f"{AT}merge/", {"merge": f"{one.first_id}-{one.second_id}"})
    merge = Merge.objects.get()
    assert "Coop Tifawin 0" in youssef.get(f"{AT}merges/").content.decode()

    said = youssef.post(f"{AT}merges/{merge.pk}/undo/", follow=True).content.decode()
    again = youssef.post(f"{AT}merges/{merge.pk}/undo/", follow=True).content.decode()

    assert "a de nouveau sa propre page" in said
    assert "Cette fusion a déjà été annulée." in again
    assert Organisation.objects.get(pk=one.second_id).state == "listed"


def test_the_list_goes_on_where_it_stopped(youssef):
    made = suspects(30)

    first = youssef.get(AT)
    after = re.search(r"\?after=([^\"]+)", first.content.decode())
    assert after is not None
    second = youssef.get(f"{AT}?after={after[1]}")

    shown = [int(pk) for answer in (first, second) for pk in re.findall(r'name="pair" value="(\d+)"', answer.content.decode())]
    assert shown == [one.pk for one in made]


@pytest.mark.parametrize("after", ["x", "0.5", "_", "1e999_1", "nan_1", "0.9_" + "9" * 40])
def test_a_list_from_nowhere_begins_anew_or_ends(youssef, after):
    suspects()

    assert youssef.get(AT, {"after": after}).status_code == 200


def test_a_search_is_asked_for_once_and_finds_what_there_is(youssef, market):
    page("Coopérative Tifaouine"), page("Coop Tifaouine")

    youssef.post(f"{AT}search/")
    said = youssef.post(f"{AT}search/", follow=True).content.decode()
    assert "Une recherche est déjà en cours." in said
    assert 'http-equiv="refresh"' in said
    run_jobs()

    search = DuplicateSearch.objects.get()
    assert (search.by, search.found) == (market.youssef, 1)
    shown = youssef.get(AT).content.decode()
    assert "1 paire à examiner" in shown
    assert "http-equiv" not in shown


def test_the_number_of_questions_does_not_grow_with_the_pairs(youssef, django_assert_max_num_queries):
    suspects(25)

    with django_assert_max_num_queries(20):
        youssef.get(AT)


@pytest.mark.parametrize("screen", ["", "search/", "choose/", "merge/", "apart/", "merges/", "merges/1/undo/"])
def test_for_others_there_is_no_such_screen(market, signed_in, screen):
    fatima = signed_in(market.fatima)

    assert fatima.get(f"{AT}{screen}").status_code in {404, 405}
    assert fatima.post(f"{AT}{screen}").status_code in {404, 405}
    assert not DuplicateSearch.objects.exists()
