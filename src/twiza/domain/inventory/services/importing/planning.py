"""What a row would do: nothing is written here, so that a check and an import come to the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from twiza.domain.catalogue.models import Product, ProductKind, Variant
from twiza.domain.catalogue.rules import is_surprising_price
from twiza.domain.directory.models import Organisation
from twiza.domain.inventory.errors import ProductFault
from twiza.domain.inventory.models import ImportedProduct, StockLevel
from twiza.domain.inventory.services.importing.faults import CellTrouble, rejected, told_by, told_of, warning
from twiza.domain.inventory.services.importing.kinds import KindFinder
from twiza.domain.inventory.services.importing.matching import CooperativeFinder, Matched, match
from twiza.domain.inventory.services.importing.rows import ProductRowReader, ReadProduct
from twiza.foundation.accounts.models import User
from twiza.kit.folding import fold_words
from twiza.kit.money import plain
from twiza.kit.photo_archives import PhotoArchive
from twiza.kit.photographs import PhotoRefused

MOST_PRODUCTS = 999


@dataclass
class Plan:
    """`said` is all the row says, by field; `news` what of it is not so yet. `photo` holds the picture that is news."""

    row: ReadProduct
    matched: Matched
    kind: ProductKind | None
    said: dict[str, Any]
    news: dict[str, Any]
    said_before: dict[str, Any] = field(default_factory=dict)
    photo: bytes = b""
    faults: list[ProductFault] = field(default_factory=list)


class Planner:
    """Remembers what earlier rows of the file would have made, for a check that writes nothing."""

    def __init__(
        self, reader: ProductRowReader, *, by: User | None, cooperative: Organisation | None, photos: PhotoArchive | None
    ) -> None:
        self._reader = reader
        self._cooperative = cooperative
        self._cooperatives = CooperativeFinder(by)
        self._kinds = KindFinder()
        self._photos = photos
        self._lines: dict[int, tuple[int, int]] = {}
        self._made: dict[tuple[int, str], ProductKind] = {}
        self._numbers: dict[int, int] = {}

    def plan(self, row: ReadProduct) -> Plan | ProductFault:
        """What the row would do; a warning when an earlier row said just this. Raises RowRejected."""
        cooperative = self._whose(row)
        if repeated := self._repeated(row, cooperative):
            return repeated
        try:
            matched = match(row, cooperative)
        except CellTrouble as trouble:
            raise self._rejected(row, trouble, "name_fr", "name", row.name) from trouble
        faults: list[ProductFault] = []
        kind = self._kind(row, matched, faults)
        said = self._said(row, kind if row.kind or matched.product is None else None)
        photo = self._photo(row, faults)
        if photo:
            said["photo"] = hashlib.sha256(photo).hexdigest()
        before = said_before(matched.variant)
        news = {name: value for name, value in said.items() if _is_news(name, value, before, matched)}
        self._weigh(row, matched, news, faults)
        self._remember(row, cooperative, kind)
        return Plan(row, matched, kind, said, news, before, photo if "photo" in news else b"", faults)

    def _whose(self, row: ReadProduct) -> Organisation:
        if not row.cooperative and self._cooperative is not None:
            return self._cooperative
        if not row.cooperative:
            raise rejected(row.line, self._reader.heading("cooperative"), "", "cooperative_missing")
        try:
            found: Organisation = self._cooperatives.find(row.cooperative)
        except CellTrouble as trouble:
            raise self._rejected(row, trouble, "cooperative", "cooperative", row.cooperative) from trouble
        if self._cooperative is not None and found.pk != self._cooperative.pk:
            raise self._rejected(row, CellTrouble("cooperative_other"), "cooperative", "cooperative", row.cooperative)
        return found

    def _repeated(self, row: ReadProduct, cooperative: Organisation) -> ProductFault | None:
        keys = [_key(cooperative, row, name) for name in row.names.items()]
        before = next((self._lines[key] for key in keys if key in self._lines), None)
        if before is None:
            self._lines.update(dict.fromkeys(keys, (row.line, row.fingerprint)))
            return None
        line, fingerprint = before
        if fingerprint != row.fingerprint:
            raise rejected(row.line, self._reader.heading("name_fr", "name"), row.name, "same_product_before", line=line)
        return warning(row.line, "", row.name, "same_row_before", line=line)

    def _kind(self, row: ReadProduct, matched: Matched, faults: list[ProductFault]) -> ProductKind | None:
        """None when the product is there and the row says nothing of its kind."""
        made = next((self._made[key] for key in _made_keys(row, matched.cooperative) if key in self._made), None)
        if not row.kind and (matched.product is not None or made is not None):
            return made
        column = self._reader.heading("kind")
        found = self._kinds.find(row.kind or row.name)
        if found.kind is None:
            near = told_of(found.near, "near")
            raise rejected(row.line, column, row.kind, "kind_unknown" if found.near else "kind_missing", **near)
        if found.is_guess:
            faults.append(warning(row.line, column, row.kind or row.name, "kind_guessed", **told_of([found.kind], "kind")))
        return found.kind

    def _said(self, row: ReadProduct, kind: ProductKind | None) -> dict[str, Any]:
        said: dict[str, Any] = {**row.names, **row.stories, "price": row.price_centimes}
        if kind is not None:
            said["kind"] = kind.code
        if row.stock is not None:
            said["stock"] = row.stock
        return said

    def _photo(self, row: ReadProduct, faults: list[ProductFault]) -> bytes:
        if not row.photo:
            return b""
        column = self._reader.heading("photo")
        if self._photos is None:
            faults.append(warning(row.line, column, row.photo, "photo_not_sent"))
            return b""
        try:
            return self._photos.read(row.photo)
        except PhotoRefused as refusal:
            faults.append(warning(row.line, column, row.photo, "photo_refused", **told_by(refusal)))
            return b""

    def _weigh(self, row: ReadProduct, matched: Matched, news: dict[str, Any], faults: list[ProductFault]) -> None:
        variant = matched.variant
        if variant is None:
            self._refuse_too_many(row, matched)
            return
        if "price" in news and is_surprising_price(variant.price_centimes, news["price"]):
            was, becomes = plain(variant.price_centimes), plain(news["price"])
            faults.append(warning(row.line, self._reader.heading("price"), becomes, "price_jumps", was=was, becomes=becomes))
        promised = StockLevel.objects.filter(variant=variant).values_list("allocated", flat=True).first() or 0
        if "stock" in news and news["stock"] < promised:
            column, value = self._reader.heading("stock"), str(news.pop("stock"))
            faults.append(warning(row.line, column, value, "stock_promised", promised=promised))

    def _refuse_too_many(self, row: ReadProduct, matched: Matched) -> None:
        if matched.product is not None or any(key in self._made for key in _made_keys(row, matched.cooperative)):
            return
        pk = matched.cooperative.pk
        if pk not in self._numbers:
            last = Product.objects.filter(cooperative=pk).order_by("-short_number").values_list("short_number", flat=True).first()
            self._numbers[pk] = last or 0
        if self._numbers[pk] >= MOST_PRODUCTS:
            raise rejected(row.line, "", row.name, "too_many_products", most=MOST_PRODUCTS)
        self._numbers[pk] += 1

    def _remember(self, row: ReadProduct, cooperative: Organisation, kind: ProductKind | None) -> None:
        if kind is not None:
            self._made.update(dict.fromkeys(_made_keys(row, cooperative), kind))

    def _rejected(self, row: ReadProduct, trouble: CellTrouble, field: str, other: str, value: str) -> Exception:
        return rejected(row.line, self._reader.heading(field, other), value, trouble.code, **trouble.facts)


def said_before(variant: Variant | None) -> dict[str, Any]:
    """What lists that still count said of it last, by field."""
    if variant is None:
        return {}
    told = ImportedProduct.objects.filter(variant=variant, product_import__undone_at=None).order_by("-pk")
    return dict(told.values_list("said", flat=True).first() or {})


def _is_news(name: str, value: Any, before: dict[str, Any], matched: Matched) -> bool:
    """A list that says what it said before changes nothing, whatever was edited or sold since."""
    if name in before:
        return bool(value != before[name] and not _is_so(name, value, matched))
    return not _is_so(name, value, matched)


def _is_so(name: str, value: Any, matched: Matched) -> bool:
    product, variant = matched.product, matched.variant
    if product is None or (variant is None and name in {"price", "stock"}):
        return False
    if name in {"name_fr", "name_ar"}:
        return fold_words(getattr(product, name)) == fold_words(value)
    return bool(current_value(name, product, variant) == value)


def current_value(name: str, product: Product, variant: Variant | None) -> Any:
    """What is so today of a field that a list may say; nothing is known of a photo."""
    if name == "kind":
        return product.kind_id
    if name == "photo":
        return None
    if name == "price":
        return variant.price_centimes if variant else None
    if name == "stock":
        return StockLevel.objects.filter(variant=variant).values_list("on_hand", flat=True).first() or 0
    return getattr(product, name)


def _key(cooperative: Organisation, row: ReadProduct, name: tuple[str, str]) -> int:
    content = row.content
    return hash((cooperative.pk, name[0], fold_words(name[1]), content.amount, content.unit, fold_words(content.name)))


def _made_keys(row: ReadProduct, cooperative: Organisation) -> list[tuple[int, str]]:
    return [(cooperative.pk, f"{field}:{fold_words(name)}") for field, name in row.names.items()]
