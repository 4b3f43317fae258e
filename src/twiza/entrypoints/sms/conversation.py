"""What a short text answers: the question we asked last, or the change we told of last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from twiza.domain.catalogue.services import set_price
from twiza.domain.inventory.services import ShelfChange, change_shelf_row
from twiza.entrypoints.sms.answers import found_answers
from twiza.entrypoints.sms.answers.opening import close_until, open_now
from twiza.entrypoints.sms.answers.stock import change
from twiza.entrypoints.sms.own_shelf import OwnShelf
from twiza.entrypoints.sms.plain_reading import bare_answer
from twiza.entrypoints.sms.reader import read
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.sale_reading import SOLD
from twiza.entrypoints.sms.sales import in_words
from twiza.entrypoints.sms.senders import Sender
from twiza.entrypoints.sms.shelf import Shelf
from twiza.entrypoints.sms.tables import cancel_words
from twiza.entrypoints.sms.understanding import understand
from twiza.foundation.messaging.conversing import QUESTION, UNDO, keep_in_mind, kept_in_mind, take_from_mind
from twiza.kit.folding import fold_words
from twiza.kit.money import plain

if TYPE_CHECKING:
    from twiza.domain.inventory.selectors import ShelfRow


# What is remembered of a text that answered our question.
ANSWER = "answer"


def reading_of(text: str, sender: Sender, shelves: list[OwnShelf]) -> Reading:
    """What the text says to this sender; about orders, and of whoever we do not know, as ever."""
    if sender.is_stranger:
        return read(text)
    readings = [understand(text, own.items) for own in shelves] or [understand(text, Shelf())]
    said = next((reading for reading in readings if reading.product or reading.candidates), readings[0])
    if said.intent == SOLD:
        return _sale(text, said)
    return said if said.intent in found_answers() else read(text)


def _sale(text: str, said: Reading) -> Reading:
    """A sale by weight keeps its weight; else the number of the product stands for its name."""
    sale = read(text)
    if said.certainty != "sure" or any(word.endswith("gramof") for word in sale.rest):
        return sale if sale.intent == SOLD else said
    return replace(said, rest=(said.product.lower(), said.amount))


def answer_beside_orders(text: str, reading: Reading, sender: Sender, shelves: list[OwnShelf]) -> Reply:
    """Done for the sender's cooperative; of several, which one is asked first."""
    is_of_one = reading.product or reading.candidates or reading.intent in {"close", "open"}
    if len(shelves) > 1 and is_of_one:
        of = {str(place): own.cooperative.pk for place, own in enumerate(shelves, start=1)}
        named = ", ".join(f"{place} {own.cooperative.name_in(_spoken(sender))}" for place, own in enumerate(shelves, start=1))
        return Reply(
            "which_cooperative", {"content": named}, outcome="asked", waits={"ask": "cooperative", "text": text, "of": of}
        )
    return found_answers()[reading.intent](reading, sender, shelves[0] if shelves else None)


def _spoken(sender: Sender) -> str:
    return "ar" if sender.language == "ar" else "fr"


def remember_reply(reply: Reply, sender: Sender, *, said_in: str) -> None:
    """The question waits for its answer, and the change may be taken back; whatever is new takes the place of a question."""
    if reply.waits is not None:
        keep_in_mind(sender.phone, QUESTION, reply.waits, said_in=said_in)
    else:
        take_from_mind(sender.phone, QUESTION)
    if reply.undo is not None:
        keep_in_mind(sender.phone, UNDO, reply.undo, said_in=said_in)


def continues(text: str, sender: Sender, shelves: list[OwnShelf]) -> Reply | None:
    """What a yes, a no, the number of a product or ANNULER led to; None when the text begins something of its own."""
    if sender.person is None:
        return None
    said = fold_words(text)
    if tuple(said.split()) in cancel_words():
        return _cancel(sender, shelves)
    kept = kept_in_mind(sender.phone, QUESTION)
    if kept is None or not kept.is_last:
        return None
    answer = bare_answer(text)
    code = _code_among(said, kept.facts)
    if not answer and not code:
        return None
    facts = take_from_mind(sender.phone, QUESTION)
    if facts is None:
        return None
    if answer == "no":
        return Reply("left_as_it_was", outcome="dropped")
    return _act(facts, code, sender, shelves)


def _code_among(said: str, facts: Mapping[str, Any]) -> str:
    return next((code for code in facts.get("of", {}) if code.lower() == said), "")


def _act(facts: Mapping[str, Any], code: str, sender: Sender, shelves: list[OwnShelf]) -> Reply | None:
    """What was asked about is done; by then the product may be gone."""
    if facts["ask"] == "cooperative":
        return _for_cooperative(facts, code, sender, shelves)
    if facts["ask"] == "close":
        return close_until(date.fromisoformat(facts["until"]), sender, shelves[0]) if shelves else None
    if facts["ask"] == "open":
        return open_now(sender, shelves[0]) if shelves else None
    variant = facts["of"][code] if code else facts.get("variant")
    row = _row_of(variant, shelves)
    if row is None or sender.person is None:
        return None
    return change(facts["intent"], facts["amount"], row, sender, sender.person)


def _for_cooperative(facts: Mapping[str, Any], code: str, sender: Sender, shelves: list[OwnShelf]) -> Reply | None:
    """The text that was asked about, as if it had named the cooperative."""
    own = next((own for own in shelves if code and own.cooperative.pk == facts["of"][code]), None)
    if own is None:
        return None
    reading = understand(facts["text"], own.items)
    return found_answers()[reading.intent](reading, sender, own) if reading.intent in found_answers() else None


def _cancel(sender: Sender, shelves: list[OwnShelf]) -> Reply:
    """A question that waits is dropped; else the last change of the hour is taken back, when nothing moved since."""
    if kept_in_mind(sender.phone, QUESTION) is not None:
        take_from_mind(sender.phone, QUESTION)
        return Reply("left_as_it_was", outcome="dropped")
    facts = take_from_mind(sender.phone, UNDO)
    row = _row_of(facts["variant"], shelves) if facts else None
    if facts is None or row is None or sender.person is None:
        return Reply("nothing_to_undo", outcome="nothing_waiting")
    content = in_words(row.variant, sender.language)
    if facts["what"] == "price":
        set_price(row.variant, facts["was"], by=sender.person, seen_centimes=facts["is"])
        return Reply("price_back", {"content": content, "amount": plain(facts["was"])})
    back = ShelfChange(row.variant.pk, facts["is"], row.variant.price_centimes, on_hand=facts["was"])
    change_shelf_row(back, by=sender.person)
    return Reply("stock_back", {"content": content, "left": str(facts["was"])})


def _row_of(variant_id: int | None, shelves: list[OwnShelf]) -> ShelfRow | None:
    """Among the sender's own only."""
    return next((row for own in shelves for row in own.rows.values() if row.variant.pk == variant_id), None)
