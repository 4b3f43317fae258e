"""Taking over a page from its public address: signed in first, by code or by papers."""

from __future__ import annotations

import io
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.entrypoints.web.people import ask_for_code, code_texted_to, enter_code
from tests.people import KHOURIBGA, person
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.models import Claim, ClaimCode, ClaimPaper, ContactPoint, Membership
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.registering import change_state, register_organisation
from twiza.foundation.messaging.models import Message

PHONE = "+212683001004"


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


@pytest.fixture
def tazouta(db):
    contacts = (ContactDetails("phone", PHONE), ContactDetails("email", "tazouta@example.ma"))
    details = OrganisationDetails(
        name_fr="Coopérative Tazouta", name_ar="تعاونية تازوطا", commune_code=KHOURIBGA, contacts=contacts
    )
    return register_organisation(kind="cooperative", details=details, by=None)


@pytest.fixture
def mina(db):
    return person("Mina", 1004, "ary")


def client_of(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def claim_url(organisation, page: str = "", language: str = "fr") -> str:
    return f"/{language}/cooperatives/{organisation.slug}/claim/{page}"


def claim_code() -> str:
    return re.search(r"\b\d{6}\b", Message.objects.filter(key__startswith="claim-code").latest("pk").text).group()


def photo(name: str = "recu.jpg") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_from_the_public_page_through_the_sign_in_to_ones_own_workspace(tazouta, mina, language):
    visitor = Client()
    url = claim_url(tazouta, language=language)
    assert f'href="{url}"' in visitor.get(f"/{language}/cooperatives/{tazouta.slug}/").content.decode()
    page = visitor.get(url).content.decode()
    assert f"/{language}/account/login/?next={url}" in page
    assert "••" not in page, "numbers are hinted at only to somebody who signed in"

    ask_for_code(visitor, PHONE, language, next=url)
    back = enter_code(visitor, code_texted_to(PHONE), language, next=url)
    assert back.url == url
    contact = ContactPoint.objects.get(value=PHONE)
    asked = visitor.get(url).content.decode()
    assert "06 •• •• •• 04" in asked
    assert PHONE[4:] not in asked
    sent = visitor.post(url, {"role": "president", "contact": contact.pk})
    assert sent.url == claim_url(tazouta, "code/", language)
    assert "06 •• •• •• 04" in visitor.get(sent.url).content.decode()
    inside = visitor.post(sent.url, {"code": claim_code()})
    assert inside.url == f"/{language}/workspace/{tazouta.slug}/"
    assert visitor.get(inside.url).status_code == 200
    assert visitor.get(url).url == inside.url, "whoever belongs to it is led to its workspace"
    tazouta.refresh_from_db()
    assert tazouta.state == "claimed"


def test_a_wrong_code_is_said_beside_the_field_and_the_third_one_ends_it(tazouta, mina):
    client = client_of(mina)
    client.post(claim_url(tazouta), {"role": "member", "contact": ContactPoint.objects.get(value=PHONE).pk})
    wrong = f"{(int(claim_code()) + 1) % 1_000_000:06d}"

    for _ in range(2):
        answer = client.post(claim_url(tazouta, "code/"), {"code": wrong})
        assert answer.status_code == 200
        assert "pas le code" in answer.content.decode()
    assert client.post(claim_url(tazouta, "code/"), {"code": wrong}).url == claim_url(tazouta)
    assert not Membership.objects.filter(organisation=tazouta).exists()


def test_the_fourth_code_in_ten_minutes_is_refused_on_the_page(tazouta, mina):
    client = client_of(mina)
    typed = {"role": "member", "contact": ContactPoint.objects.get(value=PHONE).pk}
    for _ in range(3):
        assert client.post(claim_url(tazouta), typed).status_code == 302
    answer = client.post(claim_url(tazouta), typed)
    assert answer.status_code == 200
    assert "Plusieurs codes sont déjà partis" in answer.content.decode()
    assert ClaimCode.objects.count() == 3


@pytest.mark.parametrize("contact", ["0", "999999", "x", "", str(2**70)])
def test_a_number_that_is_not_offered_gets_no_code(tazouta, mina, contact):
    assert client_of(mina).post(claim_url(tazouta), {"role": "member", "contact": contact}).status_code == 200
    assert not ClaimCode.objects.exists()


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_page_that_cannot_be_claimed_has_no_such_address(tazouta, mina, state):
    change_state(tazouta, state, None)
    client = client_of(mina)
    for page in ("", "code/", "papers/"):
        assert client.get(claim_url(tazouta, page)).status_code == 404
        assert client.post(claim_url(tazouta, page)).status_code == 404
    assert not Claim.objects.exists()


def test_an_operator_is_not_claimed(market):
    assert client_of(market.karim).get(claim_url(market.operator)).status_code == 404


def test_steps_after_the_first_ask_for_the_sign_in(tazouta):
    for page in ("code/", "papers/", "withdraw/"):
        assert Client().post(claim_url(tazouta, page)).url.startswith("/fr/account/login/?next=")


def test_without_a_number_on_file_papers_are_asked(tazouta, mina):
    ContactPoint.objects.filter(value=PHONE).delete()
    page = client_of(mina).get(claim_url(tazouta)).content.decode()
    assert claim_url(tazouta, "papers/") in page
    assert "••" not in page


def test_papers_are_sent_read_and_accepted_by_a_keeper_alone(market, tazouta, mina):
    claimant, keeper = client_of(market.karim), client_of(market.youssef)
    typed = {"role": "president", "words": "Le numéro a changé", "papers": [photo(), photo("carte.png")]}
    assert claimant.post(claim_url(tazouta, "papers/"), typed).url == claim_url(tazouta)
    assert "Nous avons vos papiers" in claimant.get(claim_url(tazouta)).content.decode()
    claim = Claim.objects.get()
    paper = claim.papers.first()
    file = f"/fr/workspace/register/claims/{claim.pk}/papers/{paper.pk}/"
    accept = f"/fr/workspace/register/claims/{claim.pk}/accept/"

    for nobody in (claimant, client_of(mina), keeper):
        assert nobody.get(file).status_code == 404
        assert nobody.get("/fr/workspace/register/claims/").status_code == 404
        assert nobody.post(accept, {"role": "president"}).status_code == 404
    assert Client().get(file).status_code == 302

    entrust_register(market.operator, by=None)
    shown = keeper.get(file)
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "no-store" in shown["Cache-Control"]
    assert "Coopérative Tazouta" in keeper.get("/fr/workspace/register/claims/").content.decode()
    page = keeper.get(f"/fr/workspace/register/claims/{claim.pk}/").content.decode()
    assert "Le numéro a changé" in page
    assert file in page
    assert keeper.get(f"/fr/workspace/register/claims/{claim.pk + 1}/papers/{paper.pk}/").status_code == 404

    assert keeper.post(accept, {"role": "president"}).status_code == 302
    assert Membership.objects.get(organisation=tazouta).user == market.karim
    keeper.post(accept, {"role": "president"})
    assert Membership.objects.filter(organisation=tazouta).count() == 1


def test_a_refusal_needs_its_reason(market, tazouta):
    entrust_register(market.operator, by=None)
    client_of(market.karim).post(claim_url(tazouta, "papers/"), {"role": "member", "papers": [photo()]})
    keeper, url = client_of(market.youssef), f"/fr/workspace/register/claims/{Claim.objects.get().pk}/refuse/"

    assert keeper.post(url, {"reason": "other"}).status_code == 200
    assert keeper.post(url, {"reason": "objected"}).status_code == 200
    assert Claim.objects.get().state == "asked"
    assert keeper.post(url, {"reason": "other", "words": "Le tampon manque"}).status_code == 302
    assert (Claim.objects.get().state, Claim.objects.get().reason) == ("refused", "Le tampon manque")


def test_a_file_that_is_no_paper_is_refused_and_nothing_is_kept(tazouta, mina):
    disguised = SimpleUploadedFile("carte.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")
    answer = client_of(mina).post(claim_url(tazouta, "papers/"), {"role": "member", "papers": [photo(), disguised]})
    assert "ne pouvons pas lire" in answer.content.decode()
    six = [photo() for _ in range(6)]
    assert client_of(mina).post(claim_url(tazouta, "papers/"), {"role": "member", "papers": six}).status_code == 200
    assert client_of(mina).post(claim_url(tazouta, "papers/"), {"role": "member"}).status_code == 200
    assert not ClaimPaper.objects.exists()


def test_papers_are_withdrawn(tazouta, mina):
    client = client_of(mina)
    client.post(claim_url(tazouta, "papers/"), {"role": "member", "papers": [photo()]})
    assert client.post(claim_url(tazouta, "withdraw/")).url == claim_url(tazouta)
    assert (Claim.objects.get().state, ClaimPaper.objects.count()) == ("withdrawn", 0)
