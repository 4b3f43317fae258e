"""What a document says of the code is what the code says. `make reference` writes it anew."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import is_valid_path
from django.utils.translation import override
from tools import draw_map
from tools.write_reference import BLOCKS, written

NOT_OURS = {"DJANGO_SETTINGS_MODULE", "PATH", "PYTHONPATH", "LANG", "LC_ALL"}
SETTINGS = Path("docs/reference/settings.md")
ADDRESS = re.compile(
    r"(?:http://localhost:8000|https://coop\.example|`)(/(?:fr|ar|en|zgh|simulator|healthz|webhooks|ui)/[\w/<>-]*)"
)
READ = re.compile(r"""(?:env\.\w+|os\.environ\.get|os\.environ|env)\s*[\[(]\s*"([A-Z_]+)\"""")


@pytest.mark.parametrize("path", BLOCKS, ids=str)
def test_the_document_says_what_the_code_says(path):
    assert path.read_text("utf-8") == written(path), "Run `make reference`."


def names_read_from_the_environment() -> set[str]:
    files = [path for path in Path("src/twiza").rglob("*.py") if "migrations" not in path.parts]
    return {name for path in files for name in READ.findall(path.read_text("utf-8"))} - NOT_OURS


def test_every_setting_is_documented_and_no_other():
    documented = set(re.findall(r"^### `([A-Z_]+)`", SETTINGS.read_text("utf-8"), re.MULTILINE))

    assert documented == names_read_from_the_environment()


def test_commands_that_the_documents_name_exist():
    ours = set(get_commands())
    documents = [*Path().glob("*.md"), *Path("docs").rglob("*.md")]
    named = {
        (path.name, name)
        for path in documents
        for name in re.findall(r"(?:`|^ *)twiza (\w+)", path.read_text("utf-8"), re.MULTILINE)
    }

    assert {f"{path}: twiza {name}" for path, name in named if name not in ours} == set()


def test_make_targets_that_the_documents_name_exist():
    targets = set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text("utf-8"), re.MULTILINE))
    documents = [*Path().glob("*.md"), *Path("docs").rglob("*.md")]
    named = {
        (path.name, name)
        for path in documents
        for name in re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
    }

    assert {f"{path}: make {name}" for path, name in named if name not in targets} == set()


def test_the_map_shows_the_imports_there_are_and_no_circle():
    graph = draw_map.read_graph()

    assert draw_map.circles(graph) == []
    assert Path("docs/map.md").read_text("utf-8") == draw_map.markdown(graph), "Run `make map`."


def test_a_circle_would_be_named():
    graph = {"a": frozenset({"b"}), "b": frozenset({"c"}), "c": frozenset({"a"}), "d": frozenset({"a"})}

    assert draw_map.circles(graph) == [["a", "b", "c"]]


def test_addresses_that_the_documents_name_answer():
    documents = [*Path().glob("*.md"), *Path("docs").rglob("*.md")]
    named = {
        (path.name, address.replace("<code>", "simulator"))
        for path in documents
        for address in ADDRESS.findall(path.read_text("utf-8"))
    }

    assert {f"{path}: {address}" for path, address in named if not is_answered(address)} == set()
    assert len(named) > 5


def is_answered(address: str) -> bool:
    language = address.split("/")[1]
    with override(language if language in dict(settings.LANGUAGES) else "fr"):
        return is_valid_path(address)
