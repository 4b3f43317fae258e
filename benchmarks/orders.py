"""Ordering over HTTP: the whole way over three cooperatives, the last jars with a crowd, and processes killed in the middle.

Ends the run when one jar too many is sold, or when a killed process leaves half an order behind.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

import httpx

from country import fill_catalogue, fill_directory
from measure import ROOT, fresh_database, percentile, report, size_asked
from serving import HOST, database_process, environment, free_port, processor_seconds, served, wait_for

if TYPE_CHECKING:
    from tests.people import Market

COOPERATIVES = {"small": 60, "full": 600}
PRODUCTS = {"small": 300, "full": 30_000}
FLOWS = {"small": 24, "full": 400}
ROUNDS = {"small": 1, "full": 10}
BUYERS = {"small": 60, "full": 200}
JARS = {"small": 15, "full": 50}
CHECKOUTS = {"small": 60, "full": 200}
ADDRESS = {"name": "Acheteuse", "phone": "0683009999", "place": "Casablanca", "landmark": "Maârif"}
TOKEN = "t" * 32
TOLD_WITHIN_SECONDS = 420  # what a killed worker had begun is begun again within five minutes


class Shop:
    """The web server and the worker as they are shipped, and a way to end both without a word."""

    def __init__(self) -> None:
        self.port = free_port()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.waits: list[float] = []  # milliseconds of each answer, as buyers saw them

    def processor_seconds(self) -> list[float]:
        """Of the web, the worker and the database so far."""
        return [processor_seconds(pid) for pid in (*(process.pid for process in self.processes), database_process())]

    def start(self) -> None:
        web = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(self.port), "--workers", "2",
            "--blocking-threads", "4", "--log-level", "error", "--no-ws", "twiza.config.wsgi:application",
        ]  # fmt: skip
        for command in (web, [sys.executable, "-m", "twiza", "worker"]):
            started = subprocess.Popen(
                command, env=environment(), cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self.processes.append(started)
        wait_for(self.port)

    def kill(self) -> None:
        """As when the power fails: nothing is told, nothing is finished."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)
        self.processes.clear()


@contextmanager
def open_shop() -> Iterator[Shop]:
    shop = Shop()
    shop.start()
    try:
        yield shop
    finally:
        shop.kill()


class Buyer:
    """One visitor's browser, which remembers how far it came."""

    def __init__(self, shop: Shop, variants: list[int]) -> None:
        self.shop, self.variants = shop, variants
        self.cookies = {"csrftoken": TOKEN}
        self.order = ""

    def buys(self) -> bool:
        """The whole way, as fast as the shop answers. True when it ends with an order."""
        with self._browser() as browser:
            for variant in self.variants:
                browser.post("/fr/cart/add/", data={"variant": variant, "quantity": 1})
            self.cookies |= dict(browser.cookies)
            return self._goes_on(browser)

    def comes_back(self) -> bool:
        """With the same basket, after the shop was away: what was ordered is found, what was not is ordered now."""
        if "basket" not in self.cookies:
            return self.buys()
        with self._browser() as browser:
            known = browser.get("/fr/checkout/confirm/").headers.get("Location", "")
            if known.startswith("/fr/orders/"):
                self.order = known
                return True
            return self._goes_on(browser)

    def _goes_on(self, browser: httpx.Client) -> bool:
        if browser.post("/fr/cart/change/", data={"checkout": "1"}).headers["Location"] != "/fr/checkout/":
            return False
        if browser.post("/fr/checkout/", data=ADDRESS).headers["Location"] != "/fr/checkout/confirm/":
            return False
        page = browser.get("/fr/checkout/confirm/").text
        total = page.split('name="expected_total" value="')[1].split('"')[0]
        answer = browser.post("/fr/checkout/confirm/", data={"order": "1", "expected_total": total})
        self.order = answer.headers["Location"] if answer.headers["Location"].startswith("/fr/orders/") else ""
        return bool(self.order)

    def _heard(self, answer: httpx.Response) -> None:
        answer.read()
        self.shop.waits.append(answer.elapsed.total_seconds() * 1000)

    def _browser(self) -> httpx.Client:
        """Without the world's certificates, which take longer to read than an order takes to place."""
        return httpx.Client(
            base_url=f"http://{HOST}:{self.shop.port}",
            cookies=self.cookies,
            headers={"X-CSRFToken": TOKEN},
            timeout=60,
            verify=False,
            event_hooks={"response": [self._heard]},
        )


def main() -> None:
    size = size_asked()
    with fresh_database():
        from tests.people import build_market

        fill_directory(COOPERATIVES[size])
        fill_catalogue(PRODUCTS[size])
        market = build_market()
        with open_shop() as shop:
            figures: dict[str, object] = {"products on sale": PRODUCTS[size]}
            figures |= whole_ways(shop, market, FLOWS[size])
            figures |= last_jars(shop, market, size)
            figures |= killed_in_the_middle(shop, market, CHECKOUTS[size])
            figures |= {"levels recounted": recounted()}
    report("orders", figures)


def whole_ways(shop: Shop, market: Market, how_many: int) -> dict[str, object]:
    """Three cooperatives in one basket, by one buyer after the other and by eight at once."""
    variants = [market.saffron.pk, market.argan.pk, market.honey.pk]
    for variant in variants:
        stock(variant, 10 * how_many)
    Buyer(shop, variants).buys()
    figures: dict[str, object] = {}
    for at_once in (1, 8):
        shop.waits.clear()
        before = shop.processor_seconds()
        began, times = time.perf_counter(), crowd(at_once, how_many, lambda: Buyer(shop, variants).buys())
        spent = time.perf_counter() - began
        for what, first, last in zip(("web", "worker", "database"), before, shop.processor_seconds(), strict=True):
            figures[f"{at_once} at once: {what}, processor ms an order"] = (last - first) * 1000 / how_many
        figures[f"{at_once} at once: orders a second"] = how_many / spent
        figures[f"{at_once} at once: whole way p50, ms"] = percentile(times, 50)
        figures[f"{at_once} at once: whole way p95, ms"] = percentile(times, 95)
        figures[f"{at_once} at once: one answer p95, ms"] = percentile(shop.waits, 95)
    with served("floor:application") as floor:
        figures["8 at once: a page of the floor p95, ms"] = floor.loaded(lambda _number: "/", 5).p95_ms
    return figures


def crowd(at_once: int, how_many: int, act: Callable[[], bool]) -> list[float]:
    """So many whole ways; the milliseconds of each. Ends the run when one fails."""

    def timed(_number: int) -> float:
        began = time.perf_counter()
        if not act():
            raise SystemExit("A buyer could not order what there is.")
        return (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(at_once) as people:
        return list(people.map(timed, range(how_many)))


def last_jars(shop: Shop, market: Market, size: str) -> dict[str, object]:
    """How many orders were had of so many jars, by how many at once: exactly the jars, every time."""
    from twiza.domain.inventory.models import StockLevel

    figures: dict[str, object] = {}
    for at_once in (1, 20, 50):
        sold = []
        for _round in range(1 if at_once == 1 else ROUNDS[size]):
            stock(market.honey.pk, JARS[size])
            with ThreadPoolExecutor(at_once) as people:
                sold.append(sum(people.map(lambda _: Buyer(shop, [market.honey.pk]).buys(), range(BUYERS[size]))))
            level = StockLevel.objects.get(variant=market.honey)
            if sold[-1] != JARS[size] or level.on_hand != level.allocated:
                raise SystemExit(
                    f"{at_once} at once: {sold[-1]} sold of {JARS[size]}, {level.allocated} of {level.on_hand} promised."
                )
        figures[f"{BUYERS[size]} buyers, {JARS[size]} jars, {at_once} at once: sold"] = " ".join(map(str, sold))
    return figures


def killed_in_the_middle(shop: Shop, market: Market, how_many: int) -> dict[str, object]:
    """Web and worker die while so many order; everybody comes back with their basket, and has one whole order."""
    from twiza.domain.orders.models import OrderGroup

    variants = [market.saffron.pk, market.argan.pk, market.honey.pk]
    for variant in variants:
        stock(variant, 2 * how_many)
    before, numbers = OrderGroup.objects.count(), count()
    buyers = [Buyer(shop, variants) for _ in range(how_many)]

    def tries(buyer: Buyer) -> bool:
        if next(numbers) == how_many // 2:
            shop.kill()
        with suppress(httpx.HTTPError, KeyError, IndexError):
            return buyer.buys()
        return False

    with ThreadPoolExecutor(10) as people:
        ordered = sum(people.map(tries, buyers))
    half = OrderGroup.objects.count() - before
    shop.start()
    with ThreadPoolExecutor(10) as people:
        came_back = sum(people.map(lambda buyer: bool(buyer.order) or buyer.comes_back(), buyers))
    groups = OrderGroup.objects.order_by("-pk")[: OrderGroup.objects.count() - before]
    if came_back != how_many or len(groups) != how_many or len({buyer.order for buyer in buyers}) != how_many:
        raise SystemExit(f"{how_many} bought, {came_back} came back, {len(groups)} orders.")
    faults = [fault for group in groups for fault in half_orders(group, len(variants))]
    if faults:
        raise SystemExit("\n".join(faults))
    return {
        f"{how_many} checkouts, killed in the middle: answered before": ordered,
        f"{how_many} checkouts, killed in the middle: written before": half,
        f"{how_many} checkouts, killed in the middle: orders at the end": len(groups),
        f"{how_many} checkouts, killed in the middle: texts, one each": texts_of(groups),
    }


def half_orders(group: object, parts: int) -> Iterator[str]:
    """What of it is missing or doubled."""
    from twiza.domain.orders.models import OrderGroup, OrderLine
    from twiza.domain.payments.models import Payment

    assert isinstance(group, OrderGroup)
    orders = list(group.orders.all())
    owed = sum(Payment.objects.get(reference=f"group:{group.pk}").allocations.values_list("due_centimes", flat=True))
    lines = OrderLine.objects.filter(order__in=orders).count()
    if (len(orders), lines, owed) != (parts, parts, group.total_centimes):
        yield f"{group}: {len(orders)} parts, {lines} lines, {owed} owed of {group.total_centimes}"


def texts_of(groups: object) -> int:
    """Once the worker came through: to each buyer one text, never two."""
    from twiza.domain.orders.models import OrderGroup
    from twiza.foundation.messaging.models import Message

    wanted = [f"group-placed:{group.pk}" for group in groups if isinstance(group, OrderGroup)]  # type: ignore[attr-defined]
    until = time.monotonic() + TOLD_WITHIN_SECONDS
    while time.monotonic() < until:
        told = Message.objects.filter(key__in=wanted).count()
        if told == len(wanted):
            return told
        time.sleep(0.5)
    raise SystemExit(f"{told} of {len(wanted)} buyers were told.")


def stock(variant: int, free: int) -> None:
    """So many may be bought of it, whatever was promised before."""
    from twiza.domain.inventory.models import StockLevel
    from twiza.domain.inventory.services import count_stock

    count_stock(variant, StockLevel.objects.get(variant=variant).allocated + free, by=None)


def recounted() -> int:
    """Every level against its movements. Ends the run when one differs."""
    from twiza.domain.inventory.selectors import stock_faults

    checked, faults = stock_faults()
    mine = [fault for fault in faults if fault["moved"] or fault["promised"]]
    if mine:
        raise SystemExit(str(mine))
    return checked


if __name__ == "__main__":
    main()
