from __future__ import annotations


def test_a_cooperative_reads_the_tax_of_its_kind_beside_its_price(market, signed_in):
    hajja = signed_in(market.hajja)
    base = f"/fr/workspace/{market.argan_cooperative.slug}/prices/"

    price = hajja.get(f"{base}{market.argan.pk}/").content.decode()
    assert "TVA 10\xa0%" in price
    assert f'href="{base}tva/"' in price
    page = hajja.get(f"{base}tva/").content.decode()
    assert "TVA 20\xa0%" in page
    assert "Exonéré de TVA" in page
    assert "dites dans" in page


def test_an_operator_reads_it_too(market, signed_in):
    youssef = signed_in(market.youssef)

    assert "tva/" in youssef.get("/fr/workspace/stores/souk-khouribga/").content.decode()
    assert "TVA 20\xa0%" in youssef.get("/fr/workspace/stores/souk-khouribga/tva/").content.decode()
