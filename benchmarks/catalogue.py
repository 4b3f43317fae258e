"""Public pages over two sizes of catalogue, beside the floor: small is 2,000 and 20,000 products, full 10,000 and 1,000,000."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator

from country import fill_catalogue, fill_directory
from measure import fresh_database, report, size_asked
from serving import Address, Loaded, Site, environment, served

COOPERATIVES = {"small": (600, 4_000), "full": (2_600, 60_000)}
PRODUCTS = {"small": (2_000, 20_000), "full": (10_000, 1_000_000)}
SECONDS = {"small": 1.0, "full": 4.0}
# A number that nobody asked with makes each address new: no page that is kept whole answers. Parts that other pages show too
# may be in memory, as they are for a visitor with a basket.
PAGES = {
    "home": "/fr/",
    "list": "/fr/products/?",
    "list in Arabic": "/ar/products/?",
    "list, by price": "/fr/products/?sort=cheapest",
    "list, one kind": "/fr/products/?kind=honey.thyme",
    "list, one region": "/fr/products/?region=09",
    "list, one region, by price": "/fr/products/?region=09&sort=cheapest",
    "product": "/fr/products/{slug}/",
    "search": "/fr/search/?q=miel+azilal",
    "search, misspelt": "/fr/search/?q=safron+taroudante",
}
KEPT = ("home", "list", "product")
# Something else each time, so that hardly a part was shown before.
OTHERS = {"list, another page each time": "/fr/products/?page={page}", "product, another each time": "/fr/products/{slug}/"}
LAST_PAGE, OTHER_PRODUCTS = 400, 5_000


def main() -> None:
    size = size_asked()
    figures: dict[str, object] = {}
    with fresh_database():
        done = 0
        for cooperatives, products in zip(COOPERATIVES[size], PRODUCTS[size], strict=True):
            began = time.monotonic()
            fill_directory(cooperatives)
            fill_catalogue(products - done, first=done)
            figures[f"{products:,}: written, s"] = time.monotonic() - began
            done = products
            began = time.monotonic()
            build_index()
            figures[f"{products:,}: index built, s"] = time.monotonic() - began
            figures |= {f"{products:,}: {name}": value for name, value in page_figures(SECONDS[size]).items()}
        fewer, more = (f"{products:,}" for products in PRODUCTS[size])
        figures |= dict(growth(figures, fewer, more))
    report("catalogue", figures)


def build_index() -> None:
    """In a process of its own, as operators do."""
    import subprocess
    import sys

    subprocess.run([sys.executable, "-m", "twiza", "rebuild_search"], env=environment(), check=True, stdout=subprocess.DEVNULL)


def page_figures(seconds: float) -> dict[str, object]:
    figures: dict[str, object] = {}
    with served("twiza.config.wsgi:application") as site, served("floor:application") as floor:
        for name, pattern in PAGES.items():
            path = pattern.format(slug=some_slug())
            asked = f"{path}{'&' if '?' in path else '?'}n="
            page, beside = with_floor(site, floor, lambda number, asked=asked: f"{asked}{number}", seconds)
            figures |= {
                f"{name}, processor ms": page.processor_ms,
                f"{name}, of them the database's": page.database_ms,
                f"{name}, p95 of eight at once, ms": page.p95_ms,
                f"{name}, floor / processor": beside.processor_ms / page.processor_ms,
                f"{name}, rate / floor": page.rate / beside.rate,
                f"{name}, zipped kB": len(gzip.compress(site.ask(path), 6)) / 1000,
            }
            if name in KEPT:
                kept, beside = with_floor(site, floor, lambda _number, path=path: path, seconds)
                figures |= {
                    f"{name} kept, processor ms": kept.processor_ms,
                    f"{name} kept, floor / processor": beside.processor_ms / kept.processor_ms,
                    f"{name} kept, rate / floor": kept.rate / beside.rate,
                }
        for name, pattern in OTHERS.items():
            page, beside = with_floor(site, floor, others(pattern), seconds)
            figures |= {
                f"{name}, processor ms": page.processor_ms,
                f"{name}, floor / processor": beside.processor_ms / page.processor_ms,
                f"{name}, rate / floor": page.rate / beside.rate,
            }
    return {**questions(), **figures}


def others(pattern: str) -> Address:
    """The n-th request asks for something the one before did not."""
    slugs = some_slugs(OTHER_PRODUCTS)
    return lambda number: pattern.format(page=2 + number % (LAST_PAGE - 1), slug=slugs[number % len(slugs)])


def with_floor(site: Site, floor: Site, address: Address, seconds: float) -> tuple[Loaded, Loaded]:
    """The page, and the mean of the floor before and after."""
    before = floor.loaded(lambda _number: "/", seconds / 2)
    page = site.loaded(address, seconds)
    after = floor.loaded(lambda _number: "/", seconds / 2)
    mean = Loaded(
        rate=(before.rate + after.rate) / 2,
        site_ms=(before.site_ms + after.site_ms) / 2,
        database_ms=(before.database_ms + after.database_ms) / 2,
        p95_ms=(before.p95_ms + after.p95_ms) / 2,
        bytes=before.bytes,
    )
    return page, mean


def questions() -> dict[str, object]:
    """How many each page puts to the database."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, found = Client(), {}
    client.get("/ar/products/?page=7")  # what a process asks once
    for name, pattern in PAGES.items():
        path = pattern.format(slug=some_slug())
        for when in ("questions while nothing of it is in memory", "questions"):
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            found[f"{name}, {when}"] = len(asked)
    return found


def some_slug() -> str:
    return some_slugs(501)[500]


def some_slugs(many: int) -> list[str]:
    from twiza.domain.catalogue.models import Product

    return list(Product.objects.order_by("pk").values_list("slug", flat=True)[:many])


def growth(figures: dict[str, object], fewer: str, more: str) -> Iterator[tuple[str, float]]:
    """How much dearer each page is in the larger catalogue; wanted is at most one and a half."""
    for name in (*PAGES, *OTHERS):
        small, large = (figures[f"{size}: {name}, processor ms"] for size in (fewer, more))
        if isinstance(small, float) and isinstance(large, float):
            yield f"{name}: {more} / {fewer}", large / small


if __name__ == "__main__":
    main()
