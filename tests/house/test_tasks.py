"""The page that says which doors a task has names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/tasks-of-a-cooperative.md"
DOORS = ("task", "web", "text", "agent")
_PROOF = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_NO_DOOR = re.compile(r"– \S.{9,}")


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


HEAD, _RULE, *TASKS = rows()


@pytest.mark.parametrize("task", TASKS, ids=[task[0] for task in TASKS])
def test_a_task_is_proven_through_every_door_or_says_why_not(task):
    assert tuple(HEAD) == DOORS
    assert len(task) == len(DOORS)
    for cell in task[1:]:
        proof = _PROOF.fullmatch(cell)
        assert proof or _NO_DOOR.fullmatch(cell), cell
        if proof:
            assert f"def {proof[2]}(" in (ROOT / proof[1]).read_text(encoding="utf-8"), cell


def test_every_task_has_a_door_that_needs_no_screen_or_says_why():
    assert len({task[0] for task in TASKS}) == len(TASKS) > 20
