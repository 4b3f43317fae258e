"""What people sent and we made harmless: pictures and recordings, under names of our own."""

from __future__ import annotations

import re
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

# The only kinds of file that we write; anything else that might lie there is not ours to serve.
TYPES = {
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".3gp": "audio/3gpp",
    ".ogg": "audio/ogg",
    ".webm": "audio/webm",
    ".amr": "audio/amr",
    ".aac": "audio/aac",
    ".mp3": "audio/mpeg",
}
# A name is drawn by lot and never given to another content.
KEPT = "public, max-age=31536000, immutable"
ONE_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@require_safe
def serve_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file, or the part of it that was asked: Safari plays no sound from a server that cannot give parts."""
    media_type = TYPES.get(Path(path).suffix)
    if media_type is None:
        raise Http404
    file = _file_at(path)
    asked = _range_asked(request, file.size)
    answer: HttpResponseBase
    if asked is None:
        answer = FileResponse(file, content_type=media_type)
    elif not asked:
        answer = HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    else:
        answer = _part(file, asked, media_type)
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = KEPT
    answer["Content-Disposition"] = f'inline; filename="{Path(path).name}"'
    return answer


def _file_at(path: str) -> File[bytes]:
    """Wherever the settings say that files lie."""
    try:
        return default_storage.open(path)
    except (SuspiciousFileOperation, ValueError, FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise Http404 from error


def _range_asked(request: HttpRequest, size: int) -> range | None:
    """The bytes asked for; None for the whole file, empty when there are none such."""
    found = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or found[1] == found[2] == "":
        return None
    if found[1] == "":
        return range(max(0, size - int(found[2])), size)
    last = int(found[2]) if found[2] else size - 1
    return range(int(found[1]), min(last, size - 1) + 1)


def _part(file: File[bytes], asked: range, media_type: str) -> HttpResponse:
    with file:
        file.seek(asked.start)
        data = file.read(len(asked))
    headers = {"Content-Range": f"bytes {asked.start}-{asked.stop - 1}/{file.size}"}
    return HttpResponse(data, status=206, content_type=media_type, headers=headers)
