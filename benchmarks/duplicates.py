"""Finding copies in a register, one row in twenty of which is one. Small is 3,000 rows, full is 60,000.

The search runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from measure import ROOT, fresh_database, report, size_asked

ROWS = {"small": 3_000, "full": 60_000}
# Not the seed that anything was tuned on.
SEED = 31_415
SEARCH = """
import json, re, time
from pathlib import Path
import django
django.setup()
from twiza.domain.directory.selectors.duplicates import find_duplicates
megabytes = lambda: int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before, began, worked = megabytes(), time.monotonic(), time.process_time()
pairs = [(pair.a.id, pair.b.id) for pair in find_duplicates()]
print(json.dumps([pairs, time.monotonic() - began, time.process_time() - worked, before, megabytes()]))
"""


def main() -> None:
    rows = ROWS[size_asked()]
    told: dict[str, object] = {"rows": rows}
    with fresh_database():
        for dirt in ("typing", "writing"):
            told |= {f"{what}, {dirt}": value for what, value in _measured(rows, dirt).items()}
    report("duplicates", told)


def _measured(rows: int, dirt: str) -> dict[str, object]:
    from django.db import connection
    from tests.databases import named
    from tests.domain.directory.dirty_register import dirty_register, save_register

    with connection.cursor() as cursor:
        cursor.execute("truncate directory_organisation cascade")
    planted = save_register(dirty_register(rows, SEED, dirt))
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "DATABASE_URL": named(str(connection.settings_dict["NAME"])), "PYTHONPATH": path}
    answer = subprocess.check_output([sys.executable, "-c", SEARCH], env=environment)
    pairs, seconds, processor_seconds, before_mb, peak_mb = json.loads(answer)
    found = {(first, second) for first, second in pairs}
    return {
        "planted": len(planted),
        "found": len(found),
        "precision": len(found & planted) / len(found),
        "recall": len(found & planted) / len(planted),
        "seconds": seconds,
        "processor seconds": processor_seconds,
        "memory before, MB": before_mb,
        "peak memory, MB": peak_mb,
    }


if __name__ == "__main__":
    main()
