"""A picture that only some people may see."""

from __future__ import annotations

from django.http import HttpResponse


def private_picture(content: bytes) -> HttpResponse:
    """A JPEG for this viewer alone: kept nowhere on the way, and never run. Ask whether they may see it first."""
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Content-Disposition"] = 'inline; filename="photo.jpg"'
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
