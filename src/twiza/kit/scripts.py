"""In which script something is written, and two scripts in one cell."""

from __future__ import annotations

import re

_LETTERS = {
    "ar": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufefc]+"),
    "zgh": re.compile("[\u2d30-\u2d7f]+"),
    "fr": re.compile("[A-Za-zªµºÀ-ÖØ-öø-\u024f]+"),
}


def script_of(text: str) -> str:
    """fr, ar or zgh: that of most letters."""
    if text.isascii():
        return "fr"
    counts = {script: sum(map(len, letters.findall(text))) for script, letters in _LETTERS.items()}
    return max(counts, key=lambda script: (counts[script], script == "fr"))


def names_in(text: str) -> dict[str, str]:
    """A cell may hold a name in two scripts: `Coopérative Amal / تعاونية الأمل`."""
    parts = [part.strip(" -–/|()") for part in re.split(r"[/|\n()]|\s[-–]\s", text)]
    names = {script_of(part): part for part in reversed(parts) if part}
    return names if len(names) > 1 else {script_of(text): text}
