"""How fast texts are read, and how fast they are received, done and answered.

Ends the run when a text that had to change the stock did not, or when one was done twice.
"""

from __future__ import annotations

import time

from measure import fresh_database, percentile, report, size_asked

READ = {"small": 2_000, "full": 50_000}
RECEIVED = {"small": 60, "full": 2_000}
# More than twenty a minute from one telephone wait for a person.
TEXTS_OF_ONE = 15
MESSAGES = (
    "stock 1 {n}",
    "salam, stock l3ssel {n} chokran",
    "STOCK MIEL DE THYM = {n}",
    "مخزون عسل {n}",
    "prix miel {n} dh",
    "stok mieil {n}",
    "oui {n}",
    "je n'ai pas encore expédié {n}",
    "bonjour comment allez-vous {n}",
    "ch7al b9a mn l3sel",
    "fermé jusqu'au 15/8",
)


def main() -> None:
    size = size_asked()
    with fresh_database():
        rows: dict[str, object] = {**reading(READ[size]), **receiving(RECEIVED[size])}
    report("sms", rows)


def reading(how_many: int) -> dict[str, object]:
    """Messages understood a second, by one process."""
    from twiza.entrypoints.sms.shelf import Item, Shelf
    from twiza.entrypoints.sms.understanding import understand

    shelf = Shelf((Item("1", ("Miel de thym", "عسل الزعتر")), Item("2", ("Amlou aux amandes", "أملو باللوز"))))
    texts = [MESSAGES[at % len(MESSAGES)].format(n=1_000 + at) for at in range(how_many)]
    began = time.process_time()
    for text in texts:
        understand(text, shelf)
    spent = time.process_time() - began
    return {
        "texts read": how_many,
        "texts read a second": round(how_many / spent),
        "microseconds a text": round(spent / how_many * 1e6),
    }


def receiving(how_many: int) -> dict[str, object]:
    """The carrier's post, the change of stock and its answer, one after the other."""
    from django.test import Client
    from tests.jobs import run_jobs
    from tests.people import build_market, person

    from twiza.domain.directory.services.memberships import add_member
    from twiza.domain.inventory.models import StockLevel

    market, client = build_market(), Client()
    members = [person(f"Membre {at}", 4_000 + at) for at in range(how_many // TEXTS_OF_ONE + 1)]
    for member in members:
        add_member(market.honey_cooperative, member, "president", None)
    posted, done = [], []
    for at in range(how_many):
        notice = {"from": members[at // TEXTS_OF_ONE].phone, "text": f"stock 1 {10 + at % 20}", "id": f"bench-{at}"}
        began = time.perf_counter()
        answer = client.post("/webhooks/sms/simulator/inbound", notice)
        heard = time.perf_counter()
        run_jobs()
        posted.append((heard - began) * 1000)
        done.append((time.perf_counter() - began) * 1000)
        on_hand = StockLevel.objects.get(variant=market.honey).on_hand
        if answer.status_code != 204 or on_hand != 10 + at % 20:
            raise SystemExit(f"Text {at} was not done: {answer.status_code}, {on_hand} on hand.")
    return {
        "texts received": how_many,
        "posts a second": round(1000 / (sum(posted) / how_many)),
        "post p95 ms": round(percentile(posted, 95), 1),
        "texts done and answered a second": round(1000 / (sum(done) / how_many), 1),
        "done and answered p95 ms": round(percentile(done, 95), 1),
    }


if __name__ == "__main__":
    main()
