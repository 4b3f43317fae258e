"""The laws of ARCHITECTURE.md, executed."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from tools import check_entrypoints_do_not_write
from tools.read_house import imported, sources

WEB_FRAMEWORK = (
    "django.http",
    "django.shortcuts",
    "django.contrib.messages",
    "django.views",
    "django.urls",
    "django.dispatch",
    "django.db.models.signals",
)
LONGEST_FILE = 500
LONGEST_FILE_OF_THE_KIT = 150
LONGEST_FUNCTION = 60


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := Path(name)).is_file()]


def test_the_import_contracts_hold():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": "src"},
    )  # fmt: skip

    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_the_tables_are_as_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_file_is_too_long_to_read():
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path, _ in sources()}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long_to_read():
    functions = [
        (f"{path}: {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert {name: lines for name, lines in functions if lines > LONGEST_FUNCTION} == {}


def test_entrypoints_call_services_and_never_write_rows():
    assert check_entrypoints_do_not_write.faults() == []


@pytest.mark.parametrize("code", ["Order.objects.create(x=1)", "order.save()", "Cart.objects.filter(pk=1).delete()"])
def test_a_write_in_an_entrypoint_would_be_found(tmp_path, code):
    (tmp_path / "view.py").write_text(code)

    assert len(check_entrypoints_do_not_write.writes_in(tmp_path / "view.py", tmp_path)) == 1


def test_rows_are_locked_in_locking_files_only():
    locking = {
        str(path)
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "select_for_update"
    }

    assert {path for path in locking if not path.endswith("/locking.py")} == set()


def test_where_a_parcel_is_has_one_writer():
    writers = {
        str(path)
        for path, tree in sources("domain", "entrypoints")
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("fulfilment.status")
    }

    assert {path.rpartition("twiza/")[2] for path in writers} == {"domain/orders/services/parcels.py"}


def test_the_business_knows_no_http_and_no_signals():
    found = [(path, line, name) for path, tree in sources("domain", "foundation", "kit") for line, name in imported(tree)]

    assert [f"{path}:{line}: {name}" for path, line, name in found if name.startswith(WEB_FRAMEWORK)] == []


def test_nothing_names_a_machine_or_where_packages_come_from():
    forbidden = re.compile(
        "|".join([r"(?<![\w.])/" + r"work/", "pypi" + r"\.org", "files.python" + "hosted", "/home/" + r"\w+/"])
    )
    text = [
        path
        for path in tracked_files()
        if path.suffix in {".py", ".md", ".toml", ".lock", ".txt", ".html", ".css", ".js", ".po", ".svg", ".sh", ""}
    ]

    assert [str(path) for path in text if forbidden.search(path.read_text("utf-8", errors="ignore"))] == []


def test_nothing_is_left_for_later_in_a_comment():
    later = re.compile(r"#.*\b(" + "TO" + "DO|FIX" + "ME|XXX)\\b")

    assert [str(path) for path, _ in sources() if later.search(path.read_text("utf-8"))] == []


def test_no_module_has_a_name_that_says_nothing():
    vague = {"utils", "helpers", "common", "misc", "manager", "managers", "base"}

    assert [str(path) for path, _ in sources() if path.stem in vague] == []


def test_the_kit_stays_small():
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path, _ in sources("kit")}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE_OF_THE_KIT} == {}
