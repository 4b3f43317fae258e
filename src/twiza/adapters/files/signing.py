"""How a call to an S3 bucket is signed: Amazon's Signature Version 4, which every host that speaks S3 understands."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, unquote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True)
class Bucket:
    """Read from `s3://KEY:SECRET@host/bucket?region=fr-par`; with `plain=1` it is asked without encryption."""

    endpoint: str
    host: str
    name: str
    region: str
    key: str
    secret: str = field(repr=False)

    @classmethod
    def at(cls, address: str) -> Bucket:
        """Raises ValueError, which says what is missing and never the secret."""
        parts, asked = urlsplit(address), parse_qs(urlsplit(address).query)
        name = parts.path.strip("/")
        if parts.scheme != "s3" or not (parts.hostname and name and parts.username and parts.password):
            raise ValueError("A bucket is written s3://KEY:SECRET@host/bucket?region=name")
        host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
        endpoint = f"{'http' if asked.get('plain') else 'https'}://{host}"
        region = asked.get("region", ["us-east-1"])[0]
        return cls(endpoint, host, name, region, unquote(parts.username), unquote(parts.password))


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sign(bucket: Bucket, method: str, path: str, headers: Mapping[str, str], body: bytes, at: datetime) -> dict[str, str]:
    """The headers with those that prove who asks, and for what. `path` is already quoted; the query is empty."""
    moment = at.astimezone(UTC)
    stamp, day = moment.strftime("%Y%m%dT%H%M%SZ"), moment.strftime("%Y%m%d")
    digest = sha256_of(body)
    said = {**headers, "host": bucket.host, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    signed = ";".join(sorted(name.lower() for name in said))
    lines = "".join(f"{name}:{value}\n" for name, value in sorted((name.lower(), value.strip()) for name, value in said.items()))
    request = "\n".join((method, path, "", lines, signed, digest))
    scope = f"{day}/{bucket.region}/s3/aws4_request"
    to_sign = "\n".join((ALGORITHM, stamp, scope, sha256_of(request.encode())))
    signature = hmac.new(_key_of_the_day(bucket, day), to_sign.encode(), hashlib.sha256).hexdigest()
    proof = f"{ALGORITHM} Credential={bucket.key}/{scope},SignedHeaders={signed},Signature={signature}"
    return {**said, "Authorization": proof}


def path_of(bucket: Bucket, name: str) -> str:
    """Of an object, under the bucket's own path: hosts that are not Amazon often have no other."""
    return quote(f"/{bucket.name}/{name}", safe="/-_.~")


def _key_of_the_day(bucket: Bucket, day: str) -> bytes:
    key = f"AWS4{bucket.secret}".encode()
    for part in (day, bucket.region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
