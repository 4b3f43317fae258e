"""Cards, on the page of the Centre monétique interbancaire: form `est3Dgate`, hash version 3.

The browser posts a signed form to the bank's page. The bank posts what became of it, signed the same way, and waits for one of
three words: `ACTION=POSTAUTH` (take the money), `APPROVED` (heard), `FAILURE` (not believed). The hash and its test
vector were rebuilt from what several public libraries do; the bank issues no vector.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import re
import secrets
from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.payments.provider import NextStep, Notice, NoticeRefused, PaymentFacts, PaymentNotice, Verdict
from twiza.kit.network import forbid_inside_transaction

DIRHAM = "504"
CURRENCIES = {DIRHAM: "MAD"}
LANGUAGES = {"ar": "ar", "ary": "ar", "en": "en"}
UNSIGNED = {"hash", "encoding"}
WORDS = {Verdict.TAKE: "ACTION=POSTAUTH", Verdict.HEARD: "APPROVED", Verdict.REFUSED: "FAILURE"}
# What is kept of a notice; everything else, the masked card above all, is dropped.
KEPT = ("Response", "ProcReturnCode", "mdStatus", "AuthCode")
LONGEST_KEPT = 60


class Provider:
    code = "cmi"
    name: str | Promise = _("By bank card")
    is_paid_on_delivery = False
    account = None

    def begin(self, payment: PaymentFacts) -> NextStep:
        """A form for the bank's page. Nothing leaves this machine."""
        forbid_inside_transaction()
        fields = {
            "clientid": settings.CMI_CLIENT_ID,
            "storetype": "3D_PAY_HOSTING",
            "trantype": "PreAuth",
            "TranType": "PreAuth",
            "amount": f"{payment.amount_centimes // 100}.{payment.amount_centimes % 100:02d}",
            "currency": DIRHAM,
            "oid": payment.attempt,
            "okUrl": payment.addresses.back,
            "failUrl": payment.addresses.back,
            "CallbackURL": payment.addresses.notice,
            "shopurl": payment.addresses.shop,
            "lang": LANGUAGES.get(payment.language, "fr"),
            "rnd": secrets.token_hex(10),
            "hashAlgorithm": "ver3",
            "encoding": "UTF-8",
            "refreshtime": "5",
            "AutoRedirect": "true",
            "BillToName": payment.buyer,
            "BillToCountry": DIRHAM,
            "email": payment.email,
        }
        fields["HASH"] = hash_of(fields, settings.CMI_STORE_KEY)
        return NextStep(post_to=settings.CMI_URL, fields=tuple(fields.items()))

    def read_notice(self, notice: Notice) -> PaymentNotice:
        """Nothing of it is believed before its hash was checked."""
        said = {name.lower(): value for name, value in notice.fields.items()}
        if not (said.get("hash") and settings.CMI_STORE_KEY):
            raise NoticeRefused("It carries no hash.")
        expected = hash_of(notice.fields, settings.CMI_STORE_KEY, is_callback=True)
        if not hmac.compare_digest(expected.encode(), said["hash"].encode()):
            raise NoticeRefused("Its hash is wrong.")
        if not hmac.compare_digest(said.get("clientid", "").encode(), settings.CMI_CLIENT_ID.encode()):
            raise NoticeRefused("It is for another shop.")
        attempt, approved = said.get("oid", ""), said.get("procreturncode") == "00"
        if not attempt:
            raise NoticeRefused("It names no order.")
        return PaymentNotice(
            attempt=attempt[:LONGEST_KEPT],
            outcome="approved" if approved else "failed",
            amount_centimes=_centimes(said.get("amount", "")),
            currency=CURRENCIES.get(said.get("currency", ""), ""),
            provider_reference=(said.get("transid") or f"{attempt}/{said.get('procreturncode', '')}")[:80],
            told={name: said[name.lower()][:LONGEST_KEPT] for name in KEPT if said.get(name.lower())},
        )

    def answer(self, verdict: Verdict) -> str:
        return WORDS[verdict]


def hash_of(fields: Mapping[str, str], store_key: str, *, is_callback: bool = False) -> str:
    """Version 3: every field but the hash and the encoding, by name, escaped, then the key of the shop."""
    names = sorted((name for name in fields if name.lower() not in UNSIGNED), key=_in_nature)
    values = [_as_sent(fields[name]) if is_callback else fields[name] for name in names]
    plain = "|".join([*(_escaped(value.strip()) for value in values), _escaped(store_key)])
    return base64.b64encode(hashlib.sha512(plain.encode()).digest()).decode()


def _in_nature(name: str) -> list[tuple[int, int, str]]:
    """`BillToStreet2` before `BillToStreet12`, whatever the case."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"\d+|\D+", name.upper())]


def _as_sent(value: str) -> str:
    return re.sub(r"\n$", "", html.unescape(value))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|")


def _centimes(amount: str) -> int:
    """Exact, or nothing that any order costs."""
    found = re.fullmatch(r"([0-9]{1,8})(?:\.([0-9]{1,2}))?", amount)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else -1
