"""What is drawn is what a camera reads: the dark squares of the code, and white around them."""

from __future__ import annotations

import re

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from twiza.kit.qr import qr_path

ADDRESS = "https://twiza.example/lots/7KQ2MXW9/"


def test_the_path_draws_every_dark_square_once_and_no_other():
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(ADDRESS)
    dark = {(x, y) for y, row in enumerate(code.get_matrix()) for x, is_dark in enumerate(row) if is_dark}

    drawn = qr_path(ADDRESS)

    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", drawn.path)
    painted = [(int(x) + step, int(y)) for x, y, length, _back in runs for step in range(int(length))]
    assert "".join(f"M{x} {y}h{length}v1h-{back}z" for x, y, length, back in runs) == drawn.path
    assert len(painted) == len(set(painted))
    assert set(painted) == dark
    assert min(min(x, y) for x, y in dark) == 4
    assert max(max(x, y) for x, y in dark) == drawn.size - 5
