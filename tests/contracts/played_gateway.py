"""What a carrier of texts really answers and tells, as recorded, and a machine that plays it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from twiza.foundation.messaging.gateway import Notice

RECORDINGS = Path(__file__).parent / "recordings"


def recorded(code: str, name: str) -> dict[str, Any]:
    """What was recorded of this carrier; nothing for one that goes nowhere."""
    path = RECORDINGS / code / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


class PlayedMachine:
    """Answers one question after the other, and remembers them. `silent`: it hears and says nothing; `nobody`: none is there."""

    def __init__(self) -> None:
        self.answers: list[Any] = []
        self.asked: list[httpx.Request] = []

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.asked.append(request)
        answer = self.answers.pop(0)
        if answer == "silent":
            raise httpx.ReadTimeout("nothing came", request=request)
        if answer == "nobody":
            raise httpx.ConnectError("refused", request=request)
        headers = {"Location": answer["location"]} if "location" in answer else {}
        if "json" in answer:
            return httpx.Response(answer["status"], json=answer["json"], headers=headers)
        return httpx.Response(answer["status"], text=answer.get("text", ""), headers=headers)


def notice_of(told: Mapping[str, Any]) -> Notice:
    """As it came in; signed now where the recording names the key."""
    body = str(told.get("body", "")).encode()
    headers = dict(told.get("headers", {}))
    if "sign" in told:
        stamp = str(int(datetime.fromisoformat(told["at"]).timestamp()))
        headers |= {"X-Timestamp": stamp, "X-Signature": _hmac(told["sign"], body + stamp.encode())}
    return Notice(body=body, fields=dict(told.get("fields", {})), headers=headers, secret=told.get("secret", ""))


def _hmac(key: str, message: bytes) -> str:
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
