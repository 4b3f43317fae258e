"""What one may do with stock."""

from twiza.domain.inventory.services.lots import recall_lot, receive_lot, throw_away_lot, withdraw_recall
from twiza.domain.inventory.services.returns import CameBack, LossReason, take_back_stock
from twiza.domain.inventory.services.shelf import ShelfChange, change_shelf_row
from twiza.domain.inventory.services.stall import put_back_on_shelf, record_gone, sell_from_shelf
from twiza.domain.inventory.services.stock import (
    HOLD,
    Want,
    allocate_stock,
    allow_reservations,
    count_stock,
    dispatch_stock,
    dispatch_unpromised,
    hold_stock,
    lower_holds,
    open_level,
    receive_stock,
    release_holds,
    release_stock,
)

__all__ = [
    "HOLD",
    "CameBack",
    "LossReason",
    "ShelfChange",
    "Want",
    "allocate_stock",
    "allow_reservations",
    "change_shelf_row",
    "count_stock",
    "dispatch_stock",
    "dispatch_unpromised",
    "hold_stock",
    "lower_holds",
    "open_level",
    "put_back_on_shelf",
    "recall_lot",
    "receive_lot",
    "receive_stock",
    "record_gone",
    "release_holds",
    "release_stock",
    "sell_from_shelf",
    "take_back_stock",
    "throw_away_lot",
    "withdraw_recall",
]
