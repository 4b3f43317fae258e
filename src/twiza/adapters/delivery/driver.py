"""A bus or grand-taxi driver takes it along, and the buyer meets him. Off unless CARRIERS names it and a table prices it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.carrier import DeliveryOption, ParcelFacts, PointRow, TariffRow, priced_by_table


class Carrier:
    code = "driver"
    name: str | Promise = _("A bus or taxi driver takes it along")
    is_fetched = False
    keeps_cash = False

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        return priced_by_table(self.code, parcel, tariff)
