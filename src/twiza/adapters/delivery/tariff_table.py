"""A carrier known by its price list: zone, weight, and a fee when it brings back cash."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.carrier import DeliveryOption, ParcelFacts, PointRow, TariffRow


class Carrier:
    code = "tariff_table"
    name: str | Promise = _("A carrier brings it to the buyer")
    is_fetched = False

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        if tariff is None:
            return []
        extra_grams = max(0, parcel.weight_grams - tariff.included_grams)
        extra_kilograms = -(-extra_grams // 1000)
        return [
            DeliveryOption(
                code=self.code,
                carrier=self.code,
                price_centimes=tariff.base_centimes + extra_kilograms * tariff.extra_kilogram_centimes,
                cash_fee_centimes=tariff.cash_fee_centimes if parcel.is_paid_on_delivery else 0,
                days_at_least=tariff.days_at_least,
                days_at_most=tariff.days_at_most,
                return_centimes=tariff.return_centimes,
            )
        ]
