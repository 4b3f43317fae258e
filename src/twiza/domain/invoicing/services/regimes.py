"""What a cooperative says of its tax."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for_money
from twiza.domain.invoicing.errors import RegimeInThePast
from twiza.domain.invoicing.locking import lock_issuer
from twiza.domain.invoicing.models import TaxRegime
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.errors import NotAllowed


@transaction.atomic
def say_regime(cooperative: Organisation, regime: str, valid_from: date, *, by: User) -> TaxRegime:
    """How its papers state the tax from that day on; those issued before stay as they are. `regime` is a TaxRegime.Regime.

    Locks the issuer. Raises NotAllowed for whoever is not its president or treasurer, RegimeInThePast.
    """
    if not answers_for_money(by, cooperative):
        raise NotAllowed
    if valid_from < clock.today():
        raise RegimeInThePast
    issuer = lock_issuer(cooperative.pk)
    said = TaxRegime.objects.create(issuer=issuer, regime=TaxRegime.Regime(regime).value, valid_from=valid_from, said_by=by)
    details = {"regime": regime, "valid_from": valid_from.isoformat()}
    record("invoicing.regime", subject=f"organisation:{cooperative.pk}", by=by, details=details)
    return said
