"""Taking over the page of one's cooperative: by a code to the number on file, or by papers that a person reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.directory.errors import AlreadyMember, CodeTooOld
from twiza.domain.directory.rules import belongs_to
from twiza.domain.directory.selectors import code_sent_to, get_claimable, numbers_on_file, open_claim_of
from twiza.domain.directory.services.claim_papers import claim_by_papers
from twiza.domain.directory.services.claiming import enter_claim_code, send_claim_code, withdraw_claim
from twiza.entrypoints.web.forms_claims import ClaimByCodeForm, ClaimByPapersForm, ClaimCodeForm
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.directory.models import Organisation
    from twiza.foundation.accounts.models import User


class ClaimRequest(HttpRequest):
    """A request about a page that may be taken over."""

    user: User
    cooperative: Organisation


def of_a_claimable_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`request.cooperative` may be claimed, else 404. Whoever belongs to it is led to its workspace."""

    @never_cache
    @wraps(view)
    def page(request: ClaimRequest, slug: str) -> HttpResponse:
        try:
            request.cooperative = get_claimable(slug)
            if _is_signed_in(request) and belongs_to(request.user, request.cooperative):
                return redirect("workspace:cooperative", slug=slug)
            return view(request)
        except AlreadyMember:
            return redirect("workspace:cooperative", slug=slug)
        except NotFound as missing:
            raise Http404 from missing

    return page


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_claimable_page
def ask(request: ClaimRequest) -> HttpResponse:
    """Who is it, and to which number on file shall the code go? Visitors are told to sign in first."""
    if not _is_signed_in(request):
        return _show(request, "sign_in")
    numbers = numbers_on_file(request.cooperative)
    claim = open_claim_of(request.user, request.cooperative)
    form = ClaimByCodeForm(request.POST or None, numbers=numbers)
    if request.method == "POST" and form.is_valid():
        try:
            send_claim_code(
                request.cooperative,
                request.user,
                contact_id=form.cleaned_data["contact"],
                role=form.cleaned_data["role"],
                language=get_language() or "fr",
            )
        except DomainError as refusal:
            _pass_on(refusal)
            form.add_error(None, str(refusal))
        else:
            return redirect("web:claim-code", slug=request.cooperative.slug)
    return _show(request, "ask", form=form, numbers=numbers, waits=claim is not None and claim.how == "papers", claim=claim)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@of_a_claimable_page
def enter_code(request: ClaimRequest) -> HttpResponse:
    """The code that came makes one a member."""
    sent_to = code_sent_to(request.user, request.cooperative)
    if not sent_to:
        messages.warning(request, str(CodeTooOld()))
        return redirect("web:claim", slug=request.cooperative.slug)
    form = ClaimCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_claim_code(request.cooperative, request.user, form.cleaned_data["code"])
        except CodeTooOld as refusal:
            messages.error(request, str(refusal))
            return redirect("web:claim", slug=request.cooperative.slug)
        except DomainError as refusal:
            _pass_on(refusal)
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Welcome! From now on you keep the page of your cooperative yourselves."))
            return redirect("workspace:cooperative", slug=request.cooperative.slug)
    return _show(request, "code", form=form, sent_to=sent_to)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@of_a_claimable_page
def send_papers(request: ClaimRequest) -> HttpResponse:
    """Photos or PDF that somebody of the register reads."""
    form = ClaimByPapersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            claim_by_papers(
                request.cooperative, request.user, role=typed["role"], papers=form.chosen_papers(), words=typed["words"]
            )
        except DomainError as refusal:
            _pass_on(refusal)
            form.add_error("papers", str(refusal))
        else:
            return redirect("web:claim", slug=request.cooperative.slug)
    return _show(request, "papers", form=form)


@require_POST
@login_required
@of_a_claimable_page
def withdraw(request: ClaimRequest) -> HttpResponse:
    """The papers are deleted, nobody reads them any more."""
    claim = open_claim_of(request.user, request.cooperative)
    if claim is not None:
        withdraw_claim(claim, request.user)
        messages.success(request, _("Your papers are deleted."))
    return redirect("web:claim", slug=request.cooperative.slug)


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _show(request: ClaimRequest, page: str, **context: Any) -> HttpResponse:
    return render(request, f"web/claims/{page}.html", {"cooperative": request.cooperative, **context})


def _pass_on(refusal: DomainError) -> None:
    """What leads elsewhere is not written beside a field."""
    if isinstance(refusal, AlreadyMember | NotFound):
        raise refusal
