"""A photo from a telephone: made small before it travels, then ready, aimed and described on screens that anybody can use."""

from __future__ import annotations

import io

import pytest
from django.db import connections
from PIL import Image

from tests.journeys.browser import CHROMIUM, PHONE, browser, follow
from tests.journeys.test_our_page import wrong_on
from tests.journeys.test_workspace import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]
CHOSEN_BYTES = "document.querySelector('[name=photo]').files[0].size"


def telephone_picture() -> bytes:
    """Twelve million points held upright by a note, grainy enough to weigh megabytes."""
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    Image.effect_noise((4000, 3000), 60).save(file, "JPEG", quality=85, exif=exif)
    return file.getvalue()


def test_minas_photo_travels_small_and_buyers_see_it(site, tmp_path):
    whole = telephone_picture()
    (tmp_path / "IMG_0001.jpg").write_bytes(whole)
    with browser() as chromium:
        page = chromium.new_context(viewport=PHONE).new_page()
        faults: list[str] = []
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        sign_in(page, site, site.people["mina"], "fr")
        page.goto(f"{site.url}/fr/workspace/")
        page.goto(f"{page.url}products/")
        follow(page, ".shelf-row h2 a >> nth=0")
        product = page.url
        follow(page, "a[href$='/photos/']")
        photos = page.url

        page.set_input_files("[name=photo]", tmp_path / "IMG_0001.jpg")
        for _attempt in range(300):  # a busy machine takes its time
            if page.evaluate(CHOSEN_BYTES) < len(whole):
                break
            page.wait_for_timeout(100)
        assert page.locator("canvas.photo-chosen").count() == 1
        sent = page.evaluate(CHOSEN_BYTES)
        assert sent < len(whole) / 2
        follow(page, "form[enctype] button.btn-big")
        page.locator("input.photo-touched").wait_for(timeout=60_000)
        one = page.url
        assert site.ask("select width, height from catalogue_photo order by id desc limit 1") == [(1440, 1920)]
        page.fill("[name=alt_fr]", "Un pot de miel")
        follow(page, "form.panel button.btn-big")

        page.goto(f"{site.url}/fr/products/{product.rstrip('/').rsplit('/', 1)[1]}/")
        shown = page.locator(".product-picture img")
        assert shown.get_attribute("alt") == "Un pot de miel"
        assert shown.evaluate("image => image.decode().then(() => image.currentSrc)").endswith("-480.avif")
        assert (wrong_on(page, [photos, one, page.url]), faults) == ({}, [])
        page.context.close()
    connections.close_all()
