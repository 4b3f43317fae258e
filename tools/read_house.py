"""What the source says of itself: rooms and their docstrings, doors, import contracts, laws. Read, never imported."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path("src/twiza")
FIELDS = re.compile(r"\A(?P<purpose>.+?)\n\nOwns: (?P<owns>.+?)\nEmits: (?P<emits>.+?)\nMay know: (?P<may_know>.+)\Z", re.DOTALL)
CAPITALISED = re.compile(r"\b[A-Z]\w+")


@dataclass(frozen=True)
class Room:
    """A folder of the domain or the foundation, in the words of its own docstring."""

    storey: str
    name: str
    purpose: str
    owns: str
    emits: str
    may_know: str

    @property
    def folder(self) -> Path:
        return SOURCE / self.storey / self.name

    @property
    def tables_said(self) -> set[str]:
        return set(CAPITALISED.findall(self.owns.partition(";")[0]))

    @property
    def ports_said(self) -> set[str]:
        return set(re.findall(r"`(\w+\.py)`", self.owns.partition(";")[2]))

    @property
    def events_said(self) -> set[str]:
        return set(CAPITALISED.findall(self.emits))

    @property
    def rooms_said(self) -> set[str]:
        return set(re.findall(r"\w+", self.may_know))


def folders_of(storey: str) -> list[Path]:
    return sorted(path.parent for path in (SOURCE / storey).glob("*/__init__.py"))


def rooms() -> list[Room]:
    return [read_room(storey, folder) for storey in ("domain", "foundation") for folder in folders_of(storey)]


def read_room(storey: str, folder: Path) -> Room:
    said = FIELDS.match(docstring_of(folder / "__init__.py"))
    if said is None:
        raise ValueError(f"{folder}/__init__.py: its docstring says: purpose, Owns:, Emits:, May know:")
    return Room(storey, folder.name, **{name: " ".join(words.split()).rstrip(".") for name, words in said.groupdict().items()})


def docstring_of(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""


def sources(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file under these folders of `src/twiza` with its syntax tree; migrations are written by a machine."""
    for folder in folders or ("",):
        for path in sorted((SOURCE / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, tree_of(path)


@cache
def tree_of(path: Path) -> ast.Module:
    """Read once: the source does not change while a tool or a test looks at it."""
    return ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def contracts() -> list[dict[str, str]]:
    law: list[dict[str, str]] = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return law


def commands_of_make() -> list[tuple[str, str]]:
    listed = re.findall(r"^([a-z-]+):.*?## (.+)$", Path("Makefile").read_text("utf-8"), re.MULTILINE)
    return [(name, what) for name, what in listed if name != "help"]
