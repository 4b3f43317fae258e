"""A carrier with a network, played: it remembers what it was asked, and answers what the test says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from twiza.domain.delivery.carrier import (
    Booked,
    CarrierNotice,
    DeliveryOption,
    NoticeNotTrusted,
    ParcelFacts,
    ParcelToFetch,
    PointRow,
    TariffRow,
    ToldStatus,
    priced_by_table,
)

CODE = "tests.playing_carrier"


class Carrier:
    """`has`: the parcels it took, by our reference. `troubles`: `(before or after it took, what)`, raised one by one."""

    code = CODE
    name = "Rapide"
    is_fetched = False
    keeps_cash = True
    tells_us = True
    has: ClassVar[dict[str, ParcelToFetch]] = {}
    posted: ClassVar[list[ParcelToFetch]] = []
    troubles: ClassVar[list[tuple[str, Exception]]] = []
    says: ClassVar[dict[str, ToldStatus]] = {}

    @classmethod
    def forget(cls) -> None:
        for kept in (cls.has, cls.posted, cls.troubles, cls.says):
            kept.clear()

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        return priced_by_table(self.code, parcel, tariff)

    def is_set_up(self) -> bool:
        return True

    def book(self, parcel: ParcelToFetch) -> Booked:
        when, trouble = self.troubles.pop(0) if self.troubles else ("", None)
        if trouble is not None and when == "before":
            raise trouble
        self.posted.append(parcel)
        self.has[parcel.reference] = parcel
        if trouble is not None:
            raise trouble
        return self._booked(parcel.reference)

    def find(self, reference: str) -> Booked | None:
        return self._booked(reference) if reference in self.has else None

    def look(self, code: str) -> ToldStatus:
        return self.says[code]

    def read_notice(self, notice: CarrierNotice) -> ToldStatus | None:
        """JSON in the words of our own, behind a password."""
        if notice.headers.get("x-word") != "sesame":
            raise NoticeNotTrusted("The word is not right.")
        said = json.loads(notice.body)
        at = datetime.fromisoformat(said["at"])
        return ToldStatus(said["code"], said["status"], "what" in said, said.get("what", ""), said.get("reason", ""), at)

    def _booked(self, reference: str) -> Booked:
        return Booked(f"R-{reference}", "https://rapide.example/label", 4500)
