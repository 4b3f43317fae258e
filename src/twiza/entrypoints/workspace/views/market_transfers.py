"""What came into the account: the bank's statement is brought, and what did not find its order by itself is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.orders.selectors import group_numbered, groups_paid_by
from twiza.domain.payments.selectors import (
    awaited_transfer_called,
    awaited_transfers,
    count_lines_to_look_at,
    get_proof,
    latest_decided,
    latest_statements,
    line_to_look_at,
    lines_set_aside,
    lines_to_look_at,
    missing_of,
    payment_for,
)
from twiza.domain.payments.services import import_statement, set_line_aside, settle_line, take_line_up_again
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.acting import act_and_tell
from twiza.entrypoints.workspace.transfer_forms import MOST_SHARES, SharesForm, StatementForm
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.orders.models import OrderGroup
    from twiza.domain.payments.models import BankStatement, Payment, StatementLine
    from twiza.domain.payments.selectors import AwaitedTransfer

MOST_SHOWN = 50


@dataclass(frozen=True)
class AwaitedRow:
    """A transfer that somebody waits for, with its order."""

    transfer: AwaitedTransfer
    group: OrderGroup | None


@dataclass(frozen=True)
class LineRow:
    """Money that came, and what it may be for."""

    line: StatementLine
    candidates: Sequence[tuple[Payment, OrderGroup | None]]


@require_safe
@for_register_keeper
def show_transfers(request: SignedInRequest) -> HttpResponse:
    return _show_all(request, StatementForm())


@require_POST
@for_register_keeper
def bring_statement(request: SignedInRequest) -> HttpResponse:
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_all(request, form, status=400)
    file = form.cleaned_data["file"]
    try:
        statement = import_statement(file.chunks(), file_name=file.name, by=request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return _show_all(request, form, status=400)
    messages.success(request, _news_words(statement))
    return HttpResponseRedirect(reverse("workspace:market_transfers"))


def _news_words(statement: BankStatement) -> str:
    sure = statement.lines.filter(state="matched").count()
    words = ngettext(
        "%(credits)s transfer was read, %(news)s of them new; %(sure)s found its order by itself.",
        "%(credits)s transfers were read, %(news)s of them new; %(sure)s found their orders by themselves.",
        statement.credits,
    )
    return words % {"news": statement.news, "credits": statement.credits, "sure": sure}


@require_safe
@for_register_keeper
def show_line(request: SignedInRequest, line_id: int) -> HttpResponse:
    """One of them, with the likeliest already written."""
    line = line_to_look_at(line_id)
    return _show_line(request, line, _shares_form(line))


@require_POST
@for_register_keeper
def settle(request: SignedInRequest, line_id: int) -> HttpResponse:
    line = line_to_look_at(line_id)
    form = _shares_form(line, request.POST)
    if not form.is_valid():
        return _show_line(request, line, form, status=400)
    try:
        settle_line(line.pk, form.cleaned_data["shares"], by=request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _show_line(request, line, form, status=400)
    messages.success(request, _("It is decided. Whoever paid is told, and what goes back stands with the refunds."))
    return HttpResponseRedirect(reverse("workspace:market_transfers"))


@require_POST
@for_register_keeper
def set_aside(request: SignedInRequest, line_id: int) -> HttpResponse:
    return _decide(request, lambda: set_line_aside(line_id, by=request.user), _("It is set aside: it is for no order."))


@require_POST
@for_register_keeper
def take_up_again(request: SignedInRequest, line_id: int) -> HttpResponse:
    return _decide(request, lambda: take_line_up_again(line_id, by=request.user), _("It waits for a decision again."))


@require_safe
@for_register_keeper
def show_proof(request: SignedInRequest, proof_id: int) -> HttpResponse:
    """What a buyer shows, for keepers of the register only: never cached, never run, a PDF never opened inside the page."""
    proof = get_proof(proof_id)
    answer = HttpResponse(bytes(proof.content), content_type=proof.media_type)
    is_picture = proof.media_type == "image/jpeg"
    name = f"transfer-{proof_id}.{'jpg' if is_picture else 'pdf'}"
    answer["Content-Disposition"] = f'{"inline" if is_picture else "attachment"}; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _decide(request: SignedInRequest, act: Callable[[], object], words: str) -> HttpResponse:
    act_and_tell(request, act, words)
    return HttpResponseRedirect(reverse("workspace:market_transfers"))


def _shares_form(line: StatementLine, said: QueryDict | None = None) -> SharesForm:
    likely = awaited_transfers([payment.pk for payment in line.candidates.all()])[:MOST_SHARES]
    initial = {f"order_{place}": one.reference for place, one in enumerate(likely)}
    return SharesForm(said, initial=initial, find=_find, came_centimes=line.amount_centimes)


def _find(typed: str) -> tuple[int, int] | None:
    """The awaited payment behind an order's number or the words of a transfer, and what it lacks."""
    payment = awaited_transfer_called(typed)
    group = None if payment else group_numbered("".join(typed.split())[:12])
    if group is not None and group.is_paid_by_transfer:
        payment = payment_for(group.payment_reference)
    return (payment.pk, missing_of(payment)) if payment and payment.state == "pending" else None


def _rows(lines: Iterable[StatementLine]) -> list[LineRow]:
    shown = list(lines)
    groups = groups_paid_by(payment for line in shown for payment in line.candidates.all())
    return [LineRow(line, [(payment, groups.get(payment.pk)) for payment in line.candidates.all()]) for line in shown]


def _awaited_rows() -> list[AwaitedRow]:
    awaited = awaited_transfers()
    groups = groups_paid_by(one.payment for one in awaited)
    return [AwaitedRow(one, groups.get(one.payment.pk)) for one in awaited]


def _show_all(request: SignedInRequest, form: StatementForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "rows": _rows(lines_to_look_at(MOST_SHOWN)),
        "waiting": count_lines_to_look_at(),
        "awaited": _awaited_rows(),
        "statements": latest_statements(),
        "decided": latest_decided(),
        "aside": lines_set_aside(),
    }
    return render(request, "workspace/market_transfers.html", context, status=status)


def _show_line(request: SignedInRequest, line: StatementLine, form: SharesForm, status: int = 200) -> HttpResponse:
    awaited = _awaited_rows()
    context = {
        "row": _rows([line])[0],
        "form": form,
        "awaited": awaited,
        "alike": [one for one in awaited if one.transfer.missing_centimes == line.amount_centimes],
    }
    return render(request, "workspace/market_transfer.html", context, status=status)
