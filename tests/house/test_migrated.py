"""The database that the tests copy is named after every file that a migration reads."""

import ast
from pathlib import Path

from tools.read_house import SOURCE, imported

from tests.databases import read_by_migrations


def file_of(name: str) -> Path:
    """Of a module, or of something in it."""
    path = SOURCE.parent / name.replace(".", "/")
    return next(file for stem in (path, path.parent) for file in (stem.with_suffix(".py"), stem / "__init__.py") if file.exists())


def test_what_migrations_import_names_the_database():
    read = read_by_migrations()
    acting = [path for path in read if path.suffix == ".py" and "models" not in (path.stem, path.parent.name)]

    found = {
        file_of(name) for path in acting for _, name in imported(ast.parse(path.read_text("utf-8"))) if name.startswith("twiza.")
    }

    assert SOURCE / "foundation/versions/triggers.py" in found
    assert found <= read
