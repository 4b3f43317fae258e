"""The words of a page: said anew by its members, proposed by a register, decided once, brought back."""

from __future__ import annotations

import pytest

from twiza.domain.directory.errors import (
    MembersDoNotAddUp,
    NameMissing,
    NothingChosen,
    PageChangedMeanwhile,
    ReasonMissing,
    RevisionNotWaiting,
    SaidOtherwiseMeanwhile,
)
from twiza.domain.directory.models import Organisation, Revision
from twiza.domain.directory.services.drafting import details_said_by
from twiza.domain.directory.services.registering import OrganisationDetails, change_state, revise
from twiza.domain.directory.services.revising import (
    accept_changes,
    differences_of,
    refuse_changes,
    restore_revision,
    say_of_oneself,
    words_at_hand,
)
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound


def shown(organisation) -> Revision:
    return Organisation.objects.select_related("published_revision").get(pk=organisation.pk).published_revision


def proposed(organisation, **changes) -> Revision:
    """What a register says of it, as a version that waits."""
    said = {**vars(details_said_by(shown(organisation))), **changes}
    return revise(organisation, OrganisationDetails(**said), by=None)


def states(organisation) -> list[str]:
    return list(organisation.revisions.order_by("number").values_list("state", flat=True))


def acts() -> list[str]:
    return list(Entry.objects.filter(action__startswith="directory.").order_by("pk").values_list("action", flat=True))


@pytest.fixture
def claimed(market) -> Organisation:
    change_state(market.saffron_cooperative, "claimed", None)
    return market.saffron_cooperative


def test_what_members_say_of_a_claimed_page_is_shown_at_once_and_remembered(market, claimed):
    made = say_of_oneself(claimed, {"story_fr": "  Nous cueillons   à l'aube. "}, seen=1, by=market.fatima)

    assert shown(claimed) == made
    assert (made.number, made.state, made.author, made.story_fr) == (2, "published", market.fatima, "Nous cueillons à l'aube.")
    assert made.name_fr == "Coopérative Zafrane Taliouine"
    last = Entry.objects.first()
    assert (last.action, last.actor, last.details) == ("directory.publish_revision", market.fatima, {"number": 2})


def test_what_members_say_of_a_page_nobody_confirmed_waits_for_a_keeper(market):
    cooperative = market.saffron_cooperative
    first = say_of_oneself(cooperative, {"story_fr": "Une."}, seen=1, by=market.fatima)
    second = say_of_oneself(cooperative, {"story_ar": "ثانية."}, seen=first.number, by=market.brahim)

    assert shown(cooperative).number == 1
    assert states(cooperative) == ["published", "taken", "pending"]
    assert (second.story_fr, second.story_ar) == ("Une.", "ثانية.")
    assert words_at_hand(cooperative).story_fr == "Une."
    with pytest.raises(NotFound):
        accept_changes(second, None, seen=1, by=market.fatima)
    assert shown(cooperative).number == 1


def test_saying_the_same_again_changes_nothing(market, claimed):
    say_of_oneself(claimed, {"story_fr": "Une."}, seen=1, by=market.fatima)
    before = acts()

    assert say_of_oneself(claimed, {"story_fr": "Une."}, seen=1, by=market.fatima) is None
    assert say_of_oneself(claimed, {"story_fr": "Une.\r\n"}, seen=2, by=market.fatima) is None
    assert acts() == before


@pytest.mark.parametrize("who", ["karim", "hajja", "youssef"])
def test_nobody_else_speaks_for_it(market, claimed, who):
    with pytest.raises(NotFound):
        say_of_oneself(claimed, {"story_fr": "Une."}, seen=1, by=getattr(market, who))
    assert states(claimed) == ["published"]


def test_two_members_who_write_different_things_both_keep_their_words(market, claimed):
    say_of_oneself(claimed, {"story_fr": "Une.", "story_ar": ""}, seen=1, by=market.fatima)
    say_of_oneself(claimed, {"story_fr": "", "story_ar": "ثانية."}, seen=1, by=market.brahim)

    assert (shown(claimed).story_fr, shown(claimed).story_ar) == ("Une.", "ثانية.")


def test_whoever_writes_over_anothers_new_words_is_told_and_may_insist(market, claimed):
    say_of_oneself(claimed, {"story_fr": "De Fatima."}, seen=1, by=market.fatima)

    with pytest.raises(SaidOtherwiseMeanwhile) as refusal:
        say_of_oneself(claimed, {"story_fr": "De Brahim."}, seen=1, by=market.brahim)
    assert refusal.value.facts == {"fields": ["story_fr"]}
    assert shown(claimed).story_fr == "De Fatima."
    say_of_oneself(claimed, {"story_fr": "De Brahim."}, seen=2, by=market.brahim)
    assert shown(claimed).story_fr == "De Brahim."


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"members_total": 10, "members_women": 11}, MembersDoNotAddUp),
        ({"members_total": 10, "members_youth": 11}, MembersDoNotAddUp),
        ({"name_fr": "", "name_ar": " "}, NameMissing),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(market, claimed, said, refusal):
    with pytest.raises(refusal):
        say_of_oneself(claimed, said, seen=1, by=market.fatima)
    assert states(claimed) == ["published"]


def test_a_register_proposes_and_members_take_all_of_it(market, claimed):
    revision = proposed(claimed, members_total=30, acronym="ZT")

    assert [one.thing for one in differences_of(revision, claimed)] == ["acronym", "members"]
    accept_changes(revision, None, seen=1, by=market.fatima)

    assert shown(claimed) == revision
    assert states(claimed) == ["published", "published"]


def test_members_take_a_part_and_leave_the_rest(market, claimed):
    revision = proposed(claimed, members_total=30, members_women=20, acronym="ZT", story_fr="Du registre.")

    accept_changes(revision, {"members", "acronym"}, seen=1, by=market.fatima)

    now = shown(claimed)
    assert (now.members_total, now.members_women, now.acronym, now.story_fr) == (30, 20, "ZT", "")
    assert (now.number, now.author, states(claimed)) == (3, market.fatima, ["published", "taken", "published"])
    assert Entry.objects.first().details == {"number": 3, "taken_from": 2, "things": ["acronym", "members"]}


def test_what_members_wrote_since_is_not_undone_by_what_was_proposed_before(market, claimed):
    revision = proposed(claimed, acronym="ZT")
    say_of_oneself(claimed, {"story_fr": "À nous."}, seen=1, by=market.fatima)

    assert [one.thing for one in differences_of(revision, shown_organisation(claimed))] == ["acronym"]
    accept_changes(revision, None, seen=3, by=market.fatima)

    assert (shown(claimed).acronym, shown(claimed).story_fr) == ("ZT", "À nous.")


def test_two_proposals_of_the_same_day_do_not_undo_one_another(market, claimed):
    first, second = proposed(claimed, acronym="ZT"), proposed(claimed, douar="Tinfat")

    accept_changes(first, None, seen=1, by=market.fatima)
    accept_changes(second, None, seen=2, by=market.fatima)

    assert (shown(claimed).acronym, shown(claimed).douar) == ("ZT", "Tinfat")


def shown_organisation(organisation) -> Organisation:
    return Organisation.objects.select_related("published_revision").get(pk=organisation.pk)


def test_whoever_decides_second_is_told_and_changes_nothing(market, claimed):
    revision = proposed(claimed, acronym="ZT")
    as_brahim_saw_it = Revision.objects.get(pk=revision.pk)
    accept_changes(revision, None, seen=1, by=market.fatima)
    before = acts()

    with pytest.raises(RevisionNotWaiting):
        refuse_changes(as_brahim_saw_it, "Non.", by=market.brahim)
    with pytest.raises(RevisionNotWaiting):
        accept_changes(as_brahim_saw_it, None, seen=2, by=market.brahim)
    assert (shown(claimed).acronym, acts()) == ("ZT", before)


def test_a_page_that_changed_since_it_was_compared_is_looked_at_again(market, claimed):
    revision = proposed(claimed, story_fr="Du registre.")
    say_of_oneself(claimed, {"story_fr": "À nous."}, seen=1, by=market.fatima)

    with pytest.raises(PageChangedMeanwhile):
        accept_changes(revision, None, seen=1, by=market.brahim)
    assert (shown(claimed).story_fr, revision.state) == ("À nous.", "pending")


def test_choosing_nothing_is_refused(market, claimed):
    revision = proposed(claimed, acronym="ZT")

    with pytest.raises(NothingChosen):
        accept_changes(revision, {"story_fr"}, seen=1, by=market.fatima)
    assert states(claimed) == ["published", "pending"]


def test_a_refusal_has_a_reason_that_is_remembered(market, claimed):
    revision = proposed(claimed, acronym="ZT")

    with pytest.raises(ReasonMissing):
        refuse_changes(revision, "  ", by=market.fatima)
    assert states(claimed) == ["published", "pending"]
    refuse_changes(revision, "Ce n'est pas nous.", by=market.fatima)

    assert states(claimed) == ["published", "rejected"]
    assert Entry.objects.first().details == {"number": 2, "reason": "Ce n'est pas nous."}


@pytest.mark.parametrize("who", ["karim", "hajja", "youssef"])
def test_strangers_decide_nothing(market, claimed, who):
    stranger, revision = getattr(market, who), proposed(claimed, acronym="ZT")

    for decide in (
        lambda: accept_changes(revision, None, seen=1, by=stranger),
        lambda: refuse_changes(revision, "Non.", by=stranger),
        lambda: restore_revision(claimed, 1, seen=1, by=stranger),
    ):
        with pytest.raises(NotFound):
            decide()
    assert states(claimed) == ["published", "pending"]


def test_a_keeper_of_the_register_decides_for_a_page_nobody_claimed(market):
    Organisation.objects.filter(pk=market.operator.pk).update(keeps_register=True)
    revision = say_of_oneself(market.saffron_cooperative, {"story_fr": "Une."}, seen=1, by=market.fatima)

    accept_changes(revision, None, seen=1, by=market.youssef)

    assert shown(market.saffron_cooperative).story_fr == "Une."


def test_an_old_version_comes_back_as_a_new_one(market, claimed):
    say_of_oneself(claimed, {"story_fr": "Une."}, seen=1, by=market.fatima)
    say_of_oneself(claimed, {"story_fr": "Deux.", "acronym": "ZT"}, seen=2, by=market.fatima)

    restored = restore_revision(claimed, 2, seen=3, by=market.brahim)

    assert (shown(claimed), restored.number, restored.author) == (restored, 4, market.brahim)
    assert (restored.story_fr, restored.acronym) == ("Une.", "")
    assert Entry.objects.first().details == {"number": 4, "restored": 2}
    assert restore_revision(claimed, 2, seen=4, by=market.brahim) is None
    with pytest.raises(PageChangedMeanwhile):
        restore_revision(claimed, 1, seen=3, by=market.fatima)
    with pytest.raises(NotFound):
        restore_revision(claimed, 9, seen=4, by=market.fatima)
    assert shown(claimed) == restored


def test_what_waited_from_before_the_claim_is_published_with_the_next_words(market):
    cooperative = market.saffron_cooperative
    waiting = say_of_oneself(cooperative, {"story_fr": "Une."}, seen=1, by=market.fatima)
    change_state(cooperative, "claimed", None)

    say_of_oneself(cooperative, {"story_ar": "ثانية."}, seen=waiting.number, by=market.fatima)

    assert (shown(cooperative).story_fr, shown(cooperative).story_ar) == ("Une.", "ثانية.")
    assert states(cooperative) == ["published", "taken", "published"]
