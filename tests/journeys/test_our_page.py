"""A cooperative makes its page on a telephone without JavaScript, and a buyer sees it."""

from __future__ import annotations

import io
from itertools import product

import pytest
from PIL import Image, ImageDraw

from tests.journeys.browser import CHROMIUM, DESK, PHONE, follow
from tests.journeys.test_accessibility import faults_of, is_too_wide
from tests.journeys.test_workspace import sign_in
from tests.kit import sounds

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: sudo apt-get install -y chromium"),
]

SCREENS = ["", "story/", "photos/", "voice/", "members/", "opening/", "contacts/", "changes/", "versions/1/"]
STORY = {"fr": "Nous cueillons le safran à l'aube.", "ar": "نجني الزعفران فجرا."}


def picture() -> bytes:
    """Rows of crocus on brown earth, drawn."""
    drawn = Image.new("RGB", (900, 1200), "#cfe3ee")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 500, 900, 1200), fill="#8a5a35")
    for row in range(7):
        for column in range(9):
            x, y = 50 + column * 100, 560 + row * 95
            pen.polygon([(x, y), (x - 26, y - 46), (x, y - 30), (x + 26, y - 46)], fill="#7a4a9a")
    file = io.BytesIO()
    drawn.save(file, "JPEG")
    return file.getvalue()


def upload(page, field: str, name: str, media_type: str, data: bytes) -> None:
    page.set_input_files(f"[name={field}]", {"name": name, "mimeType": media_type, "buffer": data})


def claim(site, slug: str) -> None:
    site.ask("update directory_organisation set state = 'claimed' where slug = %s returning id", slug)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_hajja_makes_her_page_and_a_buyer_sees_it_on_screens_that_anybody_can_use(site, chromium, language):
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    sign_in(page, site, site.people["hajja"], language)
    page.goto(f"{site.url}/{language}/workspace/")
    home = page.url
    slug = home.rstrip("/").rsplit("/", 1)[1]
    claim(site, slug)

    follow(page, f"a[href='/{language}/workspace/{slug}/page/']")
    follow(page, "a[href$='/page/story/']")
    page.fill(f"[name=story_{language}]", STORY[language])
    follow(page, "main form button.btn-big")
    page.goto(f"{home}page/photos/")
    upload(page, "photo", "IMG_0001.jpg", "image/jpeg", picture())
    page.fill("form[enctype] [name=alt_fr]", "Un champ de safran")
    page.fill("form[enctype] [name=alt_ar]", "حقل زعفران")
    follow(page, "form[enctype] button.btn-big")
    # The worker makes it ready, and the page asks again by itself, without a script.
    touched = page.locator("input.photo-touched")
    touched.wait_for(timeout=60_000)
    touched.click(position={"x": 30, "y": 20})
    page.wait_for_load_state()
    page.goto(f"{home}page/voice/")
    upload(page, "recording", "Voix 001.m4a", "audio/mp4", sounds.mp4(42))
    page.select_option("[name=language]", "shi")
    follow(page, "form[enctype] button.btn-big")
    page.goto(f"{home}page/opening/")
    for day in ("0", "1", "2"):
        page.check(f"[name=weekdays][value='{day}']")
    page.fill("[name=opens_at]", "09:00")
    page.fill("[name=closes_at]", "17:00")
    follow(page, "main form button.btn-big")
    page.goto(f"{home}page/contacts/")
    page.fill("[name=value]", "06 83 00 00 07")
    page.check("form:has([name=value]) [name=visibility][value=public]")
    follow(page, "form:has([name=value]) button.btn-big")

    buyer = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    buyer.goto(f"{site.url}/{language}/cooperatives/{slug}/")
    words = buyer.inner_text("main")
    for said in (STORY[language], "09:00", "06 83 00 00 07", "0:42"):
        assert said in words, said
    alt = {"fr": "Un champ de safran", "ar": "حقل زعفران"}[language]
    assert buyer.locator(f".hero-picture svg[aria-label='{alt}'] image").count() == 1
    assert buyer.request.get(site.url + buyer.locator("audio").get_attribute("src")).headers["content-type"] == "audio/mp4"
    buyer.context.close()
    seen = chromium.new_context(viewport=PHONE, storage_state=page.context.storage_state()).new_page()
    page.context.close()
    addresses = [*(f"{home}page/{screen}" for screen in SCREENS), f"{site.url}/{language}/cooperatives/{slug}/"]
    assert wrong_on(seen, addresses) == {}
    seen.context.close()


def wrong_on(page, addresses: list[str]) -> dict[str, list[str]]:
    """What axe finds, and what does not fit, on a telephone and on a desk."""
    wrong = {}
    for size, address in product((PHONE, DESK), addresses):
        page.set_viewport_size(size)
        answer = page.goto(address)
        faults = faults_of(page) + (["wider than the screen"] if is_too_wide(page) else [])
        if answer.status != 200 or faults:
            wrong[f"{address} {size['width']}"] = [str(answer.status), *faults]
    return wrong
