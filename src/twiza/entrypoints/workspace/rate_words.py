"""A row of the list of commissions, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from twiza.domain.ledger.rules import commission_on
from twiza.domain.payments.selectors import providers
from twiza.entrypoints.ui.templatetags.ui import dirhams_text

if TYPE_CHECKING:
    from twiza.domain.ledger.models import CommissionRate

# What a row comes to is shown on a sale of so much.
EXAMPLE_CENTIMES = 24_000


@dataclass(frozen=True)
class RateShown:
    """`kept_centimes`: what it keeps of a sale of `EXAMPLE_CENTIMES` with the TVA on it."""

    rate: CommissionRate
    how_much: str
    for_whom: str
    kept_centimes: int


def shown(rates: Sequence[CommissionRate]) -> list[RateShown]:
    names = {one.code: str(one.name) for one in providers()}
    return [
        RateShown(rate, how_much(rate), for_whom(rate, names), commission_on(rate, EXAMPLE_CENTIMES).total_centimes)
        for rate in rates
    ]


def how_much(rate: CommissionRate) -> str:
    """`5 % of the goods, at least 3 DH`."""
    if rate.is_over:
        return _("This row ends.")
    percent = number_format((Decimal(rate.percent_basis_points) / 100).normalize(), use_l10n=True)
    share = _("%(percent)s %% of goods and delivery") if rate.includes_delivery else _("%(percent)s %% of the goods")
    words = [share % {"percent": percent}]
    if rate.floor_centimes:
        words.append(_("at least %(amount)s") % {"amount": dirhams_text(rate.floor_centimes)})
    if rate.cap_centimes is not None:
        words.append(_("at most %(amount)s") % {"amount": dirhams_text(rate.cap_centimes)})
    return pgettext("between things that are listed", ", ").join(words)


def for_whom(rate: CommissionRate, names: dict[str, str]) -> str:
    """Which orders it is for."""
    words = []
    if rate.cooperative is not None:
        words.append(rate.cooperative.name)
    if rate.storefront is not None:
        words.append(_("chosen in %(storefront)s") % {"storefront": rate.storefront.name})
    if rate.pay_with:
        words.append(names.get(rate.pay_with, rate.pay_with))
    return pgettext("between things that are listed", ", ").join(words) or _("every order")
