"""A country for benchmarks: cooperatives read from a register, and their products written in bulk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from django.db.models import Model

    from twiza.domain.catalogue.models import Product, ProductKind

AT_ONCE = 2_000
MOST_OF_ONE = 400
# What makers add to a name, so that names are about as different as in a market.
SAID_BESIDE = ("", "", "beldi", "bio", "de montagne", "artisanal", "de la coopérative", "première récolte")


class Maker(NamedTuple):
    """A cooperative that sells, and the names of its commune."""

    cooperative: int
    place_fr: str
    place_ar: str


def fill_directory(how_many: int) -> None:
    """So many cooperatives in real communes of every region, read by the importer."""
    from twiza.demo.register import write_register
    from twiza.domain.directory.services.importing.batches import import_cooperatives

    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.csv"
        write_register(register, how_many, Random(7))
        import_cooperatives(register)


def fill_catalogue(how_many: int, first: int = 0) -> None:
    """So many products on sale, numbered from `first`, each with a price and stock; a cooperative in three sells nothing.

    Written without triggers, by a superuser of the database: what they keep in step is empty, and nobody reads meanwhile.
    """
    from django.db import connection

    chance = Random(7 + first)
    products = _products(range(first, first + how_many), _makers(), chance)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        while some := list(islice(products, AT_ONCE)):
            _on_sale(some, chance)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("analyze")


def _makers() -> list[Maker]:
    from twiza.domain.directory.models import Organisation

    rows = Organisation.objects.filter(kind="cooperative", products__isnull=True).order_by("pk")
    told = rows.values_list("pk", "published_revision__commune__name_fr", "published_revision__commune__name_ar")
    return [Maker(*row) for number, row in enumerate(told) if number % 3]


def _products(numbers: range, makers: list[Maker], chance: Random) -> Iterator[Product]:
    from twiza.demo.tables import rows_of
    from twiza.domain.catalogue.models import ProductKind

    lines, kinds = rows_of("products"), ProductKind.objects.in_bulk()
    made: dict[int, int] = {}
    for number in numbers:
        maker = chance.choice(makers)
        made[maker.cooperative] = min(made.get(maker.cooperative, 0) + 1, MOST_OF_ONE)
        yield _product(number, maker, made[maker.cooperative], chance.choice(lines), kinds, chance)


def _product(
    number: int, maker: Maker, short_number: int, line: dict[str, str], kinds: dict[str, ProductKind], chance: Random
) -> Product:
    from django.utils import timezone
    from django.utils.text import slugify

    from twiza.domain.catalogue.models import Product
    from twiza.kit.folding import fold_words

    beside = f" {chance.choice(SAID_BESIDE)}".rstrip()
    is_named_after_place = chance.random() < 0.3
    name_fr = f"{line['name_fr']}{beside}" + (f", {maker.place_fr}" if is_named_after_place else "")
    name_ar = f"{line['name_ar']} {maker.place_ar}" if is_named_after_place else line["name_ar"]
    return Product(
        cooperative_id=maker.cooperative, kind_id=line["kind"], slug=f"{slugify(name_fr)[:100]}-{number}",
        short_number=short_number, state="published", published_at=timezone.now(), name_fr=name_fr[:120],
        name_ar=name_ar[:120], name_en=line["name_en"], story_fr=line["story_fr"], story_ar=line["story_ar"],
        folded_names=fold_words(f"{name_fr} {name_ar} {line['name_en']}"), withdrawal=kinds[line["kind"]].withdrawal,
    )  # fmt: skip


def _on_sale(products: list[Product], chance: Random) -> None:
    from twiza.domain.catalogue.models import Product, Variant
    from twiza.domain.inventory.models import StockLevel

    made = _written(Product, products)
    variants = [
        Variant(
            product=product, net_content=Decimal(500), net_unit="g", gross_weight_grams=600,
            price_centimes=chance.randint(10, 400) * 100,
        )
        for product in made
    ]  # fmt: skip
    _written(StockLevel, [StockLevel(variant=one, on_hand=chance.randint(0, 60)) for one in _written(Variant, variants)])


def _written(model: type[Model], rows: list[Model]) -> list[Model]:
    return model.objects.bulk_create(rows)  # type: ignore[attr-defined]
