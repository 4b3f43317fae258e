"""ARCHITECTURE.md and the rooms' own docstrings say what the code does."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from tools.read_house import SOURCE, folders_of, imported, rooms, sources

ROOMS = {f"{room.storey}/{room.name}": room for room in rooms()}
ARCHITECTURE = Path("ARCHITECTURE.md")


@pytest.fixture(params=sorted(ROOMS))
def room(request):
    return ROOMS[request.param]


def classes_in(*paths: Path) -> list[ast.ClassDef]:
    return [
        node
        for path in paths
        if path.exists()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]


def bases(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).rpartition(".")[2] for base in node.bases}


def is_abstract(node: ast.ClassDef) -> bool:
    return "abstract = True" in ast.unparse(node)


def tables_of(room) -> set[str]:
    """Concrete models: whatever inherits a Django model, or an abstract one of the room or of the foundation."""
    classes = classes_in(room.folder / "models.py", *(room.folder / "models").glob("*.py"))
    lent = classes_in(*(SOURCE / "foundation").glob("*/models.py"))
    ancestors = {"Model", "AbstractBaseUser"} | {node.name for node in [*classes, *lent] if is_abstract(node)}
    return {node.name for node in classes if bases(node) & ancestors and not is_abstract(node)}


def ports_of(room) -> set[str]:
    """Files with the protocol that adapters answer."""
    heard = {name.rpartition(".")[0] for _, tree in sources("adapters") for _, name in imported(tree)}
    here = f"twiza.{room.storey}.{room.name}"
    files = {f"{name.rpartition('.')[2]}.py" for name in heard if name.startswith(f"{here}.")}
    return {file for file in files if any("Protocol" in bases(node) for node in classes_in(room.folder / file))}


def rooms_known_by(room) -> set[str]:
    found = {
        name.split(".")[2]
        for _, tree in sources(f"{room.storey}/{room.name}")
        for _, name in imported(tree)
        if name.startswith(f"twiza.{room.storey}.")
    }
    return found - {room.name}


def floors(storey: str) -> list[set[str]]:
    contracts = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(law["layers"] for law in contracts if law.get("containers") == [f"twiza.{storey}"])
    return [set(re.findall(r"\w+", layer)) for layer in layers]


def test_a_room_owns_what_it_says(room):
    assert room.tables_said | room.ports_said == tables_of(room) | ports_of(room)


def test_a_room_emits_what_it_says(room):
    assert room.events_said - {"nothing"} == {
        node.name for node in classes_in(room.folder / "events.py") if "Event" in bases(node)
    }


def test_a_room_knows_no_more_than_it_says(room):
    assert rooms_known_by(room) <= room.rooms_said


def test_a_room_says_it_knows_only_lower_floors(room):
    layers = floors(room.storey)
    floor = next(index for index, names in enumerate(layers) if room.name in names)
    lower = set().union(*layers[floor + 1 :])

    assert room.rooms_said <= lower | {"the", "kit", "foundation"}


def test_a_room_has_only_known_furniture(room):
    kept = {
        "models",
        "states",
        "services",
        "selectors",
        "rules",
        "forms",
        "events",
        "errors",
        "handlers",
        "locking",
        "search",
        "jobs",
    }
    told = ARCHITECTURE.read_text("utf-8")
    others = {path.stem for path in room.folder.glob("*.py")} - kept - {"__init__", "apps"}

    assert others <= set(re.findall(r"`(\w+)\.py`", told)), "Say in ARCHITECTURE.md what these files are."


def test_the_tree_names_every_folder_of_the_house():
    tree = ARCHITECTURE.read_text("utf-8").split("## The tree", 1)[1].split("```")[1]
    storeys = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    doors = {folder.name for storey in ("entrypoints", "adapters") for folder in folders_of(storey)}

    assert {name for name in storeys | doors if f"{name}/" not in tree} == set()


def test_every_path_that_documents_name_exists():
    told = {
        (document, path)
        for document in [Path("README.md"), ARCHITECTURE, Path("CONTRIBUTING.md"), *Path("docs").rglob("*.md")]
        for path in re.findall(
            r"(?<![\w/])((?:src|tests|tools|docs|entrypoints|adapters|domain|foundation|kit|config|demo)/[\w./-]*\w)(?![\w/<*])",
            document.read_text("utf-8"),
        )
    }

    assert {f"{document}: {path}" for document, path in told if not Path(path).exists() and not (SOURCE / path).exists()} == set()


def test_every_link_between_documents_leads_somewhere():
    documents = [*Path().glob("*.md"), *Path("docs").rglob("*.md")]
    links = {
        (document, link)
        for document in documents
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text("utf-8"))
    }

    assert {f"{document}: {link}" for document, link in links if not (document.parent / link).exists()} == set()
