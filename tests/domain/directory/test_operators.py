"""Somebody who will open storefronts is there, and can sign in."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from twiza.domain.directory.models import Membership, Organisation
from twiza.domain.directory.rules import keeps_register
from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.storefronts.selectors import operators_managed_by
from twiza.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_manager_signs_in_and_opens_storefronts():
    call_command(
        "welcome_operator", "Comptoir de Khouribga", "--arabic", "متجر خريبكة", "--manager", "Youssef El Idrissi",
        "--phone", "06 83 00 09 00", "--keeps-register",
    )  # fmt: skip

    youssef = User.objects.get(phone="+212683000900")
    [operator] = operators_managed_by(youssef)
    assert (operator.kind, operator.name_in("ar")) == ("operator", "متجر خريبكة")
    assert keeps_register(youssef)
    assert people_receiving_texts(operator) == [youssef]


def test_the_register_is_only_entrusted_when_that_is_said():
    call_command("welcome_operator", "Comptoir", "--manager", "Youssef", "--phone", "0683000900", verbosity=0)

    assert not keeps_register(User.objects.get(phone="+212683000900"))


@pytest.mark.parametrize(
    ("phone", "commune"),
    [("0523000000", ""), ("12", ""), ("0683000900", "99.999.99.99")],
)
def test_without_a_mobile_number_or_in_no_known_place_nobody_is_registered(phone, commune):
    with pytest.raises(CommandError):
        call_command("welcome_operator", "Comptoir", "--manager", "Youssef", "--phone", phone, "--commune", commune)

    assert not Organisation.objects.filter(kind="operator").exists()
    assert not Membership.objects.exists()
    assert not User.objects.exists()
