"""What every benchmark shares: a database of its own, pairs timed in turn, a table, and a JSON file.

Speed is only claimed as a ratio inside one run: the machine's own speed drifts by more than most improvements.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results"
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("SECRET_KEY", "only-for-benchmarks")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twiza.config.settings")


def size_asked() -> str:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", choices=["small", "full"], default="full")
    return str(parser.parse_args().size)


@contextmanager
def fresh_database() -> Iterator[None]:
    """A migrated database that nothing else uses, gone afterwards."""
    from twiza.config.database import hold_database

    hold_database()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("collectstatic", interactive=False, verbosity=0)
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(str(before), verbosity=0)


def in_turn(pairs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median processor milliseconds of each, run A B A B … so that a drifting machine drifts for all."""
    for run in pairs.values():
        run()
    spent: dict[str, list[float]] = {name: [] for name in pairs}
    for _round in range(rounds):
        for name, run in pairs.items():
            began = time.process_time()
            run()
            spent[name].append((time.process_time() - began) * 1000)
    return {name: statistics.median(times) for name, times in spent.items()}


def percentile(values: list[float], at: int) -> float:
    """The value that `at` in a hundred do not pass."""
    return sorted(values)[max(0, -(-len(values) * at // 100) - 1)]


def peak_megabytes() -> float:
    """The most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(name: str, rows: dict[str, object]) -> None:
    """Prints the table and keeps it as JSON in `results/`: what docs/reference/performance.md is written from."""
    size = size_asked()
    print(f"\n{name}, {size}")
    for label, value in rows.items():
        print(f"  {label:<44} {value:.2f}" if isinstance(value, float) else f"  {label:<44} {value}")
    told = {
        "command": f"python benchmarks/{name}.py --size {size}",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[2]:.0f}",
        "figures": {label: round(value, 2) if isinstance(value, float) else value for label, value in rows.items()},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}-{size}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
