"""The mark of the rules an index was built with: another spelling rule, concept or field is another index."""

from __future__ import annotations

import hashlib
import inspect
from functools import cache
from pathlib import Path

from twiza.foundation.search import analyser, concepts, documents, index, reading
from twiza.foundation.search.documents import SOURCES
from twiza.kit import folding


@cache
def stamp() -> str:
    """Changes with the analyser, the table of concepts, the fields of the index and what rooms say can be found."""
    modules = (folding, analyser, concepts, documents, index, reading)
    files = {*(inspect.getfile(module) for module in modules), str(concepts.TABLE)}
    files |= {inspect.getfile(source.documents) for source in SOURCES.values()}
    marks = sorted(hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in files)
    return hashlib.sha256("".join(marks).encode()).hexdigest()[:16]
