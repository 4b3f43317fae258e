"""Batches of payouts: drafted by one person, approved by another, sent to the bank, paid, and held against the statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.payouts.rules import layouts_for
from twiza.domain.payouts.selectors import batches, get_batch, get_file, holds, payouts_of, who_is_owed
from twiza.domain.payouts.services import (
    OnStatement,
    approve_batch,
    confirm_paid,
    download,
    draft_batch,
    drop_batch,
    export_batch,
    reconcile_batch,
)
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.acting import act_and_tell
from twiza.entrypoints.workspace.payout_forms import DraftForm, DropForm, PaidForm, ReconcileForm
from twiza.entrypoints.workspace.payout_rows import batch_kind, files_to_make, payout_kind
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from django.forms import Form

    from twiza.domain.payouts.models import PayoutBatch

MOST_LISTED = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def show_all(request: SignedInRequest) -> HttpResponse:
    """Who is owed what and is in no payout yet, and every batch; posted, another one is drafted."""
    form = DraftForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            batch = draft_batch(said["until"], by=request.user, least_centimes=said["least"])
        except DomainError as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, _("Drafted. Another person looks at it and approves it."))
            return HttpResponseRedirect(reverse("workspace:payout_batch", args=[batch.pk]))
    owed = who_is_owed(request.user)
    context = {
        "form": form,
        "owed": owed[:MOST_LISTED],
        "owed_count": len(owed),
        "owed_centimes": sum(one.centimes for one in owed if one.centimes > 0),
        "owing_centimes": -sum(one.centimes for one in owed if one.centimes < 0),
        "holds_count": len(holds(request.user)),
        "batches": [(one, batch_kind(one)) for one in batches(request.user)[:MOST_LISTED]],
    }
    return render(request, "workspace/money_payouts.html", context)


@require_safe
@for_register_keeper
def show_batch(request: SignedInRequest, batch_id: int) -> HttpResponse:
    """Who is paid how much and where, who is not and why, the files, and what is to be done next."""
    batch = get_batch(batch_id, request.user)
    payouts = payouts_of(batch)
    context = {
        "batch": batch,
        "kind": batch_kind(batch),
        "is_first": batch.drafted_by_id == request.user.pk,
        "rows": [(one, one.attempts.all()[len(one.attempts.all()) - 1], payout_kind(one)) for one in payouts],
        "left_out": batch.left_out.select_related("cooperative__published_revision"),
        "files": [(file, PaidForm(auto_id=f"id_{file.number}_%s")) for file in batch.files.select_related("made_by")],
        "to_make": files_to_make(batch, payouts),
        "can_drop": batch.state in ("draft", "approved"),
        "drop_form": DropForm(),
        "close_form": ReconcileForm() if _is_all_paid(batch) else None,
    }
    return render(request, "workspace/money_payout_batch.html", context)


@require_POST
@for_register_keeper
def approve(request: SignedInRequest, batch_id: int) -> HttpResponse:
    batch = get_batch(batch_id, request.user)
    return _done(request, batch, lambda: approve_batch(batch, by=request.user), _("Approved. Make the files now."))


@require_POST
@for_register_keeper
def drop(request: SignedInRequest, batch_id: int) -> HttpResponse:
    batch, form = get_batch(batch_id, request.user), DropForm(request.POST)
    if not form.is_valid():
        return _not_said(request, batch, form)
    reason = form.cleaned_data["reason"]
    return _done(request, batch, lambda: drop_batch(batch, reason=reason, by=request.user), _("Dropped. Nobody is paid by it."))


@require_POST
@for_register_keeper
def make_file(request: SignedInRequest, batch_id: int) -> HttpResponse:
    batch = get_batch(batch_id, request.user)
    way, _colon, layout = request.POST.get("layout", "").partition(":")
    if layout not in layouts_for(way):
        raise NotFound
    made = _("The file is made. Download it and give it to the bank or the post office.")
    return _done(request, batch, lambda: export_batch(batch, layout=layout, way=way, by=request.user), made)


@require_POST
@for_register_keeper
def give_file(request: SignedInRequest, batch_id: int, file_number: int) -> HttpResponse:
    """The same bytes each time. Posted, because who takes it is written down."""
    batch = get_batch(batch_id, request.user)
    try:
        written = download(get_file(batch, file_number), by=request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _to(batch)
    answer = HttpResponse(written.contents, content_type=f"text/csv; charset={written.charset}")
    answer["Content-Disposition"] = f'attachment; filename="{written.name}"'
    return answer


@require_POST
@for_register_keeper
def say_paid(request: SignedInRequest, batch_id: int, file_number: int) -> HttpResponse:
    batch, form = get_batch(batch_id, request.user), PaidForm(request.POST)
    file = get_file(batch, file_number)
    if not form.is_valid():
        return _not_said(request, batch, form)
    said = OnStatement(form.cleaned_data["reference"], form.cleaned_data["on"])
    told = _("Written down as paid. The cooperatives are told.")
    return _done(request, batch, lambda: confirm_paid(file, said, by=request.user), told)


@require_POST
@for_register_keeper
def close(request: SignedInRequest, batch_id: int) -> HttpResponse:
    batch, form = get_batch(batch_id, request.user), ReconcileForm(request.POST)
    if not form.is_valid():
        return _not_said(request, batch, form)
    amount = form.cleaned_data["amount"]
    agrees = _("The statement and the ledger agree.")
    return _done(request, batch, lambda: reconcile_batch(batch, bank_centimes=amount, by=request.user), agrees)


def _is_all_paid(batch: PayoutBatch) -> bool:
    return batch.state == "executed" and not batch.payouts.exclude(state="paid").exists()


def _done(request: SignedInRequest, batch: PayoutBatch, act: Callable[[], object], done: str) -> HttpResponse:
    act_and_tell(request, act, done)
    return _to(batch)


def _not_said(request: SignedInRequest, batch: PayoutBatch, form: Form) -> HttpResponse:
    for faults in form.errors.values():
        messages.error(request, str(faults[0]))
    return _to(batch)


def _to(batch: PayoutBatch) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:payout_batch", args=[batch.pk]))
