"""How a paper that somebody holds is checked: a short address, and the square that leads a telephone's camera to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from twiza.entrypoints.ui.pdf import draw_pdf, draws_pdf
from twiza.kit.qr import QrPath, qr_path


@dataclass(frozen=True)
class PaperCheck:
    """`url` is printed, without the language: whoever opens it is led to theirs."""

    url: str
    square: QrPath

    @property
    def shown_url(self) -> str:
        return self.url.partition("//")[2]


class HasACode(Protocol):
    """What a paper is called and checked by; the rest is for the template."""

    @property
    def label(self) -> str: ...
    @property
    def check_code(self) -> str: ...


def pdf_answer(paper: HasACode) -> HttpResponse:
    """The paper as a file in the reader's language. Raises Http404 where this installation draws no files."""
    if not draws_pdf():
        raise Http404
    page = render_to_string("ui/paper_pdf.html", {"paper": paper, "check": check_of(paper.check_code)})
    response = HttpResponse(draw_pdf(page, ("twiza.css", "paper.css")), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper.label}.pdf"'
    return response


def check_of(code: str) -> PaperCheck:
    url = f"{settings.SITE_URL}/papers/{code}/"
    return PaperCheck(url, qr_path(url))
