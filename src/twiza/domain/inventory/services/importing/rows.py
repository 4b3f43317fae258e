"""From the cells of a row to what it says of a product, with everything that was wrong on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from twiza.domain.inventory.errors import ProductFault
from twiza.domain.inventory.services.importing.cells import Content, read_content, read_price, read_stock
from twiza.domain.inventory.services.importing.faults import CellTrouble, rejected, warning
from twiza.domain.inventory.services.importing.headings import NAMES
from twiza.kit.folding import fold_words
from twiza.kit.rows import LONGEST_CELL, Row
from twiza.kit.scripts import names_in, script_of
from twiza.kit.table_cells import cleaned, last_filled
from twiza.kit.table_headings import Headings

LONGEST_NAME = 120
LONGEST_STORY = 2000
TROUBLES = {"quote": "quote_never_closed", "cell": "cell_too_long"}


@dataclass(frozen=True)
class ReadProduct:
    """What a row says. Empty texts and None say nothing; `texts` are the stories by field."""

    line: int
    names: dict[str, str]
    content: Content
    price_centimes: int
    cooperative: str = ""
    kind: str = ""
    stock: int | None = None
    photo: str = ""
    stories: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return next(iter(self.names.values()))

    @property
    def fingerprint(self) -> int:
        """The same for rows that say the same."""
        said = (sorted(self.names.items()), self.kind, self.price_centimes, self.stock, self.photo, sorted(self.stories.items()))
        return hash(str(said))


class ProductRowReader:
    """Reads rows under known headings. Faults are gathered in `faults`; a row that cannot be kept raises RowRejected."""

    def __init__(self, headings: Headings) -> None:
        self._columns = headings.columns
        self._width = len(headings.cells)
        self._headings = {column.field: column.heading for column in reversed(headings.columns)}
        self._line = 0
        self.faults: list[ProductFault] = []

    def heading(self, *fields: str) -> str:
        """The first of these columns that the file has, as it writes it."""
        return next((self._headings[name] for name in fields if name in self._headings), "")

    def read(self, row: Row) -> ReadProduct:
        self.faults, self._line = [], row.number
        self._check_shape(row)
        said = self._texts(row)
        names = self._names(said)
        content = self._needed("content", f"{said.get('content', '')}", lambda text: read_content(text, said.get("unit", "")))
        if "price" not in said:
            raise rejected(self._line, self.heading("price"), "", "price_missing")
        return ReadProduct(
            line=row.number,
            names=names,
            content=content,
            price_centimes=self._needed("price", said["price"], read_price),
            cooperative=said.get("cooperative", ""),
            kind=said.get("kind", ""),
            stock=self._stock(said),
            photo=said.get("photo", ""),
            stories=self._stories(said),
        )

    def _check_shape(self, row: Row) -> None:
        if row.trouble in TROUBLES:
            raise rejected(self._line, "", " ".join(row.cells), TROUBLES[row.trouble], most=LONGEST_CELL)
        if last_filled(row.cells) > self._width:
            over = " ".join(row.cells[self._width :])
            raise rejected(self._line, "", over, "too_many_cells", cells=len(row.cells), headings=self._width)
        if row.trouble == "nul":
            self._warn("", "", "nul_removed")

    def _texts(self, row: Row) -> dict[str, str]:
        said = {}
        for column in self._columns:
            text = row.cells[column.place].strip() if column.place < len(row.cells) else ""
            kept, faults = cleaned(text) if text else ("", [])
            for code, value in faults:
                if code == "characters_unreadable" and column.field in NAMES:
                    raise rejected(self._line, column.heading, value, "product_name_unreadable")
                self._warn(column.field, value, code)
            if kept and "\ufffd" not in kept:
                said[column.field] = kept
        return said

    def _names(self, said: dict[str, str]) -> dict[str, str]:
        names: dict[str, str] = {}
        for told in ("name_fr", "name_ar"):
            if told in said:
                names[told] = " ".join(said[told].split())
        for script, name in names_in(said.get("name", "")).items():
            if name:
                names.setdefault("name_ar" if script == "ar" else "name_fr", " ".join(name.split()))
        kept = {told: names[told] for told in ("name_fr", "name_ar") if fold_words(names.get(told, ""))}
        if not kept:
            raise rejected(self._line, self.heading(*sorted(NAMES)), "", "no_product_name")
        for told, name in kept.items():
            if len(name) > LONGEST_NAME:
                raise rejected(self._line, self.heading(told, "name"), name, "product_name_too_long", most=LONGEST_NAME)
        return kept

    def _stories(self, said: dict[str, str]) -> dict[str, str]:
        told = {name: said[name] for name in ("story_fr", "story_ar") if name in said}
        if "story" in said:
            told.setdefault("story_ar" if script_of(said["story"]) == "ar" else "story_fr", said["story"])
        for name, text in told.items():
            if len(text) > LONGEST_STORY:
                self._warn(name if name in self._headings else "story", text, "story_too_long", most=LONGEST_STORY)
        return {name: text[:LONGEST_STORY].strip() for name, text in told.items()}

    def _stock(self, said: dict[str, str]) -> int | None:
        if "stock" not in said:
            return None
        try:
            return read_stock(said["stock"])
        except CellTrouble as trouble:
            self._warn("stock", said["stock"], trouble.code)
            return None

    def _needed(self, name: str, text: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(text)
        except CellTrouble as trouble:
            raise rejected(self._line, self.heading(name), text, trouble.code, **trouble.facts) from trouble

    def _warn(self, name: str, value: str, code: str, **facts: Any) -> None:
        self.faults.append(warning(self._line, self._headings.get(name, ""), value, code, **facts))
