"""Sendit: a courier of Casablanca that is told of parcels over HTTPS, and tells what became of them by signed notices.

What it answers is known from the public programs that speak with it. Words of its own that are not in `STATUSES` are kept and
shown to a person.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.functional import Promise
from django.utils.timezone import is_naive, make_aware

from twiza.domain.delivery.carrier import (
    Booked,
    CarrierAway,
    CarrierDeclines,
    CarrierNotice,
    CarrierUnsure,
    DeliveryOption,
    NoticeNotTrusted,
    ParcelFacts,
    ParcelToFetch,
    PointRow,
    TariffRow,
    ToldStatus,
    priced_by_table,
)
from twiza.kit.folding import fold
from twiza.kit.network import forbid_inside_transaction

PATIENCE_SECONDS = 15
MOST_BYTES = 1_000_000
MOST_CASH_CENTIMES = 500_000
MOST_PAGES = 5
EVENT = "delivery.status.update"
# (what, reason) by its words; nothing for those that move no parcel.
STATUSES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("PENDING", "TO_PREPARE", "TO_PICKUP", "PRINTED"), ("", "")),
    **dict.fromkeys(("PICKEDUP", "PICKED_UP", "TRANSIT", "IN_TRANSIT", "WAREHOUSE"), ("in_transit", "")),
    **dict.fromkeys(("DISTRIBUTED", "DISTRIBUTING", "DELIVERING", "IN_DELIVERY"), ("in_transit", "")),
    "UNREACHABLE": ("missed", "no_answer"),
    "POSTPONED": ("missed", "another_day"),
    "WRONG_ADDRESS": ("missed", "not_found"),
    "DELIVERED": ("delivered", ""),
    **dict.fromkeys(("REJECTED", "REFUSED"), ("refused", "not_wanted")),
    **dict.fromkeys(("RETURNING", "RETURNED"), ("refused", "never_taken")),
    "LOST": ("lost", ""),
}  # fmt: skip


class _NoRedirects(HTTPRedirectHandler):
    """A token is for one host alone."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Carrier:
    code = "sendit"
    name: str | Promise = "Sendit"
    is_fetched = False
    keeps_cash = True
    tells_us = True

    def __init__(self) -> None:
        self._open = build_opener(_NoRedirects).open
        self._token = ""

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        return priced_by_table(self.code, parcel, tariff)

    def is_set_up(self) -> bool:
        return bool(settings.SENDIT_PUBLIC_KEY and settings.SENDIT_SECRET_KEY)

    def book(self, parcel: ParcelToFetch) -> Booked:
        """It collects whole dirhams, and at most 5,000 of them."""
        if parcel.collect_centimes % 100:
            raise CarrierDeclines("not_whole_dirhams")
        if parcel.collect_centimes > MOST_CASH_CENTIMES:
            raise CarrierDeclines("too_much_cash")
        asked = {
            "pickup_district_id": self._district(parcel.from_commune),
            "district_id": self._district(parcel.commune),
            "name": parcel.receiver,
            "phone": f"0{parcel.phone.removeprefix('+212')}",
            "address": parcel.address,
            "amount": parcel.collect_centimes // 100,
            "reference": parcel.reference,
            "comment": parcel.note,
            "products": parcel.contents,
            "allow_open": int(parcel.may_be_opened),
            "allow_try": 0,
            "products_from_stock": 0,
        }
        return _booked(self._ask("POST", "/deliveries", asked).get("data"))

    def find(self, reference: str) -> Booked | None:
        for row in self._rows("/deliveries", reference):
            if row.get("reference") == reference:
                return _booked(row)
        return None

    def look(self, code: str) -> ToldStatus:
        said = self._ask("GET", f"/deliveries/{quote(code, safe='')}").get("data")
        if not isinstance(said, dict) or not isinstance(said.get("status"), str):
            raise CarrierAway("unreadable")
        return _told(code, said["status"], said.get("last_action_at"), "")

    def read_notice(self, notice: CarrierNotice) -> ToldStatus | None:
        """Signed with a key that both hold: the hexadecimal HMAC-SHA256 of the body as it came."""
        key = settings.SENDIT_WEBHOOK_SECRET
        meant = hmac.new(key.encode(), notice.body, hashlib.sha256).hexdigest()
        shown = notice.headers.get("x-sendit-signature", "").strip().lower()
        if not key or not hmac.compare_digest(meant.encode(), shown.encode()):
            raise NoticeNotTrusted("The signature is not right.")
        said = _as_object(notice.body)
        if said is None:
            raise NoticeNotTrusted("The body is not an object of JSON.")
        if said.get("event") != EVENT:
            return None
        code, status = said.get("code"), said.get("newStatus") or said.get("status")
        if not isinstance(code, str) or not isinstance(status, str) or not code or not status:
            raise NoticeNotTrusted("`code` and `newStatus` are needed.")
        return _told(code, status, said.get("lastActionAt") or said.get("updated_at"), said.get("message"))

    def _district(self, place: str) -> int:
        """Its own number of a place. One that it spells otherwise, or has twice, is for a person."""
        wanted = fold(place)
        found = {row["id"] for row in self._rows("/districts", place) if fold(str(row.get("name", ""))) == wanted and "id" in row}
        if len(found) != 1:
            raise CarrierDeclines("place_unknown", place)
        return int(found.pop())

    def _rows(self, path: str, words: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for page in range(1, MOST_PAGES + 1):
            said = self._ask("GET", f"{path}?{urlencode({'page': page, 'querystring': words})}")
            data = said.get("data")
            rows += [row for row in data if isinstance(row, dict)] if isinstance(data, list) else []
            last = said.get("last_page")
            if not isinstance(last, int) or page >= last:
                break
        return rows

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """With a token that is still good: one that is not is asked for anew, once."""
        if not self.is_set_up():
            raise CarrierAway("credentials")
        for is_second in (False, True):
            self._token = self._token or self._log_in()
            status, answer = self._send(method, path, body, self._token)
            if status != HTTPStatus.UNAUTHORIZED:
                return _understood(status, answer, may_have_acted=method == "POST")
            self._token = ""
            if is_second:
                break
        raise CarrierAway("credentials")

    def _log_in(self) -> str:
        keys = {"public_key": settings.SENDIT_PUBLIC_KEY, "secret_key": settings.SENDIT_SECRET_KEY}
        try:
            status, answer = self._send("POST", "/login", keys, "")
        except CarrierUnsure as silence:
            raise CarrierAway("away") from silence
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise CarrierAway("away")
        data = (_as_object(answer) or {}).get("data")
        token = data.get("token") if isinstance(data, dict) else None
        if status != HTTPStatus.OK or not isinstance(token, str) or not token:
            raise CarrierAway("credentials")
        return token

    def _send(self, method: str, path: str, body: dict[str, Any] | None, token: str) -> tuple[int, bytes]:
        """Status and body. What was not reached is away; what fell silent, after something was posted, leaves us unsure."""
        forbid_inside_transaction()
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = json.dumps(body).encode() if body is not None else None
        request = Request(f"{settings.SENDIT_URL}{path}", data, headers, method=method)  # noqa: S310 -- our own setting
        silence = CarrierUnsure("no_answer") if method == "POST" else CarrierAway("away")
        try:
            with self._open(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.status, answer.read(MOST_BYTES)
        except HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read(MOST_BYTES)
        except URLError as trouble:
            raise (silence if isinstance(trouble.reason, TimeoutError) else CarrierAway("away")) from None
        except (OSError, HTTPException):
            raise silence from None


def _understood(status: int, answer: bytes, *, may_have_acted: bool) -> dict[str, Any]:
    said = _as_object(answer)
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.FORBIDDEN}:
        raise CarrierAway("busy" if status == HTTPStatus.TOO_MANY_REQUESTS else "credentials")
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR or (said and said.get("success") is False):
        raise CarrierDeclines("declined", str((said or {}).get("message") or "")[:160])
    if said is None or status >= HTTPStatus.MULTIPLE_CHOICES:
        raise CarrierUnsure("unreadable") if may_have_acted else CarrierAway("unreadable")
    return said


def _as_object(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _booked(said: object) -> Booked:
    """An answer without a code may still have made a parcel."""
    if not isinstance(said, dict) or not isinstance(said.get("code"), str) or not said["code"].strip():
        raise CarrierUnsure("unreadable")
    label, fee = said.get("labelUrl"), said.get("fee")
    return Booked(
        code=said["code"].strip()[:60],
        label_url=label[:300] if isinstance(label, str) and label.startswith("https://") else "",
        fee_centimes=round(fee * 100) if isinstance(fee, int | float) and not isinstance(fee, bool) and fee >= 0 else None,
    )


def _told(code: str, status: str, moment: object, note: object) -> ToldStatus:
    word = status.strip().upper().replace(" ", "_").replace("-", "_")
    known = STATUSES.get(word)
    what, reason = known or ("", "")
    return ToldStatus(code, status.strip()[:60], known is not None, what, reason, _moment(moment), str(note or "")[:160])


def _moment(text: object) -> datetime | None:
    """Without a zone it is Moroccan time."""
    try:
        read = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return make_aware(read) if read is not None and is_naive(read) else read
