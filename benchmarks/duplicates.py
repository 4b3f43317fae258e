"""Finding copies in a register, one row in twenty of which is one. Small is 3,000 rows, full is 60,000."""

from __future__ import annotations

import resource
import time

from measure import fresh_database, report, size_asked

ROWS = {"small": 3_000, "full": 60_000}
# Not the seed that anything was tuned on.
SEED = 31_415


def main() -> None:
    rows = ROWS[size_asked()]
    told: dict[str, object] = {"rows": rows}
    with fresh_database():
        from django.db import transaction

        for dirt in ("typing", "writing"):
            with transaction.atomic():
                told |= {f"{what}, {dirt}": value for what, value in _measured(rows, dirt).items()}
                transaction.set_rollback(True)
    report("duplicates", told)


def _measured(rows: int, dirt: str) -> dict[str, object]:
    from django.db import connection
    from tests.domain.directory.dirty_register import dirty_register, save_register

    from twiza.domain.directory.selectors.duplicates import find_duplicates

    planted = save_register(dirty_register(rows, SEED, dirt))
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.monotonic()
    found = {(pair.a.id, pair.b.id) for pair in find_duplicates()}
    seconds = time.monotonic() - began
    return {
        "planted": len(planted),
        "found": len(found),
        "precision": len(found & planted) / len(found),
        "recall": len(found & planted) / len(planted),
        "seconds": seconds,
        "memory before, MB": before_mb,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main()
