"""Words as people type them into a large field."""

from __future__ import annotations


def tidy_paragraphs(text: str) -> str:
    """Lines without blanks at their ends, at most one empty line between paragraphs, none around."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip()
