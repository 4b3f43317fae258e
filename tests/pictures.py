"""Pictures as telephones send them."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS = 0x8825


def picture(colour: str = "#8f2416", size: tuple[int, int] = (300, 200)) -> io.BytesIO:
    """A JPEG that says with what and where it was taken."""
    exif = Image.Exif()
    exif[0x0110] = "Telephone"
    exif.get_ifd(GPS).update({1: "N", 2: (30.0, 31.0, 0.0), 3: "W", 4: (7.0, 55.0, 0.0)})
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG", exif=exif)
    return io.BytesIO(file.getvalue())


def upload(colour: str = "#8f2416", size: tuple[int, int] = (300, 200)) -> SimpleUploadedFile:
    """The same as a form sends it."""
    return SimpleUploadedFile("IMG_0001.jpg", picture(colour, size).getvalue(), "image/jpeg")
