"""The answer to "is what we say of you still true?": 1, 2 and what changed, 3, and 3 OUI.

A bare digit answers that question only while it waits for this telephone, and `1`, which also lists orders, only when
nothing else was sent since. `PAGE 1` leaves no doubt. Whatever else is written goes the usual way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twiza.domain.directory.selectors import question_missed_by, question_waiting_at
from twiza.domain.directory.services.freshness import answer_still_true
from twiza.domain.directory.services.reported_changes import answer_changed, answer_closed
from twiza.domain.orders.selectors import orders_waiting_for
from twiza.entrypoints.sms.lexicon import digits, single_words, weak_words
from twiza.entrypoints.sms.mandates import waiting_mandate
from twiza.entrypoints.sms.reader import UNKNOWN, read, words_in
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.entrypoints.sms.small_words import FILLERS, negates
from twiza.foundation.messaging.selectors import is_last_subject_of
from twiza.kit.clock import today
from twiza.kit.folding import fold, fold_words

if TYPE_CHECKING:
    from twiza.domain.directory.models import FreshnessQuestion

INTENT = "page"
PAGE = frozenset(fold_words(word) for word in ("page", "saf7a", "safha", "صفحة", "الصفحة"))
# With a digit in front, these only say it again.
TRUE = frozenset(
    fold_words(
        "vrai vraie toujours exact juste correct ah iyeh s7i7 s7i7a sahih mazal mazala true still صحيح صحيحة مازال"
    ).split()
)
_NEVER_ABOUT_A_PAGE = frozenset({"stop", "start", "grant_mandate", "end_mandate"})
_ANSWER = re.compile(r"\s*([123])\ufe0f?\u20e3?(?![.,:٫]?\d)[\s).:,;،\-–—]*(.*)", re.DOTALL)
_ORDER_FIRST = re.compile(r"\d{3,6}\b")
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)\s*[:,،]?\s*(?=\d)")


@dataclass(frozen=True)
class PageAnswer:
    """`rest` is what stands after the digit, as it was written; `is_named` when the text began with PAGE."""

    digit: str
    rest: str
    is_named: bool


def read_page_answer(text: str) -> PageAnswer | None:
    """A text that may be the answer; None when it is surely something else, as `1 1523`."""
    western = "".join(fold(char) if char.isdigit() else char for char in text)
    first = _FIRST_WORD.match(western)
    is_named = first is not None and fold_words(first[1]) in PAGE
    found = _ANSWER.fullmatch(western[first.end() :] if first and is_named else western)
    if found is None:
        return None
    digit, rest = found[1], found[2].strip()
    if not is_named and digit in digits() and _ORDER_FIRST.match(rest):
        return None
    return PageAnswer(digit, rest, is_named)


def is_asked_just_now(phone: str) -> bool:
    """Our question about the page is what this telephone got last: a text that begins with a digit answers it."""
    question = question_waiting_at(phone)
    return question is not None and is_last_subject_of(phone, question.text_key, intent=INTENT)


def reply_about_page(text: str, sender: Sender) -> Reply | None:
    """What the answer led to, or None when the text is not about the page. A refusal of the house is raised."""
    question = question_waiting_at(sender.phone)
    answer = read_page_answer(text)
    if question is None:
        return _reply_too_late(answer, sender)
    is_last = is_last_subject_of(sender.phone, question.text_key, intent=INTENT)
    if answer is None:
        return _ask_back(question, text, sender) if is_last or sender.is_stranger else None
    if answer.digit in digits() and not (answer.is_named or is_last):
        return Reply("page_which", outcome="asked")
    return {"1": _still_true, "2": _changed, "3": _closed}[answer.digit](question, answer, sender)


def _reply_too_late(answer: PageAnswer | None, sender: Sender) -> Reply | None:
    missed = question_missed_by(sender.phone) if answer else None
    if answer is None or missed is None:
        return None
    if answer.is_named or is_last_subject_of(sender.phone, missed.text_key, intent=INTENT):
        return Reply("page_late", outcome="late")
    return None


def _still_true(question: FreshnessQuestion, answer: PageAnswer, sender: Sender) -> Reply:
    said = words_in(answer.rest)
    if "?" in fold(answer.rest) or negates(said) or not all(_means(word, "accept") or word in TRUE for word in said):
        return _again(question, sender)
    answer_still_true(question, by=sender.person)
    return Reply("page_confirmed", {"content": _name(question, sender), "day": f"{today():%d/%m/%Y}"})


def _changed(question: FreshnessQuestion, answer: PageAnswer, sender: Sender) -> Reply:
    answer_changed(question, answer.rest, by=sender.person)
    name = "page_changed" if answer.rest else "page_what"
    return Reply(name, {"content": _name(question, sender)}, outcome="done" if answer.rest else "asked")


def _closed(question: FreshnessQuestion, answer: PageAnswer, sender: Sender) -> Reply:
    said = [word for word in words_in(answer.rest) if word not in FILLERS]
    if negates(said) or not all(_means(word, "accept") for word in said):
        return _again(question, sender)
    report = answer_closed(question, by=sender.person, is_sure=bool(said))
    values = {"content": _name(question, sender)}
    return Reply("page_closed", values) if report else Reply("page_closing", values, outcome="asked")


def _ask_back(question: FreshnessQuestion, text: str, sender: Sender) -> Reply | None:
    """Words instead of a digit, when they can be about nothing else: what changed, a yes or a no, or a telephone on file."""
    reading = read(text)
    if question.state == "changing" and reading.intent == UNKNOWN.intent and text.strip():
        return _changed(question, PageAnswer("2", text.strip(), is_named=False), sender)
    if reading.intent in _NEVER_ABOUT_A_PAGE or waiting_mandate(reading.order, sender) is not None:
        return None
    answers_an_order = bool(reading.order or sender.group or (sender.person and orders_waiting_for(sender.person)))
    if reading.intent in {"accept", "refuse"} and not answers_an_order:
        return _again(question, sender)
    return _again(question, sender, is_riddle=True) if sender.is_stranger else None


def _again(question: FreshnessQuestion, sender: Sender, *, is_riddle: bool = False) -> Reply:
    """The question once more, as it stands. Words that nobody understood are kept for a person."""
    name = "page_closing" if question.state == "closing" else "page_again"
    outcome = "not_understood" if is_riddle else "asked"
    return Reply(name, {"content": _name(question, sender)}, outcome=outcome, needs_person=is_riddle)


def _means(word: str, intent: str) -> bool:
    return word in FILLERS or single_words().get(word) == intent or weak_words().get(word) == intent


def _name(question: FreshnessQuestion, sender: Sender) -> str:
    return question.organisation.name_in("ar" if sender.language == "ar" else "fr")
