"""Youssef gives his storefront a name that he bought, and reads what to write where he bought it."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from tests.jobs import run_jobs
from twiza.domain.storefronts.models import StorefrontHost
from twiza.domain.storefronts.services import close_storefront, verify_host
from twiza.domain.storefronts.states import HostFinding
from twiza.kit import clock

HERE = "/fr/workspace/stores/souk-khouribga/address/"
SETUP = "/fr/workspace/stores/souk-khouribga/setup/"
HOST = "boutique.localhost"


def test_he_asks_for_a_name_reads_what_to_do_looks_and_gives_it_up(market, signed_in, settings):
    settings.HOSTS_POINT_TO = ["hosts.example.ma", "196.200.131.5", "2a00:1450::5"]
    youssef = signed_in(market.youssef)
    assert "names that end in" not in youssef.get(HERE).content.decode()
    assert "boutique.localhost" in youssef.get(HERE).content.decode()  # the demonstration says what can be tried

    assert youssef.post(HERE, {"host": "https://Boutique.Localhost/"}).url == HERE
    waiting = youssef.get(HERE).content.decode()
    assert 'http-equiv="refresh"' in waiting
    for line in ("CNAME", "hosts.example.ma", "AAAA", "2a00:1450::5", ">A<", "196.200.131.5", f">{HOST}<"):
        assert line in waiting
    assert "Pas encore réglée" in youssef.get(SETUP).content.decode()

    run_jobs()
    found = youssef.get(HERE).content.decode()
    assert "En service" in found
    assert f'href="http://{HOST}:8000"' in found
    assert 'http-equiv="refresh"' not in found
    assert "CNAME" not in found
    for screen in ("", "setup/", "first-page/", "look/"):
        assert f'href="http://{HOST}:8000/fr/"' in youssef.get(f"/fr/workspace/stores/souk-khouribga/{screen}").content.decode()
    assert f'href="http://{HOST}:8000/fr/">Souk Khouribga</a>' in youssef.get("/fr/").content.decode()

    assert youssef.post(HERE, {"look": "1"}).url == HERE
    assert "Nous regardons en ce moment" in youssef.post(HERE, {"look": "1"}, follow=True).content.decode()
    assert youssef.post(HERE, {"drop": "1"}).url == HERE
    assert youssef.post(HERE, {"drop": "1"}).url == HERE  # a second click
    assert StorefrontHost.objects.get().dropped_at is not None
    assert 'name="host"' in youssef.get(HERE).content.decode()


def test_while_it_is_not_open_its_people_see_it_where_they_are_signed_in(market, signed_in):
    youssef = signed_in(market.youssef)
    youssef.post(HERE, {"host": HOST})
    run_jobs()
    close_storefront(market.souk, by=market.youssef)

    assert 'href="/fr/stores/souk-khouribga/"' in youssef.get(SETUP).content.decode()
    assert f"{HOST}:8000/fr/" not in youssef.get(SETUP).content.decode()


def test_a_name_led_elsewhere_is_said_before_it_is_lost_and_after(market, signed_in):
    youssef = signed_in(market.youssef)
    youssef.post(HERE, {"host": HOST})
    host = verify_host(StorefrontHost.objects.get().pk, HostFinding.HERE)
    for day, words in ((1, "Depuis 1 jour il mène ailleurs"), (2, "Depuis 2 jours"), (3, "trois jours de suite. Votre vitrine")):
        with time_machine.travel(clock.now() + timedelta(days=day)):
            verify_host(host.pk, HostFinding.ELSEWHERE)
            page = youssef.get(HERE).content.decode()
            assert words in page
            assert "CNAME" in page


def test_what_cannot_be_is_said_beside_what_was_typed_and_nothing_is_kept(market, signed_in):
    youssef = signed_in(market.youssef)
    for typed, words in (
        ("boutique", "n&#x27;est pas un nom"),
        ("127.0.0.1", "un numéro"),
        ("", "Écrivez le nom"),
        ("a" * 301, "300"),
    ):
        answer = youssef.post(HERE, {"host": typed})
        page = answer.content.decode()
        assert (answer.status_code, words.replace("&#x27;", "'") in page.replace("&#x27;", "'")) == (200, True)
        assert f'value="{typed}"' in page or not typed
    for stranger in (market.mina, market.karim):
        assert signed_in(stranger).post(HERE, {"host": HOST}).status_code == 404
    assert StorefrontHost.objects.count() == 0
