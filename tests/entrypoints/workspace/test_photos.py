"""Photos on a member's telephone, of a product and of the page: kept at once, made ready, described, aimed, put in order."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.jobs import run_jobs
from tests.pictures import picture, upload
from twiza.domain.catalogue.models import Photo
from twiza.domain.directory.models import PagePhoto
from twiza.entrypoints.workspace.photo_screens import TOUCHED_WIDTH
from twiza.foundation.pictures.jobs import look_after
from twiza.foundation.pictures.models import PictureAside
from twiza.kit import clock

WHERE = {"product": Photo, "page": PagePhoto}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ORIGINALS_FOLDER = str(tmp_path / "originals")
    return tmp_path


@pytest.fixture(params=sorted(WHERE))
def table(request):
    return WHERE[request.param]


@pytest.fixture
def photos(table, market) -> str:
    """The address of the screen of all of them."""
    home = f"/fr/workspace/{market.saffron_cooperative.slug}/"
    return f"{home}products/{market.saffron.product.slug}/photos/" if table is Photo else f"{home}page/photos/"


@pytest.fixture
def fatima(market, signed_in):
    return signed_in(market.fatima)


def add(fatima, photos, table, **words):
    answer = fatima.post(photos, {"photo": upload(size=(600, 300)), "alt_fr": "", "alt_ar": "", **words})
    photo = table.objects.order_by("pk").last()
    assert (answer.status_code, answer.url) == (302, f"{photos}{photo.pk}/")
    return photo


def test_a_photo_is_received_then_made_ready_then_described(table, photos, fatima):
    photo = add(fatima, photos, table)
    screen = f"{photos}{photo.pk}/"

    waiting = fatima.get(screen).content.decode()
    assert '<meta http-equiv="refresh" content="2">' in waiting
    assert "Elle attend son tour" in waiting
    assert 'name="alt_fr"' not in waiting
    assert "En préparation" in fatima.get(photos).content.decode()
    run_jobs()
    ready = fatima.get(screen).content.decode()
    assert 'http-equiv="refresh"' not in ready
    assert f'type="image" name="focus" src="{table.objects.get().medium.url}"' in ready
    assert f'width="{TOUCHED_WIDTH}" height="{TOUCHED_WIDTH // 2}"' in ready

    fatima.post(screen, {"alt_fr": "Les crocus", "alt_ar": "الزعفران"})
    photo.refresh_from_db()
    assert (photo.alt_fr, photo.alt_ar) == ("Les crocus", "الزعفران")
    assert 'alt="Les crocus"' in fatima.get(photos).content.decode()


def test_words_are_proposed_in_both_languages_and_are_not_kept_by_themselves(table, photos, fatima):
    first = fatima.get(photos).context["form"].initial
    photo = add(fatima, photos, table)
    run_jobs()
    screen = fatima.get(f"{photos}{photo.pk}/")

    named = {Photo: ("Safran pur, Coopérative Zafrane Taliouine", "زعفران حر، تعاونية زعفران تالوين"),
             PagePhoto: ("Coopérative Zafrane Taliouine", "تعاونية زعفران تالوين")}[table]  # fmt: skip
    assert first == {"alt_fr": named[0], "alt_ar": named[1]}
    assert screen.context["words"] == first
    assert "Nous proposons ces mots." in screen.content.decode()
    assert fatima.get(photos).context["form"].initial == {"alt_fr": f"{named[0]} (2)", "alt_ar": f"{named[1]} (2)"}
    photo.refresh_from_db()
    assert (photo.alt_fr, photo.alt_ar) == ("", "")


@pytest.mark.parametrize(
    ("pressed", "focus"),
    [
        ({"focus.x": "64", "focus.y": "127"}, (25, 99)),
        ({"focus.x": "999", "focus.y": "128"}, (100, 100)),
        ({"part": "0"}, (10, 10)),
        ({"part": "5"}, (90, 50)),
        ({"focus.x": "0", "focus.y": "0"}, (50, 40)),
        ({"focus.x": "-5", "focus.y": "١٢"}, (50, 40)),
        ({"part": "9"}, (50, 40)),
        ({"part": "٣"}, (50, 40)),
    ],
)
def test_what_matters_is_touched_or_chosen(table, photos, fatima, pressed, focus):
    photo = add(fatima, photos, table, alt_fr="Les crocus")
    fatima.post(f"{photos}{photo.pk}/", pressed)

    photo.refresh_from_db()
    assert photo.focus == focus


def test_photos_are_put_in_order_and_removed(table, photos, fatima):
    one, two, three = (add(fatima, photos, table, alt_fr=words) for words in ("Une", "Deux", "Trois"))

    assert fatima.post(f"{photos}{three.pk}/", {"first": "1"}).url == photos
    fatima.post(f"{photos}{three.pk}/", {"later": "1"})
    assert [photo.pk for photo in table.objects.all()] == [one.pk, three.pk, two.pk]
    fatima.post(f"{photos}{one.pk}/", {"remove": "1", "alt_fr": "x"})
    assert [photo.alt_fr for photo in table.objects.all()] == ["Trois", "Deux"]
    assert fatima.get(f"{photos}{one.pk}/").status_code == 404


def test_one_that_failed_says_so_and_is_tried_again(table, photos, fatima):
    photo = add(fatima, photos, table)
    table.objects.update(state="failed")

    assert "nous n'avons pas pu la préparer" in fatima.get(f"{photos}{photo.pk}/").content.decode()
    fatima.post(f"{photos}{photo.pk}/", {"again": "1"})
    run_jobs()

    photo.refresh_from_db()
    assert (photo.state, photo.is_shown) == ("ready", True)


def cut_short() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((600, 600), 80).save(file, "JPEG")
    return file.getvalue()[:9000]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("IMG.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + bytes(99), "(HEIC)"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "pas à lire"),
        ("notes.jpg", b"Des mots.", "pas à lire"),
        ("IMG_2.jpg", cut_short(), "Une partie seulement"),
        ("IMG_3.jpg", b"", "vide"),
        ("IMG_4.jpg", b"\xff\xd8\xff" + bytes(40_000_000), "12 Mo"),
    ],
    ids=["heic", "svg", "words", "cut short", "empty", "40 MB"],
)
def test_a_file_that_is_no_photo_is_said_beside_the_question_and_the_words_stay(table, photos, fatima, name, data, sentence):
    answer = fatima.post(photos, {"photo": SimpleUploadedFile(name, data, "image/jpeg"), "alt_fr": "Le champ"})

    assert answer.context["form"].errors.keys() == {"photo"}
    assert sentence in answer.context["form"].errors["photo"][0]
    assert 'value="Le champ"' in answer.content.decode()
    assert not table.objects.exists()


def test_buyers_see_the_drawing_until_the_photo_is_ready_then_both_forms_of_it(market, fatima, client):
    product = market.saffron.product
    photos = f"/fr/workspace/{market.saffron_cooperative.slug}/products/{product.slug}/photos/"
    for number in range(2):
        fatima.post(photos, {"photo": SimpleUploadedFile("a.jpg", picture().getvalue()), "alt_fr": f"Crocus {number}"})
    page = f"/fr/products/{product.slug}/"
    assert "En préparation" in fatima.get(photos.removesuffix("photos/")).content.decode()
    assert 'class="arch-niche"' in client.get(page).content.decode().partition("</article>")[0]

    run_jobs()
    assert "En préparation" not in fatima.get(photos.removesuffix("photos/")).content.decode()
    shown = client.get(page).content.decode()
    first, second = Photo.objects.all()
    assert 'alt="Crocus 0" class="focus-y4" fetchpriority="high"' in " ".join(shown.split())
    assert f'<source type="image/avif" srcset="{first.medium.url.replace(".webp", ".avif")} 480w' in shown
    assert f'<path fill="{first.colour}"' in shown
    assert f'<a href="{second.large.url}">' in shown
    assert f'content="http://localhost:8000{first.shared.url}"' in shown
    listed = client.get("/fr/products/").content.decode()
    assert f"{first.small.url} 240w" in listed
    assert client.get(first.medium.url.replace(".webp", ".avif")).headers["Content-Type"] == "image/avif"


NEW = {"name_fr": "Safran", "name_ar": "", "kind": "saffron", "content": "1", "measure": "g", "price": "trente", "on_hand": "3"}


def test_a_photo_is_kept_while_something_else_is_wrong_for_its_sender_alone(market, signed_in, fatima, media):
    where = f"/fr/workspace/{market.saffron_cooperative.slug}/products/new/"
    asked_again = fatima.post(where, {**NEW, "photo": upload()})
    aside = PictureAside.objects.get()
    assert f'<input type="hidden" name="photo_aside" value="{aside.pk}">' in asked_again.content.decode()
    assert "Votre photo est gardée." in asked_again.content.decode()
    assert asked_again.context["form"].errors == {}

    still = fatima.post(where, {**NEW, "photo_aside": str(aside.pk)})
    assert f'name="photo_aside" value="{aside.pk}"' in still.content.decode()
    signed_in(market.brahim).post(where, {**NEW, "price": "30", "name_fr": "De Brahim", "photo_aside": str(aside.pk)})
    assert (Photo.objects.count(), PictureAside.objects.count()) == (0, 1)
    fatima.post(where, {**NEW, "price": "30", "photo_aside": str(aside.pk)})

    photo = Photo.objects.get()
    assert (photo.product.name_fr, photo.width, PictureAside.objects.count()) == ("Safran", 300, 0)
    for nonsense in ("", "-1", "٣", "9" * 30, "x"):
        assert fatima.post(where, {**NEW, "photo_aside": nonsense}).context["aside"] is None


def test_another_photo_takes_the_place_of_the_one_that_was_kept_and_a_broken_one_does_not(market, fatima):
    where = f"/fr/workspace/{market.saffron_cooperative.slug}/products/new/"
    fatima.post(where, {**NEW, "photo": upload()})
    aside = PictureAside.objects.get()

    broken = fatima.post(where, {**NEW, "photo": SimpleUploadedFile("a.jpg", b"Des mots."), "photo_aside": str(aside.pk)})
    assert broken.context["form"].errors.keys() == {"photo"}
    assert broken.context["aside"] == aside
    fatima.post(where, {**NEW, "price": "30", "photo": upload(size=(90, 60)), "photo_aside": str(aside.pk)})

    assert (Photo.objects.get().width, PictureAside.objects.count()) == (90, 0)


def test_a_photo_nobody_came_for_is_forgotten_after_a_day(market, fatima, media, django_capture_on_commit_callbacks):
    where = f"/fr/workspace/{market.saffron_cooperative.slug}/products/new/"
    for hours in (1, 25):
        fatima.post(where, {**NEW, "photo": upload()})
        newest = PictureAside.objects.order_by("-pk").first()
        PictureAside.objects.filter(pk=newest.pk).update(sent_at=clock.now() - timedelta(hours=hours))
    with django_capture_on_commit_callbacks(execute=True):
        look_after(0)

    assert [aside.pk for aside in PictureAside.objects.all()] == [newest.pk - 1]
    assert len([path for path in (media / "originals").rglob("*") if path.is_file()]) == 1
