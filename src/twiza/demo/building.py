"""Builds the demonstration, once. The same stage, size and seed give the same country."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.db import connection, transaction

from twiza.demo import people
from twiza.demo.cooperatives import Seller, add_others, certify, open_points, register_seller, say_opening
from twiza.demo.mandates import send_out
from twiza.demo.models import Build
from twiza.demo.offers import make_offers
from twiza.demo.orders import Buying
from twiza.demo.products import Shelf, label_products, say_when_sold
from twiza.demo.progress import Progress
from twiza.demo.quotes import ask_for_quotes
from twiza.demo.register import write_register
from twiza.demo.storefront import open_souk
from twiza.demo.tables import fingerprint, rows_of
from twiza.demo.troubles import sell_on_souk_day, tell_troubles
from twiza.demo.voices import ask_questions, write_reviews
from twiza.domain.directory.services.fiction import mark_batch_fictional
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.ledger.services import RateTerms, set_rate
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import national_storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import acting_through
from twiza.kit import clock

STAGES = ("market",)
SIZES = {"small": 2_600, "directory": 60_000}


@dataclass(frozen=True)
class Wish:
    """What was asked for."""

    stage: str
    size: str
    seed: int


class OtherDemonstration(RuntimeError):
    """The database holds another demonstration, or one that was interrupted: only --reset makes room."""


COMMISSION = RateTerms(percent_basis_points=500)


def is_built(wish: Wish) -> bool:
    """This very demonstration stands. Raises OtherDemonstration when something else does."""
    build = Build.objects.first()
    if build is None:
        return False
    if (build.stage, build.size, build.seed) != (wish.stage, wish.size, wish.seed) or build.finished_at is None:
        raise OtherDemonstration
    return True


def build(wish: Wish, folder: Path, progress: Progress) -> None:
    """The people, their cooperatives, products, storefront and orders, then the rest of the directory.

    All or nothing: an interrupted build leaves nothing behind.
    """
    chance = Random(wish.seed)  # noqa: S311 -- a believable country, not a secret
    with transaction.atomic(), acting_through("system"):
        Build.objects.create(pk=1, stage=wish.stage, size=wish.size, seed=wish.seed, content=fingerprint())
        known = people.welcome_everybody()
        table = rows_of("cooperatives")
        sellers = {
            row["code"]: register_seller(row, position, chance)
            for position, row in enumerate(progress.counted("Selling cooperatives", table, len(table)))
        }
        add_others(sellers, known)
        certify(sellers)
        open_points(sellers)
        say_opening(sellers)
        _put_on_sale(sellers, chance, progress)
        label_products(sellers)
        say_when_sold(sellers)
        souk = open_souk(known["Youssef"], [seller for seller in sellers.values() if seller.place == "khouribga"])
        if souk.operator is not None:
            send_out(known["Hamid"], souk.operator, sellers)
        set_rate("everybody", COMMISSION, reason="What the demonstration begins with", by=None)
        national = national_storefront()
        if national is not None:
            Buying(known["Salma"], national, sellers).tell_the_story()
        progress.say("Baskets, quotes, opinions, complaints and a day at the souk")
        _live(souk, known, sellers)
        _fill_directory(SIZES[wish.size] - len(sellers), folder, chance, progress)
        _finish()
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _put_on_sale(sellers: dict[str, Seller], chance: Random, progress: Progress) -> None:
    shelf, table = Shelf(sellers, chance), rows_of("products")
    for row in progress.counted("Products", table, len(table)):
        shelf.put(row)


def _live(souk: Storefront, known: dict[str, User], sellers: dict[str, Seller]) -> None:
    """A few weeks of a storefront's life, in what is there to see at the end of them."""
    make_offers(souk, known["Youssef"], sellers)
    ask_for_quotes(souk, sellers)
    buying = {name: Buying(known[name], souk, sellers) for name in ("Salma", "Leïla")}
    write_reviews(buying, sellers)
    ask_questions(souk, known["Youssef"], sellers)
    tell_troubles(buying["Leïla"], sellers)
    sell_on_souk_day(sellers["nahla"])


def _fill_directory(how_many: int, folder: Path, chance: Random, progress: Progress) -> None:
    register = folder / "register.csv"
    write_register(register, how_many, chance)
    progress.say(f"Register of {how_many} cooperatives, read by the importer")
    outcome = import_cooperatives(register, on_progress=progress.counting("Cooperatives", how_many))
    if outcome.batch is not None:
        mark_batch_fictional(outcome.batch)
    progress.say(f"{outcome.created} cooperatives imported, {outcome.rejected} rejected")


def _finish() -> None:
    Build.objects.update(finished_at=clock.now())
