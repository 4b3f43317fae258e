"""The database goes away in the middle of an order: a page says so, and when it is back nothing is half made."""

from __future__ import annotations

import os
import subprocess
import sys

import httpx
import pytest

from tests import databases
from tests.site import free_port, wait_until_ready
from twiza.config.embedded_postgres import EmbeddedPostgres, _binaries

BUILD = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.people import build_market
print(build_market().honey.pk)
"""


def fill(postgres: EmbeddedPostgres) -> None:
    """The tables as they are migrated for every test; what cannot be carried over is left to the migrations."""
    dump = [_binaries() / "pg_dump", "--no-owner", databases.named(databases.migrated())]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumped:
        load = [_binaries() / "psql", "--quiet", "--single-transaction", postgres.url]
        subprocess.run(load, stdin=dumped.stdout, stdout=subprocess.DEVNULL, check=False)


@pytest.mark.timeout(180)
def test_a_lost_database_says_so_and_leaves_no_half_order(django_db_setup, tmp_path):
    postgres = EmbeddedPostgres(tmp_path / "postgres")
    postgres.hold()
    fill(postgres)
    environment = {**os.environ, "DATABASE_URL": postgres.url, "DEMO": "1", "PYTHONPATH": "src:."}
    environment |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "LOG_LEVEL": "CRITICAL"}
    variant = subprocess.check_output([sys.executable, "-c", BUILD], env=environment, text=True).strip()
    port = free_port()
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "twiza.config.wsgi:application", "--port", str(port)]
    web = subprocess.Popen([*server, "--log-level", "critical"], env=environment)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}")
        token = "t" * 32
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", cookies={"csrftoken": token}, headers={"X-CSRFToken": token}, timeout=30
        ) as salma:
            salma.post("/fr/cart/add/", data={"variant": variant, "quantity": 1})
            salma.post("/fr/cart/change/", data={"checkout": "1"})
            address = {"name": "Salma", "phone": "0683005001", "place": "Casablanca", "landmark": "Maârif"}
            salma.post("/fr/checkout/", data=address)
            total = salma.get("/fr/checkout/confirm/").text.split('name="expected_total" value="')[1].split('"')[0]
            order = {"order": "1", "expected_total": total}

            postgres.let_go()
            assert not postgres.is_running()
            gone = salma.post("/fr/checkout/confirm/", data=order)

            assert gone.status_code == 503
            assert 'lang="ar" dir="rtl"' in gone.text
            assert gone.headers["Retry-After"] == "30"
            assert salma.get("/healthz/live").status_code == 200
            assert salma.get("/healthz/ready").status_code == 503
            assert salma.get("/fr/products/").status_code == 503

            postgres.hold()
            assert salma.get("/healthz/ready").status_code == 200
            assert salma.get("/fr/cart/").status_code == 200
            placed = salma.post("/fr/checkout/confirm/", data=order)
            assert placed.headers["Location"].startswith("/fr/orders/")
            again = salma.post("/fr/checkout/confirm/", data=order)
            assert again.headers["Location"] == placed.headers["Location"]
    finally:
        web.terminate()
        web.wait(20)
        postgres.let_go()
