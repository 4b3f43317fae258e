"""Who writes: somebody we know, somebody who ordered, or a stranger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twiza.domain.directory.rules import language_on_file
from twiza.domain.directory.selectors import cooperatives_run_by, mandates_asked_at, question_missed_by, question_waiting_at
from twiza.domain.orders.selectors import group_waiting_for_confirmation_from, latest_group_from
from twiza.foundation.accounts.selectors import person_writing_from

if TYPE_CHECKING:
    from twiza.domain.orders.models import OrderGroup
    from twiza.foundation.accounts.models import User

_ARABIC = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True)
class Sender:
    """`group` waits for a yes from this phone; `bought` is what it ordered last, waiting or not; `sells` for a cooperative.

    `language` is what we answer in, `words` what was written.
    """

    phone: str
    person: User | None
    group: OrderGroup | None
    bought: OrderGroup | None
    sells: bool
    language: str
    words: str = ""

    @property
    def is_stranger(self) -> bool:
        return self.person is None and self.bought is None


def sender_of(phone: str, text: str) -> Sender:
    """A person is answered in the language they chose, a buyer in the order's, a telephone on file in our question's.

    A stranger is answered in the script they wrote.
    """
    person = person_writing_from(phone)
    bought = latest_group_from(phone)
    if person is not None:
        language = str(person.language)
    elif bought is not None:
        language = bought.language
    else:
        language = _language_of_stranger(phone, text)
    return Sender(
        phone=phone,
        person=person,
        group=group_waiting_for_confirmation_from(phone) if bought is not None else None,
        bought=bought,
        sells=person is not None and cooperatives_run_by(person).exists(),
        language=language,
        words=text,
    )


def _language_of_stranger(phone: str, text: str) -> str:
    asked = question_waiting_at(phone) or question_missed_by(phone)
    if asked is not None:
        return asked.language
    if _ARABIC.search(text):
        return "ar"
    mandate = next(iter(mandates_asked_at(phone)), None)
    return language_on_file(mandate.organisation) if mandate else "fr"
