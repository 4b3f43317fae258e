from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.entrypoints.web.people import (
    PHONE,
    ask_for_code,
    code_mailed,
    code_texted_to,
    enter_code,
    is_in,
    is_nobody,
    sign_in,
)
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.selectors import screen_language
from twiza.foundation.messaging.models import Message

pytestmark = pytest.mark.django_db

UNKNOWN = "+212683000999"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_somebody_known_comes_in_with_the_code_texted_to_their_phone(client, fatima):
    assert ask_for_code(client, "06 83 00 01 01").headers["Location"] == "/fr/account/login/code/"
    text = Message.objects.get()
    assert (text.to, text.kind, text.language, text.person) == (PHONE, "security", "ar", fatima)
    answer = enter_code(client, code_texted_to(PHONE))
    assert answer.headers["Location"] == "/ar/"
    assert answer.cookies["language"].value == "ar"
    assert is_in(client, fatima)
    fatima.refresh_from_db()
    assert fatima.phone_verified_at is not None


@pytest.mark.parametrize("written", ["٠٦٨٣٠٠٠١٠١", "+212 683-000-101", "00212683000101", "  0683000101 "])
def test_a_phone_is_read_as_people_write_it(client, fatima, written):
    ask_for_code(client, written)
    assert Message.objects.get().to == PHONE


def test_the_code_may_be_typed_in_arabic_figures(client, fatima):
    ask_for_code(client, PHONE)
    enter_code(client, code_texted_to(PHONE).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    assert is_in(client, fatima)


def test_somebody_known_comes_in_with_the_code_mailed_to_them_in_any_case(client, yassine):
    ask_for_code(client, "YASSINE@example.ma")
    assert mail.outbox[0].to == ["yassine@example.ma"]
    assert code_mailed() in mail.outbox[0].subject
    enter_code(client, code_mailed())
    assert is_in(client, yassine)
    assert not Message.objects.exists()


@pytest.mark.parametrize("login", ["", "abc", "06 12", "a@b", "0683\x00000101", "+" * 300, "x@y.ma\x00", "قققق"])
def test_what_is_neither_phone_nor_mail_is_refused_and_nothing_is_sent(client, login):
    answer = ask_for_code(client, login)
    assert answer.status_code == 200
    assert answer.context["form"].errors["login"]
    assert not Message.objects.exists()
    assert not mail.outbox


def test_a_wrong_code_is_refused(client, fatima):
    ask_for_code(client, PHONE)
    answer = enter_code(client, wrong(code_texted_to(PHONE)))
    assert answer.status_code == 200
    assert answer.context["verify_form"].errors["code"]
    assert is_nobody(client)


@pytest.mark.parametrize("code", ["", "12\x0034", "ثلاثة", "9" * 5000])
def test_nonsense_for_a_code_is_refused(client, fatima, code):
    ask_for_code(client, PHONE)
    assert enter_code(client, code).status_code == 200
    assert is_nobody(client)


def test_the_third_wrong_code_ends_it_even_for_the_right_one(client, fatima):
    ask_for_code(client, PHONE)
    code = code_texted_to(PHONE)
    for _ in range(3):
        answer = enter_code(client, wrong(code))
    assert answer.headers["Location"] == "/fr/account/login/"
    enter_code(client, code)
    assert is_nobody(client)


def test_a_code_is_good_for_ten_minutes_only(client, fatima):
    ask_for_code(client, PHONE)
    code = code_texted_to(PHONE)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=5)):
        assert enter_code(client, code).headers["Location"] == "/fr/account/login/"
    assert is_nobody(client)


def test_a_code_opens_once(client, fatima):
    ask_for_code(client, PHONE)
    code = code_texted_to(PHONE)
    enter_code(client, code)
    client.post("/fr/account/logout/")
    enter_code(client, code)
    assert is_nobody(client)


def test_a_code_opens_only_in_the_browser_that_asked_for_it(client, fatima):
    ask_for_code(client, PHONE)
    other = Client()
    enter_code(other, code_texted_to(PHONE))
    assert is_nobody(other)


def test_a_second_code_makes_the_first_worthless(client, fatima):
    ask_for_code(client, PHONE)
    first = code_texted_to(PHONE)
    client.post("/fr/account/login/code/", {"action": "resend"})
    second = code_texted_to(PHONE)
    assert Message.objects.count() == 2
    if first != second:
        enter_code(client, first)
        assert is_nobody(client)
    enter_code(client, second)
    assert is_in(client, fatima)


def test_no_more_than_three_codes_go_to_one_phone_in_ten_minutes_from_any_browser(fatima):
    for _ in range(3):
        assert ask_for_code(Client(), PHONE).status_code == 302
    answer = ask_for_code(Client(), PHONE)
    assert answer.context["form"].errors["login"]
    assert Message.objects.count() == 3


def test_tries_are_counted_against_the_phone_whatever_browser_makes_them(fatima, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "enter_login_code": "2/10m/key"}
    first, second = Client(), Client()
    for browser in (first, second):
        ask_for_code(browser, PHONE)
    for _ in range(2):
        enter_code(first, "000000")
    enter_code(second, code_texted_to(PHONE))
    assert is_nobody(second)


def test_limits_are_counted_where_every_process_sees_them(settings):
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert settings.CACHES["default"]["LOCATION"] == "shared_cache"


def test_somebody_unknown_sees_exactly_what_somebody_known_sees(fatima):
    known, unknown = Client(), Client()
    first, second = ask_for_code(known, PHONE), ask_for_code(unknown, UNKNOWN)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert Message.objects.filter(to=UNKNOWN, kind="security").count() == 1
    pages = [
        browser.get("/fr/account/login/code/").content.decode().replace("06 83 00 01 01", "N").replace("06 83 00 09 99", "N")
        for browser in (known, unknown)
    ]
    pages = [re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page) for page in pages]
    assert pages[0] == pages[1]
    assert User.objects.filter(phone=UNKNOWN).count() == 0


def test_somebody_unknown_proves_the_phone_says_a_name_and_is_in(client):
    ask_for_code(client, UNKNOWN, "ar")
    answer = enter_code(client, code_texted_to(UNKNOWN), "ar")
    assert answer.headers["Location"] == "/ar/account/login/name/"
    assert not User.objects.exists()
    assert client.post("/ar/account/login/name/", {"name": "  "}).status_code == 200
    assert not User.objects.exists()
    client.post("/ar/account/login/name/", {"name": "Salma"})
    salma = User.objects.get()
    assert (salma.name, salma.phone, salma.language) == ("Salma", UNKNOWN, "ar")
    assert salma.phone_verified_at is not None
    assert not salma.has_usable_password()
    assert is_in(client, salma)


def test_somebody_unknown_may_come_by_mail(client):
    ask_for_code(client, "Salma@Example.ma")
    enter_code(client, code_mailed())
    client.post("/fr/account/login/name/", {"name": "Salma"})
    assert User.objects.get().email == "salma@example.ma"


def test_nobody_gives_a_name_without_having_proved_anything(client):
    assert client.get("/fr/account/login/name/").headers["Location"] == "/fr/account/login/"
    assert client.post("/fr/account/login/name/", {"name": "Mallory", "phone": PHONE}).status_code == 302
    assert not User.objects.exists()


def test_a_wrong_code_for_an_unknown_phone_proves_nothing(client):
    ask_for_code(client, UNKNOWN)
    enter_code(client, wrong(code_texted_to(UNKNOWN)))
    assert client.get("/fr/account/login/name/").status_code == 302
    client.post("/fr/account/login/name/", {"name": "Mallory"})
    assert not User.objects.exists()


def test_who_typed_the_wrong_number_may_start_again(client, fatima):
    ask_for_code(client, UNKNOWN)
    assert client.get("/fr/account/login/").status_code == 200
    ask_for_code(client, PHONE)
    enter_code(client, code_texted_to(PHONE))
    assert is_in(client, fatima)


def test_a_closed_account_does_not_open(client, fatima):
    User.objects.update(is_active=False)
    ask_for_code(client, PHONE)
    assert enter_code(client, code_texted_to(PHONE)).headers["Location"] == "/fr/account/closed/"
    assert is_nobody(client)
    closed = client.get("/fr/account/closed/").content.decode()
    assert "Ce compte est fermé · Twiza</title>" in closed
    assert 'action="/fr/search/"' in closed


def test_after_signing_in_one_returns_to_where_one_was(client, fatima):
    ask_for_code(client, PHONE, next="/fr/basket/")
    assert enter_code(client, code_texted_to(PHONE), next="/fr/basket/").headers["Location"] == "/fr/basket/"


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "https:evil.example", "/\\evil.example"]
)
def test_nobody_is_led_out_of_the_house(client, fatima, away):
    first = ask_for_code(client, PHONE, next=away)
    assert "evil" not in first.headers["Location"]
    assert enter_code(client, code_texted_to(PHONE), next=away).headers["Location"] == "/ar/"


def test_mail_that_does_not_go_out_is_said_and_nothing_waits(client, yassine, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    answer = ask_for_code(client, "yassine@example.ma")
    assert answer.context["form"].errors["login"]
    assert "account_login" not in client.session


@pytest.mark.parametrize(("language", "words"), [("fr", "code"), ("ary", "houwa"), ("zgh", "Twiza"), ("en", "is your code")])
def test_the_text_is_in_the_persons_language(client, fatima, language, words):
    User.objects.update(language=language)
    ask_for_code(client, PHONE)
    text = Message.objects.get()
    assert words in text.text
    assert text.language == language
    assert text.parts == 1


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("page", ["login/", "login/staff/", "closed/"])
def test_pages_before_signing_in_are_whole_and_strict(client, language, page):
    answer = client.get(f"/{language}/account/{page}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert "style=" not in html
    assert html.count("<h1>") == 1


def test_signing_out_asks_first_and_then_forgets(client, fatima):
    sign_in(client, fatima)
    assert client.get("/fr/account/logout/").status_code == 200
    assert is_in(client, fatima)
    client.post("/fr/account/logout/")
    assert is_nobody(client)


def test_the_account_page_is_for_its_person(client, fatima):
    assert client.get("/fr/account/").headers["Location"] == "/fr/account/login/?next=/fr/account/"
    sign_in(client, fatima)
    html = client.get("/fr/account/").content.decode()
    assert "Fatima" in html
    assert "06 83 00 01 01" in html


def test_whoever_speaks_for_a_cooperative_comes_into_the_workspace(client, market):
    ask_for_code(client, market.fatima.phone)
    home = f"/{screen_language(market.fatima)}/"
    assert enter_code(client, code_texted_to(market.fatima.phone)).headers["Location"] == f"{home}workspace/"
    assert f'href="{home}workspace/"' in client.get(f"{home}account/").content.decode()


def test_a_buyer_comes_to_the_first_page(client, market):
    ask_for_code(client, market.salma.phone)
    assert enter_code(client, code_texted_to(market.salma.phone)).headers["Location"] == f"/{screen_language(market.salma)}/"
