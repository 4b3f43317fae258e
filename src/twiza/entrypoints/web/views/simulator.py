"""The phones of the demonstration: what each received, and a line to answer on. Exists only in demonstration and development."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.directory.selectors import organisations_of
from twiza.foundation.accounts.selectors import first_phones, people_with_phones
from twiza.foundation.messaging.gateway import SIMULATOR
from twiza.foundation.messaging.routes import route_of
from twiza.foundation.messaging.selectors import PhoneText, newest_mark, phones_heard_lately, texts_of_phone
from twiza.foundation.messaging.services import receive_text
from twiza.foundation.messaging.states import State
from twiza.kit.phone import FICTION_PREFIX, is_fictional, read_phone

if TYPE_CHECKING:
    from twiza.foundation.accounts.models import User

MOST_PHONES = 8
MOST_ANSWERS = 3
# `OUI 1523` in a text is an answer that one tap may send; `160 DH` is not.
_ANSWER = re.compile(r"\b(?!DH)[A-Z]{2,9} \d{3,6}\b|(?:نعم|لا|جاهز|أرسلت|وصل) \d{3,6}\b")
_LANGUAGES = ("fr", "ar")

View = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Bubble:
    """A text as the phone shows it: the state in words."""

    text: str
    direction: str
    parts: int
    state: str
    at: object


@dataclass(frozen=True)
class Phone:
    id: str
    owner: str
    about: str
    number: str
    texts: tuple[Bubble, ...]
    answers: tuple[str, ...]


def _only_in_demonstration(view: View) -> View:
    """Anywhere else these addresses do not exist: whoever reads a phone reads its codes."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (settings.DEMO or settings.DEBUG):
            raise Http404
        return view(request)

    return guarded


@_only_in_demonstration
@require_http_methods(["GET", "HEAD", "POST"])
def show_phones(request: HttpRequest) -> HttpResponse:
    """The phones side by side, in the visitor's language or that of `?lang=`; `?phone=` puts one first."""
    if request.method == "GET" and request.GET.get("seen") == newest_mark():
        return HttpResponse(status=204)
    wanted = request.GET.get("lang", "")
    language = wanted if wanted in _LANGUAGES else translation.get_language() or "fr"
    with translation.override(language):
        return _answer(request) if request.method == "POST" else _page(request)


@_only_in_demonstration
@require_safe
def list_texts(request: HttpRequest) -> HttpResponse:
    """`?phone=+212…`: everything this phone received (`out`) and wrote (`in`), oldest first."""
    phone = _phone_in(request.GET.get("phone", ""))
    if phone is None:
        return JsonResponse({"error": "phone is not a telephone number we may show"}, status=400)
    texts = [
        {
            "id": text.id,
            "at": text.at.isoformat(),
            "direction": text.direction,
            "text": text.text,
            "parts": text.parts,
            "state": text.state,
        }
        for text in texts_of_phone(phone, latest=500)
    ]
    return JsonResponse(texts, safe=False, json_dumps_params={"ensure_ascii": False})


def _answer(request: HttpRequest) -> HttpResponse:
    """What was typed arrives as a text from that phone, on the way every text takes."""
    phone = _phone_in(request.POST.get("from", ""))
    if phone is None:
        return _page(request, refused=_("This is not a telephone number we may use here."), status=400)
    receive_text(gateway=SIMULATOR, gateway_id=f"page-{uuid4()}", sender=phone, text=request.POST.get("text", ""))
    return HttpResponseRedirect(_here(request))


def _page(request: HttpRequest, *, refused: str = "", status: int = 200) -> HttpResponse:
    asked = request.GET.get("phone", "")
    first = _phone_in(asked) if asked else None
    if asked and first is None:
        refused, status = refused or _("This is not a telephone number we may use here."), 400
    mark = newest_mark()
    phones = _phones(first)
    return render(
        request,
        "web/simulator/phones.html",
        {"phones": phones, "mark": mark, "asked": asked, "refused": refused, "here": _here(request)},
        status=status,
    )


def _here(request: HttpRequest) -> str:
    """This page as a person would ask for it, without the mark of the script that looks again."""
    query = request.GET.copy()
    query.pop("seen", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _phone_in(text: str) -> str | None:
    """The number meant, if it may be shown: a plus that became a space is forgiven; a real gateway's texts stay private."""
    phone = read_phone(f"+{text.strip()}" if text.strip().startswith("212") else text)
    if phone is None or not (is_fictional(phone) or route_of(phone).gateways == (SIMULATOR,)):
        return None
    return phone


def _phones(first: str | None) -> list[Phone]:
    """Those in use, filled up with those who joined first; in the order of their numbers, so that none jumps about."""
    lately = phones_heard_lately(FICTION_PREFIX, most=MOST_PHONES)
    known = dict.fromkeys([*lately, *first_phones(FICTION_PREFIX, most=MOST_PHONES)])
    chosen = sorted(list(known)[:MOST_PHONES])
    if first is not None:
        chosen = [first, *(phone for phone in chosen if phone != first)]
    people = people_with_phones(chosen)
    return [_phone(phone, people.get(phone)) for phone in chosen]


def _phone(number: str, person: User | None) -> Phone:
    texts = texts_of_phone(number)
    organisations = organisations_of(person)[:2] if person is not None else []
    return Phone(
        id=f"phone-{number.removeprefix('+')}",
        owner=person.name if person is not None else _("Somebody"),
        about=", ".join(organisation.name for organisation in organisations),
        number=number,
        texts=tuple(_bubble(text) for text in texts),
        answers=_answers_to(texts),
    )


def _bubble(text: PhoneText) -> Bubble:
    state = str(State(text.state).label) if text.direction == "out" else pgettext("text message", "written")
    return Bubble(text.text, text.direction, text.parts, state, text.at)


def _answers_to(texts: list[PhoneText]) -> tuple[str, ...]:
    """What the last text we sent proposes to answer, unless the owner wrote since."""
    if not texts or texts[-1].direction != "out":
        return ()
    return tuple(dict.fromkeys(_ANSWER.findall(texts[-1].text)))[:MOST_ANSWERS]
