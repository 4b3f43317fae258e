"""A carrier known by its price list: zone, weight, and a fee when it brings back cash."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.carrier import DeliveryOption, ParcelFacts, PointRow, TariffRow, priced_by_table


class Carrier:
    code = "tariff_table"
    name: str | Promise = _("A carrier brings it to the buyer")
    is_fetched = False
    keeps_cash = True

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        return priced_by_table(self.code, parcel, tariff)
