"""The rows of a shelf as one form: what was seen, what is typed, what is wrong with it. Nothing typed is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.errors import PriceChangedMeanwhile
from twiza.domain.catalogue.forms import DirhamsField
from twiza.domain.catalogue.rules import is_surprising_price
from twiza.domain.inventory.forms import counted_field
from twiza.domain.inventory.services import ShelfChange, change_shelf_row
from twiza.entrypoints.workspace.steppers import stepped
from twiza.kit.errors import DomainError
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.inventory.selectors import ShelfRow
    from twiza.foundation.accounts.models import User


_SEEN = re.compile(r"(\d{1,9})/(\d{1,9})")
# As nothing ever stands: whoever did not say what was seen is asked to look again.
NOTHING_SEEN = (-1, -1)


class ShelfRowForm(forms.Form):
    """How many there are of one variant, and what one costs; `seen` says what stood there when the page was shown."""

    on_hand = counted_field(_("On the shelf"))
    price = DirhamsField(label=_("Price, in dirhams"), max_length=20, error_messages={"required": _("Write the price.")})
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    sure = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)


@dataclass
class EditedRow:
    """A row with its form. `is_saved`: it was changed just now."""

    row: ShelfRow
    form: ShelfRowForm
    is_saved: bool = False


def rows_to_edit(shelf: list[ShelfRow]) -> list[EditedRow]:
    """As they stand today."""
    return [EditedRow(row, _fresh(row)) for row in shelf]


def rows_typed(shelf: list[ShelfRow], typed: QueryDict) -> list[EditedRow]:
    """As they were typed; with − or + pressed, one of them one less or more. A row that was not on the page is as it stands."""
    button, _sign, name = typed.get("step", "").partition(":")
    if name:
        typed = typed.copy()
        typed["step"] = button
        typed = stepped(typed, name)
    return [EditedRow(row, _bound(row, typed) if f"{row.variant.pk}-seen" in typed else _fresh(row)) for row in shelf]


def save_rows(rows: list[EditedRow], by: User) -> int:
    """Every row that can be saved is; the others say why, with what was typed. Says how many were changed."""
    for edited in rows:
        if edited.form.is_bound and edited.form.is_valid():
            _save(edited, by)
    return sum(edited.is_saved for edited in rows)


def _save(edited: EditedRow, by: User) -> None:
    change = _change_of(edited)
    if change.on_hand is None and change.price_centimes is None:
        return
    becomes, was = change.price_centimes, change.seen_price_centimes
    if becomes is not None and is_surprising_price(was, becomes) and edited.form.cleaned_data["sure"] != str(becomes):
        words = gettext("It was %(was)s DH, it becomes %(becomes)s DH. Is this right? Then save again.")
        edited.form.add_error("price", words % {"was": plain(was), "becomes": plain(becomes)})
        _say_again(edited, sure=str(becomes))
        return
    try:
        change_shelf_row(change, by=by)
    except DomainError as refusal:
        is_price = refusal.code in {PriceChangedMeanwhile.code, "implausible_price"}
        edited.form.add_error("price" if is_price else "on_hand", str(refusal))
        _say_again(edited, seen=_seen(edited.row))
    else:
        edited.is_saved = True


def _change_of(edited: EditedRow) -> ShelfChange:
    typed = edited.form.cleaned_data
    said = _SEEN.fullmatch(typed["seen"])
    on_hand, price = (int(said[1]), int(said[2])) if said else NOTHING_SEEN
    return ShelfChange(
        edited.row.variant.pk,
        seen_on_hand=on_hand,
        seen_price_centimes=price,
        on_hand=typed["on_hand"] if typed["on_hand"] != on_hand else None,
        price_centimes=typed["price"] if typed["price"] != price else None,
    )


def _say_again(edited: EditedRow, **values: str) -> None:
    """The page comes back with what was typed, and with what is now known to have been seen."""
    data: Any = edited.form.data
    changed = data.copy()
    for name, value in values.items():
        changed[edited.form.add_prefix(name)] = value
    edited.form.data = changed


def _fresh(row: ShelfRow) -> ShelfRowForm:
    initial = {"on_hand": row.on_hand, "price": plain(row.variant.price_centimes), "seen": _seen(row)}
    return ShelfRowForm(initial=initial, prefix=str(row.variant.pk))


def _bound(row: ShelfRow, typed: QueryDict) -> ShelfRowForm:
    return ShelfRowForm(typed, prefix=str(row.variant.pk))


def _seen(row: ShelfRow) -> str:
    return f"{row.on_hand}/{row.variant.price_centimes}"
