"""Entrypoints call services; they never write through the ORM themselves.

`staff` is exempt: Django's admin writes by itself. What only looks like a row (a dictionary's `update`, a picture's `save`)
is named in NOT_ROWS with the file it stands in.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ENTRYPOINTS = Path("src/twiza/entrypoints")
WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "asave", "acreate", "aupdate", "adelete", "select_for_update", "raw",
}  # fmt: skip
NOT_ROWS = {
    ("web/second_factor.py", "qrcode.make(url, image_factory=SvgPathFillImage).save"): "a picture",
    ("web/sign_in_code.py", "stage.state.update"): "a dictionary of the session",
}


def writes_in(path: Path, root: Path = ENTRYPOINTS) -> list[str]:
    found = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return [
        f"{path}:{call.lineno}: {ast.unparse(call.func)}(…) writes. Put it in the room's services.py and call that."
        for call in found
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITES
        and (path.relative_to(root).as_posix(), ast.unparse(call.func)) not in NOT_ROWS
    ]


def faults() -> list[str]:
    files = (path for path in sorted(ENTRYPOINTS.rglob("*.py")) if path.relative_to(ENTRYPOINTS).parts[0] != "staff")
    return [fault for path in files for fault in writes_in(path)]


if __name__ == "__main__":
    wrong = faults()
    print("\n".join(wrong) or "No entrypoint writes.")
    sys.exit(bool(wrong))
