"""An operator asks the cooperatives of a storefront for their mandates, all at once, before importing their products."""

from __future__ import annotations

import pytest

from tests.jobs import run_jobs
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.models import Mandate
from twiza.domain.directory.services import mandates
from twiza.domain.directory.services.registering import register_organisation
from twiza.domain.storefronts.models import StorefrontCooperative
from twiza.foundation.messaging.models import Message

PAGE = "/{}/workspace/stores/souk-khouribga/import/"
ON_FILE = "+212683008001"


@pytest.fixture
def storefront(market):
    """It shows Nahlat, which has people, and two of the register: one with a mobile number, one without."""
    for name, contacts in (("Tamda", (ContactDetails("phone", ON_FILE),)), ("Seule", ())):
        details = OrganisationDetails(name_fr=name, name_ar=f"تعاونية {name}", contacts=contacts)
        made = register_organisation(kind="cooperative", details=details, by=None)
        StorefrontCooperative.objects.create(storefront=market.souk, cooperative=made)
    return market.souk


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.REGISTER_FOLDER = str(tmp_path)


def shown(client, language: str = "fr") -> str:
    answer = client.get(PAGE.format(language))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_others_are_asked_with_one_press_and_nobody_twice(market, storefront, signed_in):
    youssef = signed_in(market.youssef)
    before = shown(youssef)
    assert "Demander à 2 coopératives par SMS" in before
    assert "À 1 coopérative on ne peut pas demander" in before
    assert "<bdi>Seule</bdi>" in before

    answer = youssef.post(PAGE.format("fr") + "ask/")
    youssef.post(PAGE.format("fr") + "ask/")
    run_jobs()

    assert (answer.status_code, answer.url) == (302, PAGE.format("fr"))
    assert Mandate.objects.filter(agent=market.youssef, state="asked").count() == 2
    assert {message.to for message in Message.objects.filter(key__startswith="mandate-asked")} == {ON_FILE, market.mina.phone}
    page = shown(youssef)
    assert "Nous avons demandé à 2 coopératives par SMS." in page
    assert "plus personne à qui demander" in page
    assert "<b>2</b><span>sans réponse pour l'instant</span>" in page
    assert "Demander à" not in page


def test_no_screen_of_the_agent_says_what_the_answer_must_name_or_whom_we_asked(market, storefront, signed_in):
    youssef = signed_in(market.youssef)
    youssef.post(PAGE.format("fr") + "ask/")
    run_jobs()
    number = Mandate.objects.exclude(asked_number="").get().asked_number
    seen = [
        shown(youssef),
        *(youssef.get(f"/fr/workspace/{page}").content.decode() for page in ("", "mandates/", "stores/souk-khouribga/")),
    ]
    for page in seen:
        assert number not in page
        assert ON_FILE not in page
        assert "83 00 80 01" not in page


def test_it_is_said_in_arabic_too(market, storefront, signed_in):
    page = shown(signed_in(market.youssef), "ar")
    assert "اسألوا تعاونيتين (2) برسالة قصيرة" in page
    assert "تعاونية واحدة (1) لا يمكن سؤالها" in page


def test_what_is_too_much_for_a_day_waits(market, storefront, signed_in, monkeypatch):
    monkeypatch.setattr(mandates, "MOST_ASKED_A_DAY", 1)
    youssef = signed_in(market.youssef)
    youssef.post(PAGE.format("fr") + "ask/")
    assert "demandez demain à la coopérative qui reste (1)" in shown(youssef)
    assert Mandate.objects.count() == 1


def test_others_find_no_such_page_and_nobody_is_asked(market, storefront, signed_in):
    for somebody in (market.fatima, market.karim):
        assert signed_in(somebody).post(PAGE.format("fr") + "ask/").status_code == 404
    assert signed_in(market.youssef).get(PAGE.format("fr") + "ask/").status_code == 405
    assert not Mandate.objects.exists()
