"""What is done with what the reader understood beside orders: one file per matter. Being here is being answered.

Each file has `ANSWERS`: by intent, what answers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from twiza.entrypoints.sms.own_shelf import OwnShelf
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender

Answer = Callable[[Reading, Sender, OwnShelf | None], Reply]


@cache
def found_answers() -> Mapping[str, Answer]:
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return {intent: answer for module in modules for intent, answer in module.ANSWERS.items()}
