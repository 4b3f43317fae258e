"""A square that a telephone's camera reads, as the path of an SVG."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# Cameras want this much white around it (ISO 18004).
QUIET_MODULES = 4


@dataclass(frozen=True)
class QrPath:
    """`path` is drawn in a box of `size` × `size`, the white around it included."""

    size: int
    path: str


def qr_path(text: str) -> QrPath:
    """The text as dark runs, row by row: short enough to stand in a page, sharp at any size."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES)
    code.add_data(text)
    rows = code.get_matrix()
    return QrPath(len(rows), "".join(_runs(y, row) for y, row in enumerate(rows)))


def _runs(y: int, row: list[bool]) -> str:
    drawn, x = "", 0
    for is_dark, modules in groupby(row):
        length = len(list(modules))
        if is_dark:
            drawn += f"M{x} {y}h{length}v1h-{length}z"
        x += length
    return drawn
