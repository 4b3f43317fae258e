"""What we answer: one file per answer and language, short enough for one part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from twiza.foundation.messaging.encoding import measure, smart_replace

FOLDER = Path(__file__).parent
LANGUAGES = ("fr", "ar", "ary", "en")
# Until these words exist in Tamazight, Darija in Latin letters is the nearest that everybody can read.
INSTEAD = {"zgh": "ary"}
# This value may be shortened to keep the whole in one part.
SHRINKS = "content"
_SHORTEST = 12


@dataclass(frozen=True)
class Reply:
    """`name` is a file here, or `sentence` the words themselves. `outcome` is what we remember of it.

    `waits`: the facts of a question whose answer we wait for; `undo`: of a change that may be taken back. `language` instead
    of the sender's, when that has just changed.
    """

    name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    outcome: str = "done"
    needs_person: bool = False
    sentence: str = ""
    waits: Mapping[str, object] | None = None
    undo: Mapping[str, object] | None = None
    language: str = ""


def words_of(reply: Reply, language: str) -> str:
    """The text as it is sent, in `language` or the nearest we have."""
    if reply.sentence:
        return reply.sentence
    template = template_of(reply.name, INSTEAD.get(language, language))
    whole = template.format_map(reply.values)
    content = reply.values.get(SHRINKS, "")
    while measure(smart_replace(whole)).parts > 1 and len(content) > _SHORTEST:
        content = content[:-4].rstrip(" ,.") + "..."
        whole = template.format_map({**reply.values, SHRINKS: content})
    return whole


@cache
def template_of(name: str, language: str) -> str:
    return (FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8").strip()


def names() -> list[str]:
    """Every answer we have, once."""
    return sorted({path.name.split(".")[0] for path in FOLDER.glob("*.txt")})
