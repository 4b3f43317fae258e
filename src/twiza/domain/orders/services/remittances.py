"""A carrier hands over what buyers paid at the door, and says for which parcels."""

from __future__ import annotations

from pathlib import Path

from twiza.domain.directory.rules import keeps_register
from twiza.domain.orders.selectors.cash import parts_named
from twiza.domain.payments.models import Remittance
from twiza.domain.payments.services.remitting import Came, read_remittance, record_remittance
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound


def import_remittance(file: Path, carrier: str, came: Came, *, by: User) -> tuple[Remittance, bool]:
    """The carrier's list (CSV or XLSX) is kept and settles what it can (CashRemitted), and whether it is news.

    Raises a FileUnreadable, RemittanceKnown; NotFound for whoever does not keep the register.
    """
    if not keeps_register(by):
        raise NotFound
    said = read_remittance(file, carrier)
    return record_remittance(carrier, said, parts_named(carrier, {row.parcel for row in said.rows}), came, by=by)
