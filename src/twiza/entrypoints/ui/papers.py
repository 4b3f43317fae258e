"""How a paper that somebody holds is checked: a short address, and the square that leads a telephone's camera to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from twiza.kit.qr import QrPath, qr_path


@dataclass(frozen=True)
class PaperCheck:
    """`url` is printed, without the language: whoever opens it is led to theirs."""

    url: str
    square: QrPath

    @property
    def shown_url(self) -> str:
        return self.url.partition("//")[2]


def check_of(code: str) -> PaperCheck:
    url = f"{settings.SITE_URL}/papers/{code}/"
    return PaperCheck(url, qr_path(url))
