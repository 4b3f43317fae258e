"""Writes what can be read from the code into the documents, between `<!-- name -->` and `<!-- /name -->`.

The house tests fail when a document and the code differ; `make reference` brings them together again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

import django
from tools.read_house import commands_of_make, contracts, docstring_of, folders_of, rooms

LANGUAGES = {"fr": "French", "ar": "Arabic", "ary": "Darija", "zgh": "Tamazight", "en": "English"}
RESULTS = Path("benchmarks/results")
PERFORMANCE = Path("docs/reference/performance.md")
ALWAYS_THERE = {
    "-h",
    "--version",
    "-v",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


def table(head: str, rows: Iterator[tuple[str, ...]]) -> str:
    columns = head.split("|")
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(cell.strip() for cell in line)} |" for line in lines)


def rooms_of(storey: str) -> Callable[[], str]:
    def write() -> str:
        rows = (
            (f"`{room.name}`", room.purpose, room.owns, room.emits, room.may_know) for room in rooms() if room.storey == storey
        )
        return table("room|for|owns|emits|may know", rows)

    return write


def doors() -> str:
    folders = [folder for storey in ("entrypoints", "adapters") for folder in folders_of(storey)]
    rows = ((f"`{folder.parent.name}/{folder.name}`", docstring_of(folder / "__init__.py").splitlines()[0]) for folder in folders)
    return table("folder|for", rows)


def laws() -> str:
    return table("contract|says", ((f"`{law['id']}`", law["name"]) for law in contracts()))


def events() -> str:
    from twiza.foundation.events.subscriptions import Event, subscriptions

    for room in rooms():
        if (room.folder / "events.py").exists():
            import_module(f"twiza.{room.storey}.{room.name}.events")
    heard = subscriptions()
    kinds = sorted(Event.__subclasses__(), key=lambda kind: (kind.__module__, kind.__name__))
    return "\n\n".join(_event(kind, heard.get(kind.__name__, [])) for kind in kinds if kind.__module__.startswith("twiza."))


def _event(kind: type, handlers: list[str]) -> str:
    room = kind.__module__.split(".")[-2]
    said = cleandoc(kind.__doc__ or "")
    own_words = "" if said.startswith(f"{kind.__name__}(") else f"{said}\n\n"
    facts = ", ".join(f"`{name}`" for name in kind.__dataclass_fields__)  # type: ignore[attr-defined]
    heard = "\n".join(f"- `{name}`" for name in sorted(handlers)) or "Nobody hears it yet."
    return f"### {kind.__name__}\n\n{own_words}From `{room}`, with {facts}. Heard by:\n\n{heard}".replace(
        " Heard by:\n\nNobody", " Nobody"
    )


def words() -> str:
    from twiza.entrypoints.sms.lexicon import found_keywords

    return "\n\n".join(_word(intent, keyword) for intent, keyword in found_keywords().items())


def _word(intent: str, keyword: object) -> str:
    said = cleandoc(keyword.__doc__ or "")
    digit = f" Its place in the menu is `{keyword.DIGIT}`." if keyword.DIGIT else ""  # type: ignore[attr-defined]
    rows = (
        (LANGUAGES[code], f"`{spoken[0]}`", ", ".join(spoken[1:]), _taught(keyword, code))
        for code, spoken in keyword.WORDS.items()  # type: ignore[attr-defined]
    )
    return f"### {intent}\n\n{said}{digit}\n\n{table('language|first word|also understood|as help says it', rows)}"


def _taught(keyword: object, code: str) -> str:
    example: str = keyword.HELP.get(code, "").replace("{number}", "1523")  # type: ignore[attr-defined]
    return f"`{example}`" if example else ""


def open_data_fields() -> str:
    from django.utils.translation import override

    from twiza.entrypoints.web.open_data import FIELDS

    with override("en"):
        return table("field|means", ((f"`{name}`", str(meaning)) for name, meaning in FIELDS.items()))


def make_commands() -> str:
    return table("command|does", ((f"`make {name}`", what) for name, what in commands_of_make()))


def twiza_commands() -> str:
    from django.core.management import get_commands, load_command_class

    ours = sorted((name, app) for name, app in get_commands().items() if str(app).startswith("twiza"))
    return "\n\n".join(_command(name, load_command_class(str(app), name).create_parser("twiza", name)) for name, app in ours)


def _command(name: str, parser: argparse.ArgumentParser) -> str:
    told_apart = parser._actions  # noqa: SLF001  (argparse offers no other list of its arguments)
    own = [action for action in told_apart if not ALWAYS_THERE.intersection(action.option_strings or [""])]
    rows = ((f"`{_spelled(action)}`", (action.help or "").replace("|", "\\|").replace("%%", "%")) for action in own)
    told = " ".join((parser.description or "").split())
    return f"### twiza {name}\n\n{told}" + (f"\n\n{table('argument|means', rows)}" if own else "")


def _spelled(action: argparse.Action) -> str:
    name = max(action.option_strings, key=len) if action.option_strings else (action.metavar or action.dest).upper()  # type: ignore[union-attr]
    if action.choices:
        return f"{name} {'/'.join(str(choice) for choice in action.choices)}"
    return f"{name} {action.dest.upper()}" if action.option_strings and action.nargs != 0 else str(name)


def named_in(path: Path) -> list[str]:
    """The blocks a document has places for."""
    return re.findall(r"^<!-- (\w+) -->$", path.read_text("utf-8"), re.MULTILINE)


def measured(name: str) -> Callable[[], str]:
    """The figures that `benchmarks/NAME.py` left, with how, when and where they came about."""

    def write() -> str:
        told = json.loads((RESULTS / f"{name}-full.json").read_text("utf-8"))
        rows = ((what, _figure(figure)) for what, figure in told["figures"].items())
        return f"`{told['command']}` on {told['date']}, {told['machine']}.\n\n{table('what|measured', rows)}"

    return write


def _figure(figure: float | str) -> str:
    """As it is read: a row of figures is text already."""
    if isinstance(figure, str):
        return figure
    return f"{figure:,.2f}" if isinstance(figure, float) else f"{figure:,}"


BLOCKS: dict[Path, dict[str, Callable[[], str]]] = {
    Path("ARCHITECTURE.md"): {"domain": rooms_of("domain"), "foundation": rooms_of("foundation"), "doors": doors, "laws": laws},
    Path("docs/reference/events.md"): {"events": events},
    Path("docs/reference/sms-words.md"): {"words": words},
    Path("docs/reference/open-data.md"): {"fields": open_data_fields},
    PERFORMANCE: {name: measured(name) for name in named_in(PERFORMANCE)},
    Path("docs/reference/commands.md"): {"make": make_commands, "twiza": twiza_commands},
}


def written(path: Path) -> str:
    """The document as the code would have it."""
    text = path.read_text("utf-8")
    for name, write in BLOCKS[path].items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        if not between.search(text):
            raise ValueError(f"{path} has no place for {name}: <!-- {name} --> … <!-- /{name} -->")
        block = f"\n{write()}\n"
        text = between.sub(lambda found, block=block: f"{found[1]}{block}{found[2]}", text)  # type: ignore[misc]
    return text


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twiza.config.settings")
    os.environ.setdefault("SECRET_KEY", "only-for-documents")
    django.setup()
    for path in BLOCKS:
        path.write_text(written(path), "utf-8")


if __name__ == "__main__":
    main()
