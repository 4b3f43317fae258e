"""Signing in as a browser does it, for the tests of this folder."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from twiza.foundation.accounts.models import User
from twiza.foundation.messaging.models import Message

PHONE = "+212683000101"


def code_texted_to(phone: str) -> str:
    return re.search(r"\b\d{6}\b", Message.objects.filter(to=phone).latest("pk").text).group()


def code_mailed() -> str:
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()


def ask_for_code(client: Client, login: str, language: str = "fr", **more: str):
    return client.post(f"/{language}/account/login/", {"login": login, **more})


def enter_code(client: Client, code: str, language: str = "fr", **more: str):
    return client.post(f"/{language}/account/login/code/", {"code": code, "action": "verify", **more})


def sign_in(client: Client, person: User) -> None:
    ask_for_code(client, person.phone or person.email)
    enter_code(client, code_texted_to(person.phone) if person.phone else code_mailed())
    assert is_in(client, person)


def is_in(client: Client, person: User) -> bool:
    return client.session.get("_auth_user_id") == str(person.pk)


def is_nobody(client: Client) -> bool:
    return "_auth_user_id" not in client.session
