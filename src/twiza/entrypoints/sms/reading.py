"""What a text says, once read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# sure: do it. ask: one question settles it. unknown: a person should read it.
Certainty = Literal["sure", "ask", "unknown"]
Doubt = Literal[
    "", "no_number", "two_orders", "two_commands", "negation", "question", "spelling", "left_over", "which_product",
    "which_amount", "implausible", "no_such_product",
]  # fmt: skip
# A question changes nothing; an order needs its number, and so does who may act for a cooperative (access); silence and
# the bank account are the sender's own and need none. A sale names a product of the sender's own shelf.
About = Literal["question", "order", "access", "silence", "account", "sale"]

NEEDS_NUMBER = frozenset({"order", "access"})

UNKNOWN_INTENT = "unknown"


@dataclass(frozen=True)
class Reading:
    """`order` is the number as digits; `reason` and `tracking` are as written; `doubt` says why we are not sure.

    `pieces` is how many there are only, `grams` a weight that was written with its unit; 0 without one. `rest`, of a sale, are
    its words beside the command.

    About the shelf: `product` is the number of one of the sender's own, `candidates` those that may be meant, `amount` pieces,
    kilos, litres or dirhams without trailing zeros. `said` is what the other commands take: a language, a day, a code, a
    candidate's number, the name of a call. `is_repaired`: the command itself is only nearly one of ours.
    """

    intent: str
    certainty: Certainty
    order: str = ""
    reason: str = ""
    tracking: str = ""
    grams: int = 0
    pieces: int = 0
    doubt: Doubt = ""
    rest: tuple[str, ...] = ()
    product: str = ""
    candidates: tuple[str, ...] = ()
    amount: str = ""
    said: str = ""
    is_repaired: bool = False
