"""Hamid of the operator keys in for a cooperative that allowed it; another has not answered him yet."""

from __future__ import annotations

from twiza.demo.cooperatives import Seller
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.services.mandates import ask_for_mandate, grant_mandate
from twiza.domain.directory.services.memberships import add_member
from twiza.foundation.accounts.models import User

ALLOWED, ASKED = "keskas", "wiam"


def send_out(hamid: User, operator: Organisation, sellers: dict[str, Seller]) -> None:
    """Hamid is a field agent of the operator and holds one mandate; a second one waits for the president's answer."""
    add_member(operator, hamid, "field_agent", None)
    granted = ask_for_mandate(hamid, sellers[ALLOWED].cooperative.slug)
    grant_mandate(granted, by=sellers[ALLOWED].president)
    ask_for_mandate(hamid, sellers[ASKED].cooperative.slug)
