"""Who may, and for which causes."""

from __future__ import annotations

from twiza.domain.directory.rules import Viewer, keeps_register
from twiza.domain.payouts.models import PayoutHold
from twiza.kit.errors import NotFound


def for_those_who_pay_out(viewer: Viewer) -> None:
    """Whoever keeps the register looks after payouts too; for anybody else there are none (NotFound)."""
    if not keeps_register(viewer):
        raise NotFound


def hold_codes() -> list[tuple[str, str]]:
    """For which causes money is held back, as one chooses among them."""
    return [(code.value, str(code.label)) for code in PayoutHold.Code]
