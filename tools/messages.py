"""The words to translate: `gather` writes them into locale/*/LC_MESSAGES/django.po, `check` says what is missing.

Pure Python, so that nobody needs GNU gettext: Python sources are read as syntax trees, templates through
Django's own `templatize`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path("src/twiza")
LANGUAGES = ("fr", "ar", "zgh")
COMPLETE = ("fr", "ar")
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    "zgh": "nplurals=1; plural=0;",
}
CALL = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(\s*({STRING})(?:\s*,\s*({STRING}))?(?:\s*,\s*({STRING}))?")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


class Words(NamedTuple):
    context: str | None
    single: str
    plural: str | None


def in_python(path: Path) -> Iterator[Words]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and (name := _called(node.func)) in CALL:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if texts:
                yield _words(name, texts)


def in_template(path: Path) -> Iterator[Words]:
    for found in IN_TEMPLATE.finditer(templatize(path.read_text("utf-8"), origin=str(path))):
        texts = [ast.literal_eval(text.removeprefix("u")) for text in found.groups()[1:] if text]
        yield _words(found[1], texts)


def _called(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _words(name: str, texts: list[str]) -> Words:
    bare = name.removesuffix("_lazy")
    context = texts.pop(0) if "pgettext" in bare else None
    return Words(context, texts[0], texts[1] if bare.startswith("n") and len(texts) > 1 else None)


@cache
def gathered() -> dict[tuple[str | None, str], tuple[Words, list[str]]]:
    """Every text with the files it stands in."""
    found: dict[tuple[str | None, str], tuple[Words, list[str]]] = {}
    sources = [(path, in_python) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
    sources += [
        (path, in_template) for pattern in ("*.html", "*.txt") for path in sorted(SOURCE.rglob(f"templates/**/{pattern}"))
    ]
    for path, read in sources:
        for words in read(path):
            kept, places = found.setdefault((words.context, words.single), (words, []))
            if words.plural and not kept.plural:
                found[(words.context, words.single)] = (words, places)
            if str(path) not in places:
                places.append(str(path.relative_to(SOURCE)))
    return found


def po_path(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def gather() -> None:
    """The .po files hold exactly the texts of the sources; translations are kept, those not used any more go."""
    found = gathered()
    for language in LANGUAGES:
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = {(entry.msgctxt, entry.msgid): entry for entry in (polib.pofile(str(path)) if path.exists() else [])}
        after = polib.POFile(wrapwidth=110)
        after.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language, "Plural-Forms": PLURALS[language]}
        for key in sorted(found, key=lambda pair: (pair[1].casefold(), pair[1], pair[0] or "")):
            after.append(_entry(found[key], before.get(key), language))
        after.save(str(path))


def _entry(found: tuple[Words, list[str]], before: polib.POEntry | None, language: str) -> polib.POEntry:
    words, places = found
    entry = polib.POEntry(msgctxt=words.context, msgid=words.single, occurrences=[(place, "") for place in sorted(set(places))])
    if words.plural:
        forms = int(PLURALS[language][9])
        entry.msgid_plural = words.plural
        entry.msgstr_plural = {form: (before.msgstr_plural.get(form, "") if before else "") for form in range(forms)}
    else:
        entry.msgstr = before.msgstr if before else ""
    return entry


def faults() -> list[str]:
    """What a reader of French or Arabic would see in English, and translations that lost a placeholder."""
    found, wrong = gathered(), []
    for language in COMPLETE:
        known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(po_path(language)))}
        for key, (words, places) in found.items():
            entry = known.get(key)
            texts = [] if entry is None else list(entry.msgstr_plural.values()) if words.plural else [entry.msgstr]
            if not texts or not all(texts):
                wrong.append(f"{language}: not translated: {words.single!r} ({places[0]})")
            elif not words.plural and _placeholders(words.single) != _placeholders(texts[0]):
                wrong.append(f"{language}: other placeholders: {words.single!r} → {texts[0]!r}")
    return wrong


def _placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def main() -> None:
    settings.configure(USE_I18N=True)
    django.setup()
    if sys.argv[1:] == ["gather"]:
        gather()
    wrong = faults()
    print("\n".join(wrong) or "Every text is translated.")
    sys.exit(bool(wrong) and sys.argv[1:] == ["check"])


if __name__ == "__main__":
    main()
