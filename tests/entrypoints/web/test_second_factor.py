from __future__ import annotations

import re
import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from tests.entrypoints.web.people import ask_for_code, code_mailed, code_texted_to, enter_code, is_in, is_nobody, sign_in
from twiza.entrypoints.web.second_factor import StaffGuard
from twiza.foundation.accounts.models import User

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STAFF_ROOM = "/fr/staff/"


def shown_by_application(secret: str = SECRET, steps_ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_ahead))


def give_password(client: Client, password: str = "a long enough secret", **more: str):
    return client.post("/fr/account/login/staff/", {"email": "Noura@example.ma", "password": password, **more})


def test_a_visitor_is_led_to_the_staff_door_and_sees_nothing(client):
    answer = client.get(STAFF_ROOM)
    assert answer.headers["Location"] == "/fr/account/login/staff/?next=%2Ffr%2Fstaff%2F"


def test_the_door_of_djangos_own_administration_is_closed(client, noura):
    answer = client.post("/fr/staff/login/", {"username": "noura@example.ma", "password": "a long enough secret"})
    assert answer.headers["Location"].startswith("/fr/account/login/staff/")
    assert is_nobody(client)


def test_who_is_not_of_the_staff_is_refused_and_sees_nothing(client, fatima):
    sign_in(client, fatima)
    answer = client.get(STAFF_ROOM)
    assert answer.status_code == 403
    assert b"Django" not in answer.content


@pytest.mark.parametrize("email", ["noura@example.ma", "nobody@example.ma"])
def test_a_wrong_password_and_an_unknown_person_get_the_same_sentence(client, noura, email):
    answer = client.post("/en/account/login/staff/", {"email": email, "password": "wrong"})
    assert [str(error) for error in answer.context["form"].non_field_errors()] == [
        "This e-mail and this password do not go together."
    ]
    assert is_nobody(client)


def test_passwords_cannot_be_tried_for_long(client, noura):
    for _ in range(5):
        give_password(client, "wrong")
    assert give_password(Client()).status_code == 200


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, noura):
    give_password(client, next=STAFF_ROOM)
    assert is_in(client, noura)
    for page in (STAFF_ROOM, "/fr/staff/accounts/user/"):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/fr/account/keys/")
    assert client.post("/fr/staff/accounts/user/add/", {}).headers["Location"] == "/fr/account/keys/"


def test_staff_set_up_an_application_and_are_in_at_once(client, noura):
    give_password(client)
    page = client.get("/fr/account/keys/application/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/fr/account/password/")
    page = client.post(page.redirect_chain[-1][0], {"password": "a long enough secret"}, follow=True)
    secret = page.context["form"].secret
    assert "data:image/svg+xml;base64," in page.content.decode()
    assert "style=" not in page.content.decode()
    answer = client.post("/fr/account/keys/application/", {"code": shown_by_application(secret)})
    assert answer.headers["Location"] == "/fr/account/keys/recovery/"
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert len(re.findall(r"<code>\d{8}</code>", client.get("/fr/account/keys/recovery/").content.decode())) == 10
    assert client.get(STAFF_ROOM).status_code == 200


def test_staff_give_the_password_then_the_second_factor(client, noura):
    TOTP.activate(noura, SECRET)
    assert give_password(client, next=STAFF_ROOM).headers["Location"] == "/fr/account/keys/second/"
    assert is_nobody(client)
    assert client.get(STAFF_ROOM).status_code == 302
    assert client.get("/fr/account/keys/second/").status_code == 200
    assert client.post("/fr/account/keys/second/", {"code": "000000"}).status_code == 200
    assert is_nobody(client)
    in_arabic_figures = shown_by_application().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    answer = client.post("/fr/account/keys/second/", {"code": in_arabic_figures})
    assert answer.headers["Location"] == STAFF_ROOM
    assert client.get(STAFF_ROOM).status_code == 200


def test_staff_are_asked_again_after_half_a_day(client, noura, fatima):
    give_password(client)
    assert client.session.get_expiry_age() == 12 * 3600
    other = Client()
    sign_in(other, fatima)
    assert other.session.get_expiry_age() > 30 * 24 * 3600


@pytest.mark.parametrize(("staff", "let_in"), [(True, False), (False, True)])
def test_the_workspace_asks_staff_too_and_nobody_else(client, rf, noura, staff, let_in):
    noura.is_staff = staff
    noura.save()
    client.force_login(noura)
    request = rf.get("/fr/workspace/")
    request.user, request.session = noura, client.session
    request.resolver_match = SimpleNamespace(namespace="workspace", url_name="home")
    answer = StaffGuard(lambda seen: HttpResponse("secret")).process_view(request, None, (), {})
    assert (answer is None) is let_in
    if answer:
        assert "/account/password/?next=%2Ffr%2Fworkspace%2F" in answer.headers["Location"]


def test_the_first_of_the_staff_is_made_on_the_command_line(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough secret")
    call_command("createsuperuser", interactive=False, email="Noura@Example.ma", name="Noura", verbosity=0)
    give_password(client)
    assert is_in(client, User.objects.get(email="noura@example.ma", is_staff=True, is_superuser=True))


def test_the_code_of_an_application_opens_once(noura):
    TOTP.activate(noura, SECRET)
    code = shown_by_application()
    for browser, opens in ((Client(), True), (Client(), False)):
        give_password(browser)
        browser.post("/fr/account/keys/second/", {"code": code})
        assert is_in(browser, noura) is opens


def test_a_code_by_mail_is_not_a_password(client, noura):
    TOTP.activate(noura, SECRET)
    ask_for_code(client, "noura@example.ma")
    assert enter_code(client, code_mailed()).headers["Location"] == "/fr/account/keys/second/"
    client.post("/fr/account/keys/second/", {"code": shown_by_application()})
    assert is_in(client, noura)
    assert client.get(STAFF_ROOM).headers["Location"] == "/fr/account/password/?next=%2Ffr%2Fstaff%2F"
    client.post("/fr/account/password/", {"password": "a long enough secret"})
    assert client.get(STAFF_ROOM).status_code == 200


def test_a_stolen_telephone_number_cannot_give_itself_a_key_of_the_staff(client, fatima):
    fatima.is_staff = True
    fatima.save()
    sign_in(client, fatima)
    for page in (STAFF_ROOM, "/fr/account/keys/application/", "/fr/account/keys/passkeys/add/"):
        for answer in (client.get(page), client.post(page, {"code": "123456", "credential": "{}"})):
            assert answer.status_code == 403
    assert not Authenticator.objects.exists()


def test_a_recovery_code_replaces_a_lost_telephone_once(client, noura):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    TOTP.activate(noura, SECRET)
    spare = RecoveryCodes.activate(noura).get_unused_codes()[0]
    for browser, opens in ((client, True), (Client(), False)):
        give_password(browser)
        browser.post("/fr/account/keys/second/", {"code": spare})
        assert is_in(browser, noura) is opens


def test_somebody_else_with_a_passkey_may_still_come_in_by_code(client, fatima):
    Authenticator.objects.create(user=fatima, type="webauthn", data={"name": "x", "credential": {}})
    sign_in(client, fatima)


def test_staff_with_a_passkey_are_asked_for_it_after_a_code(client, noura):
    Authenticator.objects.create(user=noura, type="webauthn", data={"name": "x", "credential": {}})
    ask_for_code(client, "noura@example.ma")
    assert enter_code(client, code_mailed()).headers["Location"] == "/fr/account/keys/second/"
    assert is_nobody(client)


@pytest.mark.parametrize("credential", ["", "{}", "null", "[]", '{"id": 1}', '{"response": {"userHandle": "%%%"}}', "\x00"])
def test_nonsense_for_a_passkey_opens_nothing(client, fatima, credential):
    assert client.get("/fr/account/keys/passkeys/login/", headers={"accept": "application/json"}).status_code == 200
    answer = client.post("/fr/account/keys/passkeys/login/", {"credential": credential})
    assert answer.headers["Location"] == "/fr/account/login/"
    assert is_nobody(client)


@pytest.mark.parametrize("credential", ["{}", "[]", '{"id": "AA", "rawId": "AA", "response": {}}', '"x"', "7"])
def test_nonsense_for_a_new_passkey_makes_none(client, fatima, credential):
    sign_in(client, fatima)
    client.get("/fr/account/keys/passkeys/add/")
    answer = client.post("/fr/account/keys/passkeys/add/", {"name": "x", "credential": credential})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Authenticator.objects.exists()


def test_pages_of_keys_are_whole_for_their_person(client, fatima):
    sign_in(client, fatima)
    for page in ("keys/", "keys/passkeys/", "keys/passkeys/add/"):
        answer = client.get(f"/ar/account/{page}")
        assert answer.status_code == 200, page
        assert 'dir="rtl"' in answer.content.decode()
        assert "style=" not in answer.content.decode()
    scripts = re.findall(r"<script[^>]*>", client.get("/fr/account/keys/passkeys/add/").content.decode())
    assert all("src=" in tag or "application/json" in tag for tag in scripts)


def test_phones_of_staff_have_no_shortcut(client, fatima):
    """A code by text alone brings a member of the staff with an application only to the second factor."""
    fatima.is_staff = True
    fatima.save()
    TOTP.activate(fatima, SECRET)
    ask_for_code(client, fatima.phone)
    assert enter_code(client, code_texted_to(fatima.phone)).headers["Location"] == "/fr/account/keys/second/"
    assert is_nobody(client)
