"""The buyer fetches it at one of the cooperative's points. It costs nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.carrier import DeliveryOption, ParcelFacts, PointRow, TariffRow


class Carrier:
    code = "pickup"
    name: str | Promise = _("The buyer fetches it at a pick-up point of the cooperative")
    is_fetched = True
    keeps_cash = False

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        return [
            DeliveryOption(
                code=f"{self.code}:{point.id}",
                carrier=self.code,
                price_centimes=0,
                cash_fee_centimes=0,
                days_at_least=1,
                days_at_most=3,
                point=point,
            )
            for point in points
        ]
