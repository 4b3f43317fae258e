from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.kit.sounds import mp4
from twiza.domain.catalogue.models import ProductRecording
from twiza.domain.catalogue.services.voicing import remove_product_recording, tell_of_product
from twiza.foundation.audit.models import Entry
from twiza.kit.errors import NotFound


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def at(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/products/{market.saffron.product.slug}/voice/"


def sound(seconds: float = 40) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.m4a", mp4(seconds), "audio/mp4")


def shop(market, client) -> str:
    return client.get(f"/fr/products/{market.saffron.product.slug}/").content.decode()


def test_buyers_hear_how_it_is_made_and_read_it(market, signed_in, client):
    assert "<audio" not in shop(market, client)

    answer = signed_in(market.fatima).post(at(market), {"recording": sound(), "language": "shi", "transcript": "Azul fellawen"})

    assert answer.status_code == 302
    told = ProductRecording.objects.get()
    page = shop(market, client)
    assert f'<audio controls preload="none" src="{told.file.url}">' in page
    assert "Azul fellawen" in page
    assert "Tachelhit" in page
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert data["subjectOf"]["@type"] == "AudioObject"


def test_another_recording_takes_the_place_of_the_first_and_words_may_change_alone(market, signed_in, media):
    fatima = signed_in(market.fatima)
    fatima.post(at(market), {"recording": sound(), "language": "shi"})
    fatima.post(at(market), {"recording": sound(20), "language": "ary"})

    assert ProductRecording.objects.get().seconds == 20
    fatima.post(at(market), {"language": "ar", "transcript": "مرحبا"})
    told = ProductRecording.objects.get()
    assert (told.language, told.transcript, told.seconds) == ("ar", "مرحبا", 20)
    fatima.post(f"{at(market)}remove/")
    assert not ProductRecording.objects.exists()


@pytest.mark.parametrize("upload", [None, b"not a sound at all", mp4(4000)])
def test_what_is_no_recording_is_refused_and_what_was_typed_stays(market, signed_in, upload):
    file = {} if upload is None else {"recording": SimpleUploadedFile("a.m4a", upload, "audio/mp4")}

    answer = signed_in(market.fatima).post(at(market), {**file, "language": "shi", "transcript": "Azul"})

    assert answer.context["form"].errors.keys() == {"recording"}
    assert "Azul</textarea>" in answer.content.decode()
    assert not ProductRecording.objects.exists()


def test_only_who_speaks_for_the_cooperative_tells_and_takes_away(market):
    tell_of_product(market.saffron.product, sound().file, language="shi", by=market.fatima)
    before = Entry.objects.count()

    with pytest.raises(NotFound):
        tell_of_product(market.saffron.product, sound().file, language="shi", by=market.mina)
    with pytest.raises(NotFound):
        remove_product_recording(market.saffron.product, by=market.mina)

    assert ProductRecording.objects.get().added_by == market.fatima
    assert Entry.objects.count() == before
