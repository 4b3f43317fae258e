"""Reading a register: new, then unchanged. Small is 2,600 rows as the demonstration has them, full is 60,000."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path
from random import Random

from measure import fresh_database, report, size_asked

ROWS = {"small": 2_600, "full": 60_000}


def main() -> None:
    rows = ROWS[size_asked()]
    with fresh_database(), tempfile.TemporaryDirectory() as folder:
        from twiza.demo.register import write_register
        from twiza.domain.directory.services.importing.batches import import_cooperatives

        register = Path(folder) / "register.csv"
        write_register(register, rows, Random(7))
        began = time.monotonic()
        first = import_cooperatives(register)
        new_seconds = time.monotonic() - began
        began = time.monotonic()
        second = import_cooperatives(register)
        again_seconds = time.monotonic() - began
        report(
            "import_register",
            {
                "rows": first.rows,
                "created at first": first.created,
                "unchanged the second time": second.unchanged,
                "seconds, new": new_seconds,
                "seconds, again": again_seconds,
                "rows per second, new": first.rows / new_seconds,
                "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            },
        )


if __name__ == "__main__":
    main()
