"""Labels in the workspace: a keeper says what a paper is for, a cooperative puts it on its products."""

from __future__ import annotations

import pytest

from tests.labels import certificate
from twiza.domain.catalogue.models import ProductClaim
from twiza.domain.catalogue.services import ProductDetails, revise_product
from twiza.domain.directory.models import Accreditation
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.particulars import record_accreditation


@pytest.fixture
def keeper(market, signed_in):
    entrust_register(market.operator, by=None)
    return signed_in(market.youssef)


def of_honey(market) -> str:
    return f"/fr/workspace/{market.honey_cooperative.slug}/products/{market.honey.product.slug}/labels/"


def test_a_cooperative_puts_a_label_on_a_product_and_takes_it_off(market, signed_in):
    held = certificate(market.honey_cooperative, "bio", ["honey"])
    mina = signed_in(market.mina)

    put_on = mina.post(of_honey(market), {"claim": held.pk}, follow=True).content.decode()
    assert "Les acheteurs le voient" in put_on
    assert ProductClaim.objects.get().product == market.honey.product

    taken_off = mina.post(of_honey(market), {"withdraw": held.pk}, follow=True).content.decode()
    assert "Les acheteurs le voient" not in taken_off
    assert not ProductClaim.objects.exists()


def test_what_a_certificate_does_not_cover_says_why_and_has_no_button(market, signed_in):
    held = certificate(market.honey_cooperative, "bio", ["saffron"])
    mina = signed_in(market.mina)

    page = mina.get(of_honey(market)).content.decode()
    said = mina.post(of_honey(market), {"claim": held.pk}, follow=True).content.decode()

    assert "le certificat n’est pas pour ce genre de produit" in page
    assert 'name="claim"' not in page
    assert "le certificat n’est pas pour ce genre de produit" in said
    assert not ProductClaim.objects.exists()


@pytest.mark.parametrize("posted", [{}, {"claim": "x"}, {"claim": "999999"}, {"withdraw": "1' or"}])
def test_nonsense_is_not_found(market, signed_in, posted):
    certificate(market.honey_cooperative, "bio", ["honey"])

    assert signed_in(market.mina).post(of_honey(market), posted).status_code == 404
    assert not ProductClaim.objects.exists()


def test_another_s_certificate_cannot_be_chosen(market, signed_in):
    held = certificate(market.argan_cooperative, "bio", ["honey"])

    assert signed_in(market.mina).post(of_honey(market), {"claim": held.pk}).status_code == 404


def test_a_keeper_writes_down_a_certificate_and_what_it_is_for(market, keeper):
    begun = keeper.post(
        "/fr/workspace/register/labels/",
        {"page": f"https://twiza.example/fr/cooperatives/{market.saffron_cooperative.slug}/", "scheme": "aop"},
    )
    held = Accreditation.objects.get()
    assert begun.url == f"/fr/workspace/register/labels/{held.pk}/"
    assert market.saffron_cooperative.name in keeper.get("/fr/workspace/register/labels/").content.decode()
    typed = {"number": "AOP-1", "valid_from": "2026-01-01", "valid_until": "2099-01-01", "kinds": ["saffron"]}

    refused = keeper.post(begun.url, typed)
    assert "choisissez ses provinces" in refused.content.decode()
    held.refresh_from_db()
    assert (held.verified_at, held.kinds) == (None, [])

    keeper.post(begun.url, {**typed, "provinces": ["09.541"]})
    held.refresh_from_db()
    assert held.verified_at is not None
    assert (held.number, held.kinds, held.provinces, str(held.valid_until)) == ("AOP-1", ["saffron"], ["09.541"], "2099-01-01")


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"kinds": []}, "kinds"),
        ({"kinds": ["nothing"]}, "kinds"),
        ({"provinces": ["99.999"]}, "provinces"),
        ({"number": ""}, "number"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
        ({"valid_until": "soon"}, "valid_until"),
    ],
)
def test_what_cannot_be_is_answered_beside_it(market, keeper, typed, wrong):
    held = record_accreditation(market.honey_cooperative, scheme="bio", by=None)
    whole = {"number": "1", "valid_from": "2026-01-01", "valid_until": "2099-01-01", "kinds": ["honey"]}

    answer = keeper.post(f"/fr/workspace/register/labels/{held.pk}/", {**whole, **typed})

    assert list(answer.context["form"].errors) == [wrong]
    held.refresh_from_db()
    assert (held.verified_at, held.number) == (None, "")


def test_an_address_of_nobody_begins_nothing(market, keeper):
    answer = keeper.post("/fr/workspace/register/labels/", {"page": "nobody", "scheme": "bio"})

    assert list(answer.context["form"].errors) == ["page"]
    assert not Accreditation.objects.exists()


def test_products_that_speak_of_a_label_are_listed(market, keeper):
    revise_product(market.honey.product, ProductDetails(market.honey.product.kind, name_fr="Miel bio"), by=market.mina)

    page = keeper.get("/fr/workspace/register/labels/words/").content.decode()

    assert "Miel bio" in page
    assert "Safran" not in page


def test_certificates_without_a_scope_wait_on_the_first_screen(market, keeper):
    record_accreditation(market.honey_cooperative, scheme="bio", by=None, is_verified=True)

    assert keeper.get("/fr/workspace/register/").context["labels"] == 1
    certificate(market.honey_cooperative, "onssa", ["honey"])
    assert keeper.get("/fr/workspace/register/").context["labels"] == 1


@pytest.mark.parametrize("language", ["fr", "ar", "en", "zgh"])
def test_the_screens_are_shown_in_every_language(market, keeper, language):
    held = certificate(market.honey_cooperative, "igp", ["honey"], ["05.311"])

    for path in ("", "words/", f"{held.pk}/"):
        assert keeper.get(f"/{language}/workspace/register/labels/{path}").status_code == 200
