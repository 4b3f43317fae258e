"""Reading a register: dry, new, unchanged, then taken back. Small is 2,600 rows as the demonstration has them, full is 60,000."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

from measure import fresh_database, report, size_asked

ROWS = {"small": 2_600, "full": 60_000}
Result = TypeVar("Result")


def main() -> None:
    rows = ROWS[size_asked()]
    with fresh_database(), tempfile.TemporaryDirectory() as folder:
        from twiza.demo.register import write_register
        from twiza.domain.directory.services.importing.batches import import_cooperatives
        from twiza.domain.directory.services.importing.undoing import undo_import

        register = Path(folder) / "register.csv"
        write_register(register, rows, Random(7))
        dry, dry_seconds, dry_processor = timed(lambda: import_cooperatives(register, dry_run=True))
        first, new_seconds, new_processor = timed(lambda: import_cooperatives(register))
        second, again_seconds, _processor = timed(lambda: import_cooperatives(register))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        undone, undo_seconds, _processor = timed(lambda: undo_import(first.batch or 0, by=None))
        report(
            "import_register",
            {
                "rows": first.rows,
                "created, dry": dry.created,
                "created at first": first.created,
                "unchanged the second time": second.unchanged,
                "removed by the undoing": undone.removed,
                "seconds, dry": dry_seconds,
                "seconds, new": new_seconds,
                "seconds, again": again_seconds,
                "seconds, undone": undo_seconds,
                "processor seconds of Python, dry": dry_processor,
                "processor seconds of Python, new": new_processor,
                "rows per second, new": first.rows / new_seconds,
                "peak memory of reading, MB": memory,
                "processors": os.cpu_count(),
                "load of the machine, 15 minutes": os.getloadavg()[2],
            },
        )


def timed(run: Callable[[], Result]) -> tuple[Result, float, float]:
    """The answer, the seconds it took, and those of this process's processor."""
    began, processor = time.monotonic(), time.process_time()
    answer = run()
    return answer, time.monotonic() - began, time.process_time() - processor


if __name__ == "__main__":
    main()
