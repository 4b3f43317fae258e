"""Each choice says how many it leaves, exactly and the same with the index and without; taken back, the list is whole again."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.entrypoints.web.choices import addresses_in, choices_in, taken_in
from tests.labels import label
from tests.people import product
from twiza.domain.catalogue.services.labelling import claim_label
from twiza.domain.delivery.models import Tariff
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.registering import register_organisation
from twiza.foundation.search.selectors import is_index_ready
from twiza.foundation.search.services import rebuild_index
from twiza.kit.clock import today

TALIOUINE, KHOURIBGA = "09.541.01.11", "05.311.01.07"
CARD = re.compile(r'class="card-name">\s*<a href="[^"]+">([^<]+?)(?: <bdi|</a>)')


def with_register(market):
    """Five cooperatives, three of which sell; four products."""
    for name, commune, womens, sectors in (
        ("Coopérative Tiwizi", TALIOUINE, True, ("ARTI", "AGRI")),
        ("Coopérative Azul", KHOURIBGA, True, ("ARTI",)),
    ):
        details = OrganisationDetails(name_fr=name, commune_code=commune, is_womens=womens, sectors=sectors)
        made = register_organisation(kind="cooperative", details=details, by=None)
        record_accreditation(made, scheme="bio", by=None, is_verified=True)
    igp = label(market.honey, "igp", by=market.mina)
    carob = product(market.honey_cooperative, market.mina, "honey", "Miel de caroubier", "", "250", "g", 4500, 4)
    claim_label(carob.product, igp, by=market.mina)
    return market


@pytest.fixture(scope="module")
def kept_register(keep, kept_market):
    return keep(lambda: with_register(kept_market.again()))


@pytest.fixture(params=["with the index", "without it"])
def register(request, kept_register, db, settings, tmp_path):
    settings.SEARCH_FOLDER = str(tmp_path)
    market = kept_register.again()
    if request.param == "with the index":
        rebuild_index()
    return market


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(html):
    return sorted(unescape(name).strip() for name in CARD.findall(html))


def test_every_choice_among_cooperatives_is_counted(register, client):
    assert choices_in(page(client, "/fr/cooperatives/")) == {
        "Région": [("Béni Mellal-Khénifra", 2), ("Souss-Massa", 3)],
        "Secteur": [("Agriculture", 4), ("Artisanat", 2)],
        "Label ou certificat": [("Bio (Bio Maroc)", 2), ("Indication géographique protégée (IGP)", 1)],
        "Autres choix": [("Coopératives féminines", 2), ("Vend ici", 3)],
    }


def test_a_choice_is_counted_with_the_others_and_without_itself(register, client):
    shown = choices_in(page(client, "/fr/cooperatives/?region=09&womens=on"))

    assert shown["Région"] == [("Béni Mellal-Khénifra", 1), ("Souss-Massa", 1)]
    assert shown["Province ou préfecture"] == [("Taroudannt", 1)]
    assert shown["Secteur"] == [("Agriculture", 1), ("Artisanat", 1)]
    assert shown["Label ou certificat"] == [("Bio (Bio Maroc)", 1)]
    assert shown["Autres choix"] == [("Coopératives féminines", 1)]


def test_those_who_sell_here(register, client):
    html = page(client, "/fr/cooperatives/?online=on")

    assert cards(html) == ["Coopérative Nahlat", "Coopérative Taghart", "Coopérative Zafrane Taliouine"]
    assert choices_in(html)["Région"] == [("Béni Mellal-Khénifra", 1), ("Souss-Massa", 2)]
    assert choices_in(html)["Autres choix"] == [("Vend ici", 3)]


def test_what_every_choice_leads_to_holds_as_many_as_it_says(register, client):
    html = page(client, "/fr/cooperatives/?sector=AGRI")
    counts = {words: count for group in choices_in(html).values() for words, count in group}
    for words, address in addresses_in(html).items():
        if words != "Agriculture":  # which takes itself back
            assert len(cards(page(client, f"/fr/cooperatives/{address}"))) == counts[words], words


def test_a_choice_made_is_a_chip_that_takes_it_back(register, client):
    html = page(client, "/fr/cooperatives/?region=09&province=09.541&womens=on")
    assert taken_in(html) == ["Souss-Massa", "Taroudannt", "Coopératives féminines"]

    assert 'href="?womens=on" rel="nofollow"><span class="hidden-visually">Retirer</span> Souss-Massa' in html
    assert addresses_in(html)["Taroudannt"] == "?region=09&womens=on"


def test_products_are_narrowed_by_kind_place_and_price(register, client):
    shown = choices_in(page(client, "/fr/products/"))
    # Without the index, labels are only counted where one was chosen.
    assert shown.pop("Label ou certificat", None) in (None, [("Indication géographique protégée (IGP)", 2)])
    assert shown == {
        "Région": [("Béni Mellal-Khénifra", 2), ("Souss-Massa", 2)],
        "Prix": [("moins de 50 DH", 2), ("de 50 DH à 100 DH", 1), ("de 100 DH à 200 DH", 1)],
    }

    family = page(client, "/fr/products/?kind=honey-family&price=0-50")
    assert cards(family) == ["Miel de caroubier"]
    of_the_family = choices_in(family)
    of_the_family.pop("Label ou certificat", None)
    assert of_the_family == {
        "Sorte": [("Miel", 1)],
        "Région": [("Béni Mellal-Khénifra", 1)],
        "Prix": [("moins de 50 DH", 1), ("de 100 DH à 200 DH", 1)],
    }
    assert taken_in(family) == ["moins de 50 DH"]


def test_words_and_choices_go_together(register, client):
    html = page(client, "/fr/products/?q=miel&price=100-200")

    assert cards(html) == ["Miel de thym"]
    assert choices_in(html)["Prix"] == [("moins de 50 DH", 1), ("de 100 DH à 200 DH", 1)]


def test_a_storefront_counts_its_own_only(register, client):
    html = page(client, "/fr/stores/souk-khouribga/products/")

    assert cards(html) == ["Miel de caroubier", "Miel de thym"]
    assert choices_in(html)["Région"] == [("Béni Mellal-Khénifra", 2)]
    assert cards(page(client, "/fr/stores/souk-khouribga/products/?q=safran")) == []


def test_the_search_counts_products_and_cooperatives_together(register, client):
    shown = choices_in(page(client, "/fr/search/?q=miel"))
    # Without the index only names are sought, and no cooperative is called honey.
    together = shown["Région"] in ([("Béni Mellal-Khénifra", 3)], [("Béni Mellal-Khénifra", 2)])

    assert together, shown
    assert cards(page(client, "/fr/search/?q=miel&region=09")) == []
    assert cards(page(client, "/fr/search/?q=miel&region=05&label=igp")) == ["Miel de caroubier", "Miel de thym"]


@pytest.mark.parametrize(
    "query", ["region=%00", "price=7", "price=%00&kind=%00", "kind=nothing", "page=-1", "page=99999", "q=%00"]
)
@pytest.mark.parametrize("path", ["products/", "stores/souk-khouribga/products/", "cooperatives/", "search/"])
def test_nonsense_in_the_address_is_borne(register, client, path, query):
    page(client, f"/fr/{path}?{query}&q=miel")
    page(client, f"/ar/{path}?{query}")


@pytest.mark.parametrize("path", ["products/", "products/?kind=honey-family&region=05", "products/?q=miel", "cooperatives/"])
@pytest.mark.parametrize("q", ["", "&region=09"])
def test_a_list_asks_eight_questions_at_most(register, client, path, q, django_assert_max_num_queries):
    address = f"/fr/{path}{q if '?' in path else q.replace('&', '?')}"
    page(client, address)
    with django_assert_max_num_queries(8):
        page(client, address)


def test_products_are_narrowed_by_label_season_and_cooperative(register, client):
    season = [today().month]
    register.honey.product.season_months = season
    register.honey.product.save()
    register.saffron.product.season_months = [today().month % 12 + 1]
    register.saffron.product.save()
    if is_index_ready():
        rebuild_index()

    assert cards(page(client, "/fr/products/?label=igp")) == ["Miel de caroubier", "Miel de thym"]
    assert choices_in(page(client, "/fr/products/?label=igp"))["Label ou certificat"] == [
        ("Indication géographique protégée (IGP)", 2)
    ]
    in_season = page(client, "/fr/products/?season=on")
    assert (cards(in_season), taken_in(in_season)) == (["Miel de thym"], ["De saison en ce moment"])
    assert choices_in(page(client, "/fr/products/"))["Autres choix"] == [("De saison en ce moment", 1)]
    theirs = page(client, f"/fr/products/?cooperative={register.honey_cooperative.slug}")
    assert (cards(theirs), taken_in(theirs)) == (["Miel de caroubier", "Miel de thym"], ["Coopérative Nahlat"])
    assert choices_in(theirs)["Région"] == [("Béni Mellal-Khénifra", 2)]
    assert cards(page(client, f"/fr/products/?cooperative={register.honey_cooperative.slug}&season=on")) == ["Miel de thym"]
    assert len(cards(page(client, "/fr/products/?cooperative=nobody&label=none&season=maybe"))) == 4


def test_products_are_narrowed_to_what_is_brought_to_a_commune(register, client):
    """Tables go everywhere at first; without the far zones only the province's own are brought."""
    everywhere = page(client, "/fr/products/?to=Taliouine")
    assert (len(cards(everywhere)), taken_in(everywhere)) == (4, ["Livré à Taliouine"])

    Tariff.objects.exclude(zone="local").delete()
    near = page(client, f"/fr/products/?to={TALIOUINE}")
    assert (cards(near), taken_in(near)) == (["Safran pur"], ["Livré à Taliouine"])
    assert choices_in(near)["Région"] == [("Souss-Massa", 1)]
    Tariff.objects.all().delete()
    assert cards(page(client, "/fr/products/?to=Taliouine")) == []
    assert len(cards(page(client, "/fr/products/?to=nowhere"))) == 4
