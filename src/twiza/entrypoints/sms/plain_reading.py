"""Reads the commands that are about neither an order nor the shelf: closed, open, a language, a call, a vote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from twiza.entrypoints.sms.reading import UNKNOWN_INTENT, Doubt, Reading
from twiza.entrypoints.sms.small_words import FILLERS, negates
from twiza.entrypoints.sms.spelling import nearest
from twiza.entrypoints.sms.tables import commands, days, languages, until_words
from twiza.kit.folding import fold, fold_words

# These change nothing that a person could not put right at once: a few words beside them do no harm.
ASKS = frozenset({"call_me", "balance", "training", "programmes"})
PLAIN = ASKS | {"close", "open", "language", "apply", "vote", "verify"}
# What one shop or house is called, beside "open" and "closed".
_PLACE = frozenset(
    fold_words(
        "magasin boutique atelier cooperative coop souk lmahal lma7al ma7al mahal lcoop lkoperative 7anout l7anout hanout "
        "المحل محل التعاونية تعاونية الدكان الحانوت shop store a nouveau de nouveau again"
    ).split()
)
# What one says beside the name of a language.
_SPEAKS = frozenset(
    fold_words("en passer passez parle parler parlez écrire écrivez hder hdro kteb ktbo m3aya b je veux textes sms").split()
)
_CALLS = frozenset(fold_words("c'est urgent urgent svp vite besoin parler avec quelqu'un numero téléphone un moment").split())
MOST_LEFT_OVER = 2
MOST_DAYS = 5
_LONGEST_PHRASE = 6
_DIGITS = re.compile(r"\d{1,6}")
_CERTIFICATE = re.compile(r"[a-z0-9]{6,12}")
_YES = frozenset(
    fold_words(
        "oui ouais ok okay oki d'accord daccord dac c'est bon entendu confirme je confirme valide iyeh iyyeh ayeh eyeh ah "
        "yeh yih wakha waxa ouakha wakhkha mwafe9 yyih yyeh yah wah waha yes yep نعم واخا وخا إيه اييه اه ايوا ايوه موافق حسنا"
    ).split()
)
_NO = frozenset(fold_words("non no nope la lla laa lala uhu uhuy oho لا لالا").split())
_MENU = {"8": "balance", "9": "call_me"}


def bare_answer(text: str) -> str:
    """`yes` or `no` when the text says only that, with thanks or greetings; else nothing."""
    words = [word for word in fold_words(text).split() if word in _YES | _NO or word not in FILLERS]
    said = {"yes" if word in _YES else "no" if word in _NO else "" for word in words}
    return said.pop() if len(said) == 1 and len(words) <= 4 and "?" not in fold(text) else ""


def read_plain(text: str) -> Reading | None:
    """What the text says beside orders and the shelf, or None."""
    words = fold_words(text).split()
    in_menu = _MENU.get(words[0]) if words else None
    if in_menu and all(word in FILLERS for word in words[1:]):
        return Reading(in_menu, "sure")
    return _read_language(words) or _read_command(words, text)


def _read_language(words: list[str]) -> Reading | None:
    """The name of a language alone, or after a word that asks for it."""
    left = [word for word in words if word not in FILLERS | _SPEAKS and commands().get((word,)) != "language"]
    found = {languages()[(word,)] for word in left if (word,) in languages()}
    others = [word for word in left if (word,) not in languages()]
    if not found or (others and len(left) == len(words)) or len(others) > MOST_LEFT_OVER:
        return None
    if len(found) > 1:
        return Reading("language", "ask", doubt="left_over")
    doubt: Doubt = "negation" if negates(words) else "left_over" if others else ""
    return Reading("language", "ask" if doubt else "sure", said=found.pop(), doubt=doubt)


def _read_command(words: list[str], text: str) -> Reading | None:
    topics, left, repaired = _listen(words)
    if repaired and len(left) > 1:
        return None
    # "I want a course": what is wanted is said by the other word.
    wanted = {topic for topic in topics if topic != "language"}
    topics = sorted(wanted) if wanted and wanted <= ASKS else topics
    if len(set(topics)) != 1:
        return None
    topic = topics[0]
    doubt: Doubt = "spelling" if repaired else ""
    if topic in ASKS:
        others = [word for word in left if word not in _CALLS]
        is_chat = len(others) > MOST_LEFT_OVER or negates(left)
        return None if is_chat else Reading(topic, "sure", doubt=doubt)
    if topic == "close":
        return _read_close(words, text, doubt)
    if topic == "open":
        others = [word for word in left if word not in _PLACE]
        return _judged("open", others, text, doubt=doubt)
    if topic == "language":
        return None
    return _read_with_word(topic, left, text, doubt)


def _listen(words: list[str]) -> tuple[list[str], list[str], bool]:
    """(commands, the words beside them that are not small, whether a spelling was repaired)."""
    topics: list[str] = []
    left: list[str] = []
    at = 0
    while at < len(words):
        topic, length = _topic_at(words[at:])
        if topic:
            topics.append(topic)
        elif words[at] not in FILLERS:
            left.append(words[at])
        at += length or 1
    if topics:
        return topics, left, False
    return _repaired(left)


def _topic_at(words: list[str]) -> tuple[str, int]:
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        topic = commands().get(tuple(words[:length]), "")
        if topic in PLAIN:
            return topic, length
    return "", 0


def _repaired(left: list[str]) -> tuple[list[str], list[str], bool]:
    for word in left:
        meant = {_single_commands()[near] for near in nearest(word, _single_commands())}
        if len(meant) == 1:
            return [meant.pop()], [other for other in left if other != word], True
    return [], left, False


@cache
def _single_commands() -> Mapping[str, str]:
    return {words[0]: topic for words, topic in commands().items() if len(words) == 1 and topic in PLAIN}


def _judged(intent: str, left: list[str], text: str, *, said: str = "", doubt: Doubt = "") -> Reading | None:
    """Sure with nothing left over; a letter is for a person."""
    if len(left) > MOST_LEFT_OVER + 2:
        return None
    if negates(fold_words(text).split()):
        doubt = "negation"
    elif "?" in fold(text):
        doubt = "question"
    elif left and not doubt:
        doubt = "left_over"
    return Reading(intent, "ask" if doubt else "sure", said=said, doubt=doubt)


def _read_close(words: list[str], text: str, doubt: Doubt) -> Reading | None:
    """`fermé jusqu'au 15/8`: the words after "until", as they are written."""
    before, after = _until(words)
    left = [word for word in _listen(before)[1] if word not in _PLACE]
    strange = [word for word in after if not (word in days() or word.isdigit())]
    if after and (len(after) > MOST_DAYS or strange):
        doubt = doubt or "left_over"
    return _judged("close", left, text, said=_as_written(text, len(before), after), doubt=doubt)


def _until(words: list[str]) -> tuple[list[str], list[str]]:
    for at in range(len(words)):
        for until in until_words():
            if at and tuple(words[at : at + len(until)]) == until:
                return words[:at], words[at + len(until) :]
    return words, []


def _as_written(text: str, _: int, after: list[str]) -> str:
    """The end of the text that folds to these words."""
    if not after:
        return ""
    ends = (text[at:] for at in range(len(text), -1, -1))
    found = next((end for end in ends if fold_words(end).split() == after), "")
    return found.strip(" \t\r\n.,;:!?،؛؟'’-")


def _read_with_word(topic: str, left: list[str], text: str, doubt: Doubt) -> Reading | None:
    """A vote takes a number, a certificate its code, an application the name of the call."""
    if topic == "vote":
        fits = [word for word in left if _DIGITS.fullmatch(word)]
    elif topic == "verify":
        fits = [word for word in left if _CERTIFICATE.fullmatch(word) and re.search(r"\d", word)]
    else:
        fits = [word for word in left if not word.isdigit()]
    if not fits:
        return Reading(UNKNOWN_INTENT, "unknown")
    said = fits[0] if len(fits) == 1 else ""
    others = [word for word in left if word not in fits]
    if len(fits) > 1:
        others = fits
    value = said.upper() if topic == "verify" else _spelt(said, text) if topic == "apply" else said
    return _judged(topic, others, text, said=value, doubt=doubt)


def _spelt(word: str, text: str) -> str:
    """The word as it was written, in small letters."""
    return next((found for found in re.findall(r"[\w-]+", text.lower()) if fold_words(found) == word), word)
