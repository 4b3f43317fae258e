"""Everything `make check` looks at, one line each: what holds, and what does not with the tool's own words."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS: dict[str, list[str]] = {
    "format": ["ruff", "format", "--check", "-q", "src", "tests", "tools", "benchmarks"],
    "lint": ["ruff", "check", "-q", "src", "tests", "tools", "benchmarks"],
    "types": ["mypy"],
    "import contracts": ["lint-imports"],
    "entrypoints do not write": ["python", "tools/check_entrypoints_do_not_write.py"],
    "templates": ["python", "tools/check_templates.py"],
    "migrations": ["python", "-m", "twiza", "makemigrations", "--check", "--dry-run"],
    "translations": ["python", "tools/messages.py", "check"],
}


def holds(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    done = subprocess.run([str(BIN / command[0]), *command[1:]], capture_output=True, text=True, check=False, env=environment())
    took = time.monotonic() - began
    print(f"{'✓' if done.returncode == 0 else '✗'} {name} ({took:.0f} s)")
    if done.returncode != 0:
        print(done.stdout + done.stderr)
    return done.returncode == 0


def environment() -> dict[str, str]:
    return {**os.environ, "SECRET_KEY": "only-for-checks", "DEMO": "1"}


def main() -> None:
    results = [holds(name, command) for name, command in CHECKS.items()]
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
