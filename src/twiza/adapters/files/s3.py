"""Files in a bucket of any host that speaks S3: four calls over HTTPS, signed with the standard library.

The bucket stays private. What everybody may see is fetched by `/media/…` of the site, or by a proxy that has the right to.
"""

from __future__ import annotations

import mimetypes
from email.message import Message
from http import HTTPStatus
from typing import IO, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri

from twiza.adapters.files.signing import Bucket, path_of, sign
from twiza.kit import clock

PATIENCE_SECONDS = 20
# A name is drawn by lot and never given to another content.
KEPT = "public, max-age=31536000, immutable"


class _NoRedirects(HTTPRedirectHandler):
    """A signature is for one host alone."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@deconstructible
class S3Files(Storage):
    """Objects under `part/` of the bucket at this address. Every failure of the host is an OSError, as of a disk."""

    def __init__(self, address: str, part: str, *, is_served: bool = True) -> None:
        self._bucket = Bucket.at(address)
        self._part = part
        self._is_served = is_served
        self._open_url = build_opener(_NoRedirects).open

    @property
    def bucket_name(self) -> str:
        return self._bucket.name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Names are drawn by lot: nobody asks whether one is taken, which a bucket may also refuse to say."""
        return name

    def exists(self, name: str) -> bool:
        return self._ask("HEAD", name)[0] == HTTPStatus.OK

    def size(self, name: str) -> int:
        status, headers, _body = self._ask("HEAD", name)
        if status != HTTPStatus.OK:
            raise FileNotFoundError(name)
        return int(headers.get("Content-Length", "0"))

    def delete(self, name: str) -> None:
        self._ask("DELETE", name)

    def url(self, name: str | None) -> str:
        if not self._is_served or not name:
            raise ValueError("what lies here has no address")
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        status, _headers, body = self._ask("GET", name)
        if status != HTTPStatus.OK:
            raise FileNotFoundError(name)
        return ContentFile(body, name=name)

    def _save(self, name: str, content: File[bytes] | IO[bytes]) -> str:
        content.seek(0)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._ask(
            "PUT", name, content.read(), {"content-type": media_type, **({"cache-control": KEPT} if self._is_served else {})}
        )
        return name

    def _ask(
        self, method: str, name: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, Message[str, str], bytes]:
        """Status, headers and body; that there is no such object is an answer, anything else is an OSError."""
        if ".." in name.split("/") or name.startswith("/"):
            raise SuspiciousFileOperation(name)
        path = path_of(self._bucket, f"{self._part}/{name}")
        signed = sign(self._bucket, method, path, headers or {}, body, clock.now())
        request = Request(  # noqa: S310 -- an address of the installation's own settings
            f"{self._bucket.endpoint}{path}", data=body if method == "PUT" else None, headers=signed, method=method
        )
        try:
            with self._open_url(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.status, answer.headers, answer.read()
        except HTTPError as refusal:
            with refusal:
                if refusal.code == HTTPStatus.NOT_FOUND and method != "PUT":
                    return refusal.code, refusal.headers, b""
                raise OSError(f"{method} {name}: the bucket {self._bucket.name} answered {refusal.code}") from None
