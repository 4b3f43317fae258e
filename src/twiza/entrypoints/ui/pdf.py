"""Pages as PDF files, where WeasyPrint is installed (`pip install "twiza[pdf]"`); elsewhere browsers print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from twiza.entrypoints.ui.stylesheet import STATIC


@cache
def draws_pdf() -> bool:
    """Whether this installation has what draws them: the package, and the libraries of the system under it."""
    try:
        import weasyprint.urls  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def draw_pdf(page: str, stylesheets: Sequence[str]) -> bytes:
    """The page with these style sheets of ours, as a file. Whatever the page may name elsewhere is not fetched."""
    import weasyprint
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=())
    styles = [weasyprint.CSS(string=(STATIC / name).read_text("utf-8"), url_fetcher=nothing) for name in stylesheets]
    drawn: bytes = weasyprint.HTML(string=page, url_fetcher=nothing).write_pdf(stylesheets=styles)
    return drawn
