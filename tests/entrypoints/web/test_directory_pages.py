"""The list of cooperatives and the page of one, as everybody sees them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.entrypoints.web.choices import choices_in, taken_in
from twiza.domain.directory.models import Organisation, PagePhoto
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.registering import (
    ContactDetails,
    IdentifierDetails,
    OrganisationDetails,
    change_state,
    register_organisation,
    revise,
)
from twiza.foundation.accounts.services import register_person
from twiza.kit.clock import today

pytestmark = pytest.mark.django_db

TALIOUINE, KHOURIBGA = "09.541.01.11", "05.311.01.07"
SECRETS = ("310810101402900442310133", "+212683000002", "06 83 00 00 02", "secret@example.org", "60120121", "Not yet approved")


def a_cooperative(name, kind="cooperative", is_fictional=False, **details):
    said = OrganisationDetails(name_fr=name, **details)
    return register_organisation(kind=kind, details=said, by=None, is_fictional=is_fictional)


@pytest.fixture
def souktana():
    cooperative = a_cooperative(
        "Souktana du Safran",
        name_ar="سكتانة للزعفران",
        story_fr="Cinquante femmes cueillent à l'aube.",
        commune_code=TALIOUINE,
        sectors=("PAM", "AGRI"),
        members_total=40,
        members_women=25,
        is_womens=True,
        contacts=(
            ContactDetails("phone", "+212683000001", "public", "Présidente"),
            ContactDetails("phone", "+212683000002", "private"),
            ContactDetails("email", "secret@example.org", "partners"),
        ),
        identifiers=(
            IdentifierDetails("registration", "56/268/2018", "Taroudannt"),
            IdentifierDetails("ice", "001561191000066"),
            IdentifierDetails("rib", "310810101402900442310133"),
            IdentifierDetails("tax_if", "60120121"),
        ),
    )
    record_accreditation(cooperative, scheme="aop", by=None, number="AOP-7", valid_until=today(), is_verified=True)
    revise(cooperative, OrganisationDetails(name_fr="Not yet approved"), by=None)
    return cooperative


def page(address, client=None):
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def names_in(html):
    return re.findall(r'class="card-name"><a href="[^"]+">([^<]+)</a>', html)


def test_the_list_narrows_and_counts(souktana):
    a_cooperative("Barakat", commune_code=KHOURIBGA, sectors=("DALI",))
    assert names_in(page("/fr/cooperatives/")) == ["Barakat", "Souktana du Safran"]
    html = page("/fr/cooperatives/?region=09&sector=PAM&womens=on&label=aop")
    assert names_in(html) == ["Souktana du Safran"]
    assert choices_in(html)["Région"] == [("Souss-Massa", 1)]
    assert taken_in(html) == ["Souss-Massa", "Plantes médicinales et aromatiques", "Appellation d&#x27;origine protégée (AOP)",
                              "Coopératives féminines"]  # fmt: skip
    assert names_in(page("/fr/cooperatives/?q=زعفران")) == ["Souktana du Safran"]
    assert names_in(page("/fr/cooperatives/?q=taroudant")) == ["Souktana du Safran"]


def test_a_province_of_another_region_is_forgotten(souktana):
    assert names_in(page("/fr/cooperatives/?region=09&province=05.311")) == ["Souktana du Safran"]


@pytest.mark.parametrize(
    "query", ["q=zzzzqqq", "region=99", "province=%00", "sector=GOLD", "label=gold", "page=99999", "page=-1", "q=%00", "page=abc"]
)
def test_nonsense_in_the_address_is_borne(souktana, query):
    page(f"/fr/cooperatives/?{query}")


def test_nothing_found_leads_on(souktana):
    html = page("/fr/cooperatives/?q=zzzzqqq")
    assert names_in(html) == []
    assert 'class="empty"' in html


def test_pages_keep_the_choices():
    for number in range(30):
        a_cooperative(f"Coop {number:02}", sectors=("AGRI",))
    first = page("/fr/cooperatives/?sector=AGRI")
    assert len(names_in(first)) == 24
    assert 'href="?sector=AGRI&amp;page=2"' in first
    assert names_in(page("/fr/cooperatives/?sector=AGRI&page=2")) == [f"Coop {number}" for number in range(24, 30)]


def test_the_page_says_what_is_public(souktana):
    html = page(f"/fr/cooperatives/{souktana.slug}/")
    for words in ("Souktana du Safran", "سكتانة للزعفران", "Taliouine", "Cinquante femmes", "06 83 00 00 01", "AOP-7",
                  "56/268/2018", "001561191000066", 'href="tel:+212683000001"'):  # fmt: skip
        assert words in html


def test_a_stranger_sees_nothing_private(souktana):
    karim, fatima = Client(), Client()
    karim.force_login(register_person(name="Karim", phone="+212683000009"))
    member = register_person(name="Fatima", phone="+212683000003")
    add_member(souktana, member, "president", by=None)
    fatima.force_login(member)
    for client in (Client(), karim, fatima):
        for address in ("/fr/cooperatives/", f"/fr/cooperatives/{souktana.slug}/", f"/ar/cooperatives/{souktana.slug}/"):
            html = page(address, client)
            assert [secret for secret in SECRETS if secret in html] == []


def test_the_page_is_arabic_in_arabic(souktana):
    html = page(f"/ar/cooperatives/{souktana.slug}/")
    assert 'lang="ar" dir="rtl"' in html
    assert "<h1>سكتانة للزعفران</h1>" in html
    assert '<p class="other-name"><bdi lang="fr">Souktana du Safran</bdi></p>' in html


def test_a_fictional_cooperative_says_so_everywhere():
    cooperative = a_cooperative("Inventée", is_fictional=True)
    for address in ("/en/cooperatives/", f"/en/cooperatives/{cooperative.slug}/"):
        assert "Demonstration:" in page(address)


def test_a_merged_page_leads_to_its_target(souktana):
    target = a_cooperative("Cible")
    Organisation.objects.filter(pk=souktana.pk).update(state="merged", merged_into=target)
    answer = Client().get(f"/fr/cooperatives/{souktana.slug}/")
    assert (answer.status_code, answer["Location"]) == (301, "/fr/cooperatives/cible/")


def test_a_closed_page_says_so_and_a_suspended_one_is_gone(souktana):
    change_state(souktana, "closed", by=None)
    assert "alert-warning" in page(f"/fr/cooperatives/{souktana.slug}/")
    other = a_cooperative("Autre")
    change_state(other, "suspended", by=None)
    for slug in (other.slug, "nobody", a_cooperative("Un opérateur", kind="operator").slug):
        assert Client().get(f"/fr/cooperatives/{slug}/").status_code == 404


@pytest.mark.parametrize("others", [1, 30])
def test_the_list_asks_at_most_eight_questions(souktana, others, django_assert_max_num_queries):
    for number in range(others):
        record_accreditation(a_cooperative(f"Safran {number}", commune_code=TALIOUINE), scheme="bio", by=None, is_verified=True)
    page("/fr/cooperatives/")
    for query in ("", "?region=09&sector=PAM", "?q=safran"):
        with django_assert_max_num_queries(9):
            page(f"/fr/cooperatives/{query}")


def test_markup_in_a_name_is_only_words():
    cooperative = a_cooperative("<script>alert(1)</script>", website="https://example.org/?a=1&b=2")
    for address in ("/fr/cooperatives/", f"/fr/cooperatives/{cooperative.slug}/"):
        assert "<script>alert" not in page(address)


def test_a_cooperative_with_a_photo_is_listed_with_it(souktana):
    files = {size: f"cooperatives/a-{size}.webp" for size in ("small", "medium", "large", "shared")}
    PagePhoto.objects.create(organisation=souktana, position=1, **dict.fromkeys(files, "cooperatives/b.webp"))
    PagePhoto.objects.create(organisation=souktana, position=0, alt_fr="Au champ", colour="#805030", **files)
    page = Client().get("/fr/cooperatives/").content.decode()

    assert "cooperatives/a-small.webp 240w" in page
    assert 'alt="Au champ"' in page
    assert "cooperatives/b.webp" not in page
