"""Photographs in a bucket instead of a folder: a host that speaks S3, played by this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.jobs import run_jobs
from tests.pictures import picture
from twiza.adapters.files.s3 import S3Files
from twiza.adapters.files.signing import Bucket, path_of, sign
from twiza.config.management.commands import doctor
from twiza.config.storages import storage_at
from twiza.domain.catalogue.models import Photo
from twiza.domain.catalogue.services.picturing import add_photo, remove_photo
from twiza.foundation.pictures.errors import PhotoNotKept

SERVED = "django.core.files.storage.FileSystemStorage"


@dataclass
class FakeHost:
    """Keeps what it is sent, and says what it was asked. `is_full` answers as a host in trouble."""

    port: int = 0
    objects: dict[str, tuple[bytes, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    is_full: bool = False

    @property
    def address(self) -> str:
        return f"s3://KEY:a%2Fsecret@127.0.0.1:{self.port}/photos?region=ma-1&plain=1"


class Handler(BaseHTTPRequestHandler):
    host: FakeHost

    def act(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.host.asked.append((self.command, self.path))
        status, answer = (self.do(body) if self.is_signed(body) else (403, b"")) if not self.host.is_full else (503, b"")
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    def is_signed(self, body: bytes) -> bool:
        said = {name: self.headers[name] for name in ("content-type", "cache-control") if name in self.headers}
        at = datetime.strptime(self.headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        signed = sign(Bucket.at(self.host.address), self.command, self.path, said, body, at)
        return bool(self.headers["Authorization"] == signed["Authorization"])

    def do(self, body: bytes) -> tuple[int, bytes]:
        objects = self.host.objects
        if self.command == "PUT":
            objects[self.path] = body, dict(self.headers)
            return 200, b""
        if self.command == "DELETE":
            objects.pop(self.path, None)
            return 204, b""
        return (200, objects[self.path][0]) if self.path in objects else (404, b"")

    do_GET = do_HEAD = do_PUT = do_DELETE = act  # noqa: N815 -- the names that http.server calls

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[FakeHost]:
    played = FakeHost()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Played", (Handler,), {"host": played}))
    played.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield played
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def in_the_bucket(host, settings, monkeypatch) -> FakeHost:
    """The site as with MEDIA_URL_STORAGE=s3://…"""
    originals = storage_at(host.address, "originals", "-", is_served=False)
    settings.STORAGES = {**settings.STORAGES, "default": storage_at(host.address, "shown", SERVED), "originals": originals}
    monkeypatch.setattr(Photo._meta.get_field("original"), "storage", S3Files(**originals["OPTIONS"]))
    return host


def test_a_call_is_signed_as_amazon_documents_it():
    bucket = Bucket(
        "https://examplebucket.s3.amazonaws.com", "examplebucket.s3.amazonaws.com", "examplebucket", "us-east-1",
        "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    )  # fmt: skip

    signed = sign(bucket, "GET", "/test.txt", {"Range": "bytes=0-9"}, b"", datetime(2013, 5, 24, tzinfo=UTC))

    assert signed["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )


def test_an_address_says_all_and_shows_no_secret():
    bucket = Bucket.at("s3://K%2BEY:s%2Fe%40cret@s3.fr-par.example/photos?region=fr-par")

    assert (bucket.endpoint, bucket.host, bucket.name) == ("https://s3.fr-par.example", "s3.fr-par.example", "photos")
    assert (bucket.region, bucket.key, bucket.secret) == ("fr-par", "K+EY", "s/e@cret")
    assert path_of(bucket, "shown/الجني 1.webp") == "/photos/shown/%D8%A7%D9%84%D8%AC%D9%86%D9%8A%201.webp"
    assert "s/e@cret" not in repr(bucket)


@pytest.mark.parametrize("address", ["s3://host/bucket", "s3://k:s@host", "s3://k:@host/b", "https://k:s@host/b"])
def test_an_address_that_lacks_something_is_refused_without_its_secret(address):
    with pytest.raises(ValueError, match="s3://KEY:SECRET@host/bucket") as refusal:
        Bucket.at(address)
    assert address not in str(refusal.value)


def test_files_come_back_as_they_were_sent(host):
    files = S3Files(host.address, "shown")

    name = files.save("products/a-240.webp", ContentFile(b"picture"))

    assert name == "products/a-240.webp"
    body, headers = host.objects["/photos/shown/products/a-240.webp"]
    assert (body, headers["Content-Type"], headers["X-Amz-Content-Sha256"]) == (
        b"picture", "image/webp", hashlib.sha256(b"picture").hexdigest(),
    )  # fmt: skip
    assert "immutable" in headers["Cache-Control"]
    assert (files.exists(name), files.size(name), files.open(name).read()) == (True, 7, b"picture")
    assert files.url(name) == "/media/products/a-240.webp"
    files.delete(name)
    files.delete(name)
    assert (files.exists(name), host.objects) == (False, {})
    for ask in (files.size, files.open):
        with pytest.raises(FileNotFoundError):
            ask(name)


@pytest.mark.parametrize("name", ["../originals/a.jpg", "products/../../x.webp", "/etc/passwd"])
def test_nobody_leaves_the_part_of_the_bucket_that_is_shown(host, name):
    with pytest.raises(SuspiciousFileOperation):
        S3Files(host.address, "shown").open(name)
    assert host.asked == []


def test_a_host_in_trouble_is_an_error_as_of_a_disk(host):
    host.is_full = True
    files = S3Files(host.address, "shown")
    with pytest.raises(OSError, match=r"PUT a\.webp: the bucket photos answered 503"):
        files.save("a.webp", ContentFile(b"x"))
    with pytest.raises(OSError, match="Connection refused"):
        S3Files("s3://k:s@127.0.0.1:9/b?plain=1", "shown").open("a.webp")


def test_photos_live_in_the_bucket_and_the_site_shows_them(market, client, in_the_bucket, django_capture_on_commit_callbacks):
    photo = add_photo(market.saffron.product, picture(), by=market.fatima)
    assert [path.startswith("/photos/originals/") for path in in_the_bucket.objects] == [True]

    run_jobs()

    photo.refresh_from_db()
    assert len(in_the_bucket.objects) == 8
    whole = client.get(photo.medium.url)
    data = b"".join(whole.streaming_content)
    assert (whole.status_code, whole.headers["Content-Type"], len(data)) == (
        200,
        "image/webp",
        default_storage.size(photo.medium.name),
    )
    part = client.get(photo.medium.url, headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.content, part.headers["Content-Range"]) == (206, data[4:10], f"bytes 4-9/{len(data)}")
    for path in (photo.original.name, "products/none.webp", f"../originals/{photo.original.name}"):
        assert client.get(f"/media/{path}").status_code == 404
    with pytest.raises(ValueError, match="no address"):
        _ = photo.original.url
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(photo, by=market.fatima)
    assert in_the_bucket.objects == {}


def test_a_photo_that_cannot_be_kept_is_said_not_to_be_the_senders_fault(market, in_the_bucket):
    in_the_bucket.is_full = True

    with pytest.raises(PhotoNotKept) as refusal:
        add_photo(market.saffron.product, picture(), by=market.fatima)

    assert str(refusal.value).startswith("Nous n'avons pas pu garder votre photo")
    assert Photo.objects.count() == 0


def test_the_doctor_tries_the_buckets(in_the_bucket):
    assert list(doctor.buckets()) == []
    assert in_the_bucket.objects == {}
    in_the_bucket.is_full = True
    assert [fault.partition(":")[0] for fault in doctor.buckets()] == ["MEDIA_URL_STORAGE", "ORIGINALS_FOLDER"]
