"""The directory and the search over it: small is 2,600 cooperatives and 13,000 products, full 60,000 and 300,000."""

from __future__ import annotations

import csv
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from country import fill_catalogue, fill_directory
from measure import ROOT, fresh_database, in_turn, peak_megabytes, percentile, report, size_asked

COOPERATIVES = {"small": 2_600, "full": 60_000}
PRODUCTS = {"small": 13_000, "full": 300_000}
ASKED = 1_000
# Pages as a person opens them; the ratio is to a page of 24 rows and a template, the least this framework can do.
PAGES = {
    "home": "/fr/",
    "list": "/fr/cooperatives/",
    "list in Arabic": "/ar/cooperatives/",
    "list, page 500": "/fr/cooperatives/?page=500",
    "list, one region": "/fr/cooperatives/?region=09",
    "list, one region and sector": "/fr/cooperatives/?region=09&sector=ARTI",
    "list, words": "/fr/cooperatives/?q=al+amal+taroudant",
    "map": "/fr/cooperatives/map/",
    "products": "/fr/products/",
    "search": "/fr/search/?q=miel+azilal",
    "search, misspelt": "/fr/search/?q=safron+taroudante",
    "suggestions": "/fr/search/suggest/?q=zafr",
    "sitemap": "/sitemap.xml",
}


def main() -> None:
    size = size_asked()
    with fresh_database():
        figures: dict[str, object] = {"cooperatives": COOPERATIVES[size], "products": PRODUCTS[size]}
        began = time.monotonic()
        fill_directory(COOPERATIVES[size])
        figures["register read, s"] = time.monotonic() - began
        began = time.monotonic()
        fill_catalogue(PRODUCTS[size])
        figures["products written in bulk, s"] = time.monotonic() - began
        figures |= index_figures() | search_figures() | page_figures() | feed_figures()
        report("directory", figures)


def index_figures() -> dict[str, object]:
    """In a process of its own, so that its memory is its own."""
    built = apart("rebuild_search")
    from twiza.foundation.search.generations import home

    files = [path for path in home().rglob("*") if path.is_file()]
    return {**built.told("index built"), "index on disk, MB": sum(path.stat().st_size for path in files) / 1e6}


def feed_figures() -> dict[str, object]:
    """What an import leaves behind: every cooperative noted as changed."""
    from twiza.domain.directory.models import Organisation
    from twiza.foundation.search.services import note_changes

    began = time.monotonic()
    note_changes("cooperative", list(Organisation.objects.values_list("pk", flat=True)), alone=True)
    noted = time.monotonic() - began
    fed = apart("shell", "--no-imports", "-c", "from twiza.foundation.search.services import feed_index; print(feed_index())")
    return {"changes noted, s": noted, **fed.told("changes fed")}


class Spent(NamedTuple):
    """By a process of its own."""

    seconds: float
    processor_seconds: float
    megabytes: float

    def told(self, what: str) -> dict[str, object]:
        return {
            f"{what}, s": self.seconds, f"{what}, processor s": self.processor_seconds, f"{what}, peak MB": self.megabytes,
        }  # fmt: skip


def apart(*command: str) -> Spent:
    """By `twiza …` over this database."""
    from django.conf import settings
    from django.db import connection

    from twiza.config.database import database_url

    address = database_url().replace("/twiza?", f"/{connection.settings_dict['NAME']}?")
    environment = os.environ | {
        "DATABASE_URL": address, "PYTHONPATH": str(ROOT / "src"), "SEARCH_FOLDER": str(settings.SEARCH_FOLDER),
    }  # fmt: skip
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen([sys.executable, "-m", "twiza", *command], env=environment, cwd=ROOT)
    most = 0.0
    while child.poll() is None:
        most = max(most, megabytes_of(child.pid))
        time.sleep(0.25)
    if child.returncode:
        raise SystemExit(f"twiza {command[0]} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(time.monotonic() - began, processor, most)


def megabytes_of(process: int) -> float:
    """Of this process and those it started; what several share is counted once, and so are files they look into."""
    folder = Path("/proc") / str(process)
    try:
        told = dict(line.split(":") for line in (folder / "smaps_rollup").read_text().splitlines()[1:])
        children = (folder / "task" / str(process) / "children").read_text().split()
    except (OSError, ValueError):  # it has just ended
        return 0.0
    return int(told["Pss"].split()[0]) / 1024 + sum(megabytes_of(int(child)) for child in children)


def queries() -> list[tuple[str, str]]:
    """(text, kind) of what the tests of relevance ask, the same thousand each time."""
    asked = []
    for table in sorted((ROOT / "tests" / "relevance").glob("*.tsv")):
        lines = [line for line in table.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        asked += [(row["query"], row["kind"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    return Random(7).sample(asked, ASKED)


def search_figures() -> dict[str, object]:
    from twiza.foundation.search.selectors import search, suggest

    asked = queries()
    for text, kind in asked[:20]:
        search(text, kind)
    forget_answers()
    before = peak_megabytes()
    begun = [text[: 2 + number % max(1, len(text) - 1)] for number, (text, _kind) in enumerate(asked)]
    spent = {
        "search with facets": [timed(lambda text=text, kind=kind: search(text, kind)) for text, kind in asked],
        "search": [timed(lambda text=text, kind=kind: search(text, kind, with_facets=False)) for text, kind in asked],
        "suggestions": [timed(lambda text=text: suggest(text)) for text in begun],
    }
    figures: dict[str, object] = {}
    for name, times in spent.items():
        for at in (50, 95, 99):
            figures[f"{name}, p{at}, processor ms"] = percentile([processor for processor, _whole in times], at)
        figures[f"{name}, p95, whole ms"] = percentile([whole for _processor, whole in times], 95)
    return {**figures, "memory that searching adds, MB": peak_megabytes() - before}


def forget_answers() -> None:
    """Each is asked as if nobody had asked it before."""
    from twiza.foundation.search.reader import open_index

    reader = open_index()
    if reader is not None:
        reader.answered.clear()


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of this thread on a processor, and by the clock: other work on the machine lengthens only the second."""
    processor, whole = time.thread_time(), time.perf_counter()
    run()
    return (time.thread_time() - processor) * 1000, (time.perf_counter() - whole) * 1000


def page_figures() -> dict[str, object]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from list_page import floor

    client = Client()
    figures: dict[str, object] = {}
    floor_ms = None
    for name, address in PAGES.items():
        with CaptureQueriesContext(connection) as questions:
            answer = client.get(address)
        asked = len(questions)  # the next request forgets them
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        spent = in_turn({"page": lambda address=address: client.get(address), "floor": lambda: floor(client)}, 10)
        floor_ms = floor_ms or spent["floor"]
        whole = statistics.median(timed(lambda address=address: client.get(address))[1] for _ in range(7))
        figures |= {
            f"{name}: questions to the database": asked,
            f"{name}, whole ms": whole,
            f"{name}, processor ms": spent["page"],
            f"{name}, processor / floor": spent["page"] / spent["floor"],
        }
    return {"floor, processor ms": floor_ms, **figures}


if __name__ == "__main__":
    main()
