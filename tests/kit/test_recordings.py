"""Recordings are known by what is in them, are not too long, and tell nobody where they were made."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import sounds
from twiza.kit.recordings import (
    Recording,
    RecordingIsFilm,
    RecordingRefused,
    RecordingTooLarge,
    RecordingTooLong,
    RecordingUnreadable,
    hear,
)

EVERY_KIND = {
    "m4a": sounds.mp4(80),
    "3gp": sounds.mp4(80, brand=b"3gp4"),
    "aac": sounds.adts(80),
    "mp3": sounds.mp3(80, tag=b"TIT2 Rue 12, Taliouine"),
    "ogg": sounds.ogg(80),
    "webm": sounds.webm(80),
    "amr": sounds.amr(80),
}
MEDIA_TYPES = {
    "m4a": "audio/mp4",
    "3gp": "audio/3gpp",
    "aac": "audio/aac",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "webm": "audio/webm",
    "amr": "audio/amr",
}


def heard(data: bytes, megabytes: int = 8, minutes: int = 3) -> Recording:
    return hear(io.BytesIO(data), most_megabytes=megabytes, most_minutes=minutes)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_each_kind_that_telephones_record_is_known_with_its_length(kind):
    recording = heard(EVERY_KIND[kind])

    assert (recording.suffix, recording.media_type, recording.seconds) == (kind, MEDIA_TYPES[kind], 80)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_recording_that_is_too_long_is_refused_in_words(kind):
    with pytest.raises(RecordingTooLong) as refusal:
        heard(EVERY_KIND[kind], minutes=1)
    assert str(refusal.value) == "Cet enregistrement dure plus de 1 min. Enregistrez-en un plus court."


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        (sounds.amr(12, wide=True), 12),
        (sounds.webm(12, says_length=True), 12),
        (sounds.webm(12, whole=False), 12),
        (sounds.ogg(12, codec=b"\x01vorbis" + bytes(5) + (48_000).to_bytes(4, "little") + bytes(14)), 12),
        (sounds.mp4(0), None),
        (sounds.mp4(182), 182),
    ],
    ids=["wide amr", "webm that says its length", "webm that broke off", "vorbis", "m4a without a length", "two seconds over"],
)
def test_their_relatives_are_known_too(data, seconds):
    assert heard(data).seconds == seconds


def test_a_recording_does_not_say_where_it_was_made():
    recording = heard(sounds.mp4(9))

    assert sounds.PLACE in sounds.mp4(9)
    assert sounds.PLACE not in recording.data
    assert len(recording.data) == len(sounds.mp4(9))  # nothing in it moved
    assert b"free" in recording.data
    assert b"udta" not in recording.data


def test_the_tags_of_an_mp3_are_left_behind():
    assert heard(EVERY_KIND["mp3"]).data == sounds.mp3(80)


@pytest.mark.parametrize("film", [sounds.mp4(9, (b"vide", b"soun")), sounds.mp4(9, (b"vide",), b"3gp5"), sounds.webm(9, track=1)])
def test_a_film_is_refused_in_words(film):
    with pytest.raises(RecordingIsFilm) as refusal:
        heard(film)
    assert str(refusal.value) == "C'est un film. Enregistrez seulement la voix."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"words",
        b"ID3",
        b"OggS",
        b"#!AMR\n",
        b"\x1a\x45\xdf\xa3webm",
        b"\x00\x00\x00\x18ftypM4A ",
        b"\x00\x00\x00\x18ftypheic" + bytes(50),
        b"<script>alert(1)</script>" * 50,
        b"\xff\xfb\x50\x00" + bytes(204),
        b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(500),
        sounds.mp4(9, ()),
        sounds.mp4(9)[:60],
        sounds.ogg(9, codec=b"unknown"),
    ],
)
def test_what_is_no_recording_is_refused(data):
    with pytest.raises(RecordingUnreadable):
        heard(data)


def test_a_file_larger_than_we_read_is_refused():
    with pytest.raises(RecordingTooLarge):
        heard(sounds.mp3(80), megabytes=0)


@given(st.sampled_from(sorted(EVERY_KIND)), st.data())
def test_whatever_is_broken_in_it_is_refused_or_heard(kind, data):
    whole = EVERY_KIND[kind][:3000]
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for at in data.draw(st.lists(st.integers(0, max(0, len(broken) - 1)), max_size=6)) if broken else []:
        broken[at] = data.draw(st.integers(0, 255))
    try:
        recording = heard(bytes(broken))
    except RecordingRefused:
        return
    assert len(recording.data) <= len(broken)
