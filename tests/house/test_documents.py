"""The front door says what a newcomer needs, and each decision has its four parts."""

import re
import tomllib
from pathlib import Path

import pytest

DECISIONS = sorted(Path("docs/decisions").glob("*.md"))
PARTS = ["Context", "Decision", "Consequences", "Alternatives"]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem[:4])
def test_a_decision_is_one_screen_in_four_parts(path):
    text = path.read_text("utf-8")

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    assert text.startswith(f"# {path.stem[:4]} · ")
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_without_a_gap():
    assert [int(path.stem[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_every_library_that_runs_has_its_reason():
    wanted = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=~! ]", name)[0] for name in wanted}
    told = Path("docs/decisions/0004-the-libraries-we-stand-on.md").read_text("utf-8").split("What checks")[0]

    assert {name for name in names if f"`{name}`" not in told} == set()


def test_the_first_screen_says_what_it_is_shows_it_and_starts_it():
    screen = "\n".join(Path("README.md").read_text("utf-8").splitlines()[:20])

    assert "cooperatives" in screen
    assert len(re.findall(r"!\[[^\]]+\]\(docs/pictures/home\.png\)", screen)) == 1
    assert [
        command for command in ("make demo", "make test", "apt-get install -y git make python3-venv") if command not in screen
    ] == []


def test_documents_are_written_in_one_spelling():
    american = re.compile(r"\b(organiz|color\b|behavior|fulfillment|catalog\b|center\b|recogniz|customiz)", re.IGNORECASE)
    documents = [*Path().glob("*.md"), *Path("docs").rglob("*.md")]

    found = {
        f"{path}: {word}"
        for path in documents
        for word in american.findall(re.sub(r"`[^`]*`|```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL))
    }

    assert found == set()
