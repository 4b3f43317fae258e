"""While nobody belongs to a cooperative, the number on file says whether an agent may act for it, and is the cooperative's."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from tests.jobs import run_jobs
from tests.people import person
from twiza.domain.directory import rules
from twiza.domain.directory.errors import ItsPeopleAnswer, MandateAskedAlready, MandateOver, NobodyToAsk
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.models import Claim, ContactPoint, Mandate, Membership, Organisation
from twiza.domain.directory.models.mandates import MOST_WRONG_ANSWERS
from twiza.domain.directory.selectors import mandates_around
from twiza.domain.directory.services import mandates
from twiza.domain.directory.services.mandates import ask_for_mandate, ask_for_mandates, grant_mandate, revoke_mandate
from twiza.domain.directory.services.memberships import add_member, end_membership
from twiza.domain.directory.services.registering import register_organisation
from twiza.domain.directory.services.telephone_answers import grant_mandate_from_telephone, refuse_mandate_from_telephone
from twiza.foundation.accounts.models import User
from twiza.foundation.messaging.models import Message, OptOut
from twiza.kit import clock
from twiza.kit.errors import NotFound

pytestmark = pytest.mark.django_db
ON_FILE, SECOND, LANDLINE = "+212683008001", "+212683008002", "+212523490001"


def registered(name: str = "Tamda", *phones: str, **said: str) -> Organisation:
    contacts = tuple(ContactDetails("phone", phone) for phone in phones)
    return register_organisation(
        kind="cooperative", details=OrganisationDetails(name_fr=name, contacts=contacts, **said), by=None
    )


@pytest.fixture
def hamid(market):
    agent = person("Hamid", 8101)
    add_member(market.operator, agent, "field_agent", None)
    return agent


@pytest.fixture
def tamda(market):
    return registered("Tamda", LANDLINE, ON_FILE, SECOND)


@pytest.fixture
def asked(tamda, hamid):
    return ask_for_mandate(hamid, tamda.slug)


def nothing_happened(cooperative: Organisation, agent: User) -> bool:
    cooperative.refresh_from_db()
    return (
        not rules.speaks_for(agent, cooperative)
        and not Membership.objects.filter(organisation=cooperative).exists()
        and not Claim.objects.filter(organisation=cooperative).exists()
        and cooperative.state == "listed"
    )


def test_the_first_mobile_number_is_asked_with_a_number_that_only_the_text_says(tamda, hamid, asked):
    run_jobs()

    message = Message.objects.get(key=f"mandate-asked:{asked.pk}")
    assert (message.to, message.language, asked.asked_phone) == (ON_FILE, "fr", ON_FILE)
    assert f"MANDAT OUI {asked.asked_number} (sa page sera à vous) ou MANDAT NON {asked.asked_number}" in message.text
    assert asked.number == asked.asked_number
    assert len(asked.asked_number) == 6
    assert asked.asked_number != str(100 + asked.pk), "not what its key would tell"
    assert nothing_happened(tamda, hamid)


def test_whoever_wished_silence_is_not_asked(tamda, hamid):
    OptOut.objects.create(phone=ON_FILE, words="STOP")
    assert ask_for_mandate(hamid, tamda.slug).asked_phone == SECOND


@pytest.mark.parametrize("phones", [(), (LANDLINE,)])
def test_without_a_mobile_number_there_is_nobody_to_ask(hamid, phones):
    with pytest.raises(NobodyToAsk):
        ask_for_mandate(hamid, registered("Seule", *phones).slug)
    assert not Mandate.objects.exists()


def test_the_agents_own_house_is_never_asked(market, hamid):
    """Or an operator could answer its own question, and have the page."""
    ContactPoint.objects.create(organisation=market.operator, kind="phone", value=ON_FILE)
    for number in (hamid.phone, market.youssef.phone, ON_FILE):
        with pytest.raises(NobodyToAsk):
            ask_for_mandate(hamid, registered("Tamda", number).slug)


def test_an_arabic_page_is_asked_in_arabic_and_a_person_in_their_own_language(market, hamid):
    arabic = registered("", ON_FILE, name_ar="تعاونية تامدة")
    known = registered("Connue", market.karim.phone)
    User.objects.filter(pk=market.karim.pk).update(language="ary")
    for cooperative in (arabic, known):
        ask_for_mandate(hamid, cooperative.slug)
    run_jobs()
    assert "تفويض نعم" in Message.objects.get(to=ON_FILE).text
    assert "MANDAT LA" in Message.objects.get(to=market.karim.phone).text


def test_a_yes_makes_the_telephone_the_cooperatives_own_and_grants(market, tamda, hamid, asked):
    granted = grant_mandate_from_telephone(ON_FILE, asked.number, language="ar")
    again = grant_mandate_from_telephone(ON_FILE, asked.number, language="ar")
    run_jobs()

    tamda.refresh_from_db()
    owner = User.objects.get(phone=ON_FILE)
    assert granted == again == asked
    assert (granted.state, granted.granted_by) == ("granted", owner)
    assert rules.speaks_for(hamid, tamda)
    assert not rules.belongs_to(hamid, tamda)
    assert rules.decides_for(owner, tamda)
    assert (owner.name, owner.language, owner.phone_verified_at is not None) == ("Tamda", "ar", True)
    membership = Membership.objects.get(organisation=tamda)
    assert (membership.user, membership.role, membership.receives_texts) == (owner, "member", True)
    claim = Claim.objects.get(organisation=tamda)
    assert (claim.person, claim.how, claim.state) == (owner, "code", "accepted")
    assert tamda.state == "claimed"
    assert ContactPoint.objects.get(organisation=tamda, value=ON_FILE).verified_at is not None
    assert ContactPoint.objects.get(organisation=tamda, value=SECOND).verified_at is None
    assert Message.objects.filter(to=hamid.phone, key__startswith="mandate-granted").count() == 1


def test_somebody_we_know_answers_as_themselves(market, hamid):
    cooperative = registered("Karimia", market.karim.phone)
    asked = ask_for_mandate(hamid, cooperative.slug)
    grant_mandate_from_telephone(market.karim.phone, asked.number, language="fr")
    assert Mandate.objects.get().granted_by == market.karim
    assert User.objects.get(phone=market.karim.phone).name == "Karim"


def test_a_no_refuses_and_claims_nothing(tamda, hamid, asked):
    assert refuse_mandate_from_telephone(ON_FILE, asked.number).state == "refused"
    assert refuse_mandate_from_telephone(ON_FILE, asked.number).state == "refused"
    run_jobs()

    assert nothing_happened(tamda, hamid)
    assert not User.objects.filter(phone=ON_FILE).exists()
    assert Message.objects.filter(to=hamid.phone, key__startswith="mandate-revoked").count() == 1
    with pytest.raises(MandateOver):
        grant_mandate_from_telephone(ON_FILE, asked.number, language="fr")
    with pytest.raises(MandateAskedAlready):
        ask_for_mandate(hamid, tamda.slug)
    assert nothing_happened(tamda, hamid)


def test_another_telephone_cannot_answer(tamda, hamid, asked):
    for phone in (SECOND, hamid.phone, "+212683009999", ""):
        assert grant_mandate_from_telephone(phone, asked.number, language="fr") is None
        assert refuse_mandate_from_telephone(phone, asked.number) is None
    assert nothing_happened(tamda, hamid)
    assert Mandate.objects.get().state == "asked"


def test_a_faked_sender_guesses_so_often_and_then_the_question_is_over(tamda, hamid, asked):
    guesses = ["", "482", str(100 + asked.pk), "100000", "999999"]
    for guess in guesses[:MOST_WRONG_ANSWERS]:
        assert guess != asked.number
        assert grant_mandate_from_telephone(ON_FILE, guess, language="fr") is None
    with pytest.raises(MandateOver):
        grant_mandate_from_telephone(ON_FILE, asked.number, language="fr")
    assert nothing_happened(tamda, hamid)


def test_after_a_week_the_question_is_over(tamda, hamid, asked):
    Mandate.objects.update(asked_at=clock.now() - timedelta(days=7))
    for answer in (lambda: grant_mandate_from_telephone(ON_FILE, asked.number, language="fr"),
                   lambda: refuse_mandate_from_telephone(ON_FILE, asked.number)):  # fmt: skip
        with pytest.raises(MandateOver):
            answer()
    assert nothing_happened(tamda, hamid)
    assert ask_for_mandate(hamid, tamda.slug).number != asked.number


def test_once_somebody_belongs_to_it_they_answer_and_the_telephone_does_not(market, tamda, hamid, asked):
    add_member(tamda, market.karim, "president", None)
    with pytest.raises(ItsPeopleAnswer):
        grant_mandate_from_telephone(ON_FILE, asked.number, language="fr")
    with pytest.raises(ItsPeopleAnswer):
        refuse_mandate_from_telephone(ON_FILE, asked.number)
    assert not rules.speaks_for(hamid, tamda)
    assert not User.objects.filter(phone=ON_FILE).exists()
    grant_mandate(asked, by=market.karim)
    assert rules.speaks_for(hamid, tamda)


def test_a_number_that_left_the_file_answers_no_more(tamda, hamid, asked):
    ContactPoint.objects.filter(value=ON_FILE).delete()
    with pytest.raises(MandateOver):
        grant_mandate_from_telephone(ON_FILE, asked.number, language="fr")
    assert nothing_happened(tamda, hamid)


def test_the_agent_who_left_is_granted_nothing(market, tamda, hamid, asked):
    end_membership(market.operator, hamid, None)
    with pytest.raises(MandateOver):
        grant_mandate_from_telephone(ON_FILE, asked.number, language="fr")
    assert nothing_happened(tamda, hamid)


def test_whoever_answered_ends_it_again(tamda, hamid, asked):
    grant_mandate_from_telephone(ON_FILE, asked.number, language="fr")
    revoke_mandate(asked, by=User.objects.get(phone=ON_FILE))
    assert not rules.speaks_for(hamid, tamda)


def test_a_telephone_and_a_number_go_together(tamda, hamid, asked):
    for values in ({"asked_phone": ""}, {"asked_number": ""}):
        with pytest.raises(IntegrityError, match="mandate_asked_by_telephone_has_a_number"), transaction.atomic():
            Mandate.objects.update(**values)


def test_many_are_asked_at_once_and_nobody_twice(market, tamda, hamid):
    alone = registered("Seule")
    everybody = [tamda, alone, market.honey_cooperative, market.saffron_cooperative, market.operator]
    granted = ask_for_mandate(hamid, market.honey_cooperative.slug)
    grant_mandate(granted, by=market.mina)

    first = ask_for_mandates(hamid, everybody)
    second = ask_for_mandates(hamid, everybody)
    run_jobs()

    assert {one.organisation for one in first.asked} == {tamda, market.saffron_cooperative}
    assert (first.unreachable, first.left_for_tomorrow) == ((alone,), 0)
    assert (second.asked, second.unreachable) == ((), (alone,))
    assert Message.objects.filter(key__startswith="mandate-asked").count() == 3
    around = mandates_around(hamid, everybody[:4])
    assert (around.acting, set(around.asked), around.to_ask) == (
        (market.honey_cooperative,), {tamda, market.saffron_cooperative}, (),
    )  # fmt: skip
    with pytest.raises(NotFound):
        ask_for_mandates(market.karim, everybody)


def test_a_days_questions_are_not_passed(market, tamda, hamid, monkeypatch):
    monkeypatch.setattr(mandates, "MOST_ASKED_A_DAY", 2)
    told = ask_for_mandates(hamid, [tamda, market.saffron_cooperative, market.honey_cooperative])
    assert (len(told.asked), told.left_for_tomorrow, Mandate.objects.count()) == (2, 1, 2)
    assert ask_for_mandates(hamid, [market.argan_cooperative]).left_for_tomorrow == 1


@pytest.mark.parametrize("how_many", [1, 8])
def test_asking_about_many_is_as_few_questions_as_about_one(hamid, how_many, django_assert_num_queries):
    cooperatives = [registered(f"Tamda {number}", f"+21268300820{number}") for number in range(how_many)]
    with django_assert_num_queries(8):
        assert len(mandates_around(hamid, cooperatives).to_ask) == how_many


@pytest.mark.django_db(transaction=True)
def test_two_agents_answered_at_once_are_both_granted_and_the_page_is_claimed_once(tamda, market, hamid):
    first, second = ask_for_mandate(hamid, tamda.slug), ask_for_mandate(market.youssef, tamda.slug)
    run_jobs()
    faults: list[BaseException] = []

    def answer(number: str) -> None:
        try:
            grant_mandate_from_telephone(ON_FILE, number, language="fr")
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    texts = [threading.Thread(target=answer, args=[one.number]) for one in (first, second, first)]
    for text in texts:
        text.start()
    for text in texts:
        text.join(60)
    run_jobs()  # nothing waits for the tests that follow

    assert faults == []
    assert set(Mandate.objects.values_list("state", flat=True)) == {"granted"}
    assert (Claim.objects.count(), Membership.objects.filter(organisation=tamda).count()) == (1, 1)
    assert Message.objects.filter(key__startswith="mandate-granted").count() == 2
