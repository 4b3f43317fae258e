"""What a cooperative says of itself: its page at a glance, its story, its members, when one may come, how it is reached."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.directory.errors import SaidOtherwiseMeanwhile
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.rules import may_decide
from twiza.domain.directory.selectors import (
    contacts_of,
    get_contact_of,
    opening_times_of,
    opening_words,
    photos_of,
    recording_of,
    revisions_waiting_for,
)
from twiza.domain.directory.services.opening import say_opening_times
from twiza.domain.directory.services.reaching import add_own_contact, choose_who_sees, remove_contact
from twiza.domain.directory.services.revising import say_of_oneself, version_at_hand, words_at_hand
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.page_forms import ContactForm, MembersForm, OpeningForm, SeenForm, StoryForm, VisibilityForm
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import DomainError

OPENING_FIELDS = tuple(OpeningForm.base_fields)


@require_safe
@for_cooperative
def show_page(request: CooperativeRequest) -> HttpResponse:
    """All the page is made of, with what is there already."""
    cooperative = request.cooperative
    times = opening_times_of(cooperative)
    contacts = list(contacts_of(cooperative))
    return show(
        request,
        "page.html",
        words=words_at_hand(cooperative),
        photos=list(photos_of(cooperative)),
        recording=recording_of(cooperative),
        opening=opening_words(times) if times else (),
        contacts=contacts,
        shown_contacts=sum(contact.visibility == "public" for contact in contacts),
        waiting=revisions_waiting_for(cooperative).count(),
        decides=may_decide(request.user, cooperative),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def tell_story(request: CooperativeRequest) -> HttpResponse:
    return _say(request, StoryForm, "page_story.html")


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def count_members(request: CooperativeRequest) -> HttpResponse:
    return _say(request, MembersForm, "page_members.html")


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def say_when(request: CooperativeRequest) -> HttpResponse:
    """Days, hours, souk, season, closing."""
    times = opening_times_of(request.cooperative)
    known = {name: getattr(times, name) for name in OPENING_FIELDS} if times else {}
    form = OpeningForm(request.POST) if request.method == "POST" else OpeningForm(initial=known)
    if form.is_valid():
        try:
            say_opening_times(request.cooperative, form.details(), by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Buyers see it now."))
            return go(request, "page")
    return show(request, "page_opening.html", form=form, words=opening_words(times) if times else ())


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_contacts(request: CooperativeRequest) -> HttpResponse:
    """Those there are, each with who sees it, and a new one."""
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm()
    if form.is_valid():
        typed = form.cleaned_data
        try:
            add_own_contact(
                request.cooperative, kind=typed["kind"], typed=typed["value"], visibility=typed["visibility"], by=request.user
            )
        except DomainError as refusal:
            form.add_error("value", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return go(request, "page_contacts")
    return show(request, "page_contacts.html", form=form, contacts=contacts_of(request.cooperative))


@require_POST
@for_cooperative
def change_contact(request: CooperativeRequest, contact_id: int) -> HttpResponse:
    """Who sees it, or that it is gone."""
    contact = get_contact_of(request.cooperative, contact_id)
    form = VisibilityForm(request.POST)
    if "remove" in request.POST:
        remove_contact(contact, by=request.user)
        messages.success(request, _("Removed."))
    elif form.is_valid():
        choose_who_sees(contact, form.cleaned_data["visibility"], by=request.user)
        messages.success(request, _("Saved."))
    return go(request, "page_contacts")


def _say(request: CooperativeRequest, form_class: type[SeenForm], template: str) -> HttpResponse:
    """A screen that says some words of the page anew."""
    form = _form_of(request, form_class)
    others: dict[str, Any] = {}
    if form.is_valid():
        try:
            revision = say_of_oneself(request.cooperative, form.said(), seen=form.cleaned_data["seen"], by=request.user)
        except SaidOtherwiseMeanwhile as refusal:
            form, others = _asked_again(request, form_class, refusal)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told_after(revision.state if revision else ""))
            return go(request, "page")
    return show(request, template, form=form, others=others)


def _form_of(request: CooperativeRequest, form_class: type[SeenForm]) -> SeenForm:
    if request.method == "POST":
        return form_class(request.POST)
    said = words_at_hand(request.cooperative)
    return form_class(initial={**_asked(form_class, said), "seen": _number_at_hand(request)})


def _asked_again(
    request: CooperativeRequest, form_class: type[SeenForm], refusal: SaidOtherwiseMeanwhile
) -> tuple[SeenForm, dict[str, Any]]:
    """What was typed is kept, beside what somebody else wrote meanwhile; sent again, it replaces it."""
    now_said = words_at_hand(request.cooperative)
    typed = request.POST.copy()
    typed["seen"] = str(_number_at_hand(request))
    form = form_class(typed)
    others = {str(form[field].label): getattr(now_said, field) for field in refusal.facts["fields"]}
    form.add_error(None, str(refusal))
    return form, others


def _asked(form_class: type[SeenForm], said: OrganisationDetails) -> dict[str, Any]:
    return {name: getattr(said, name) for name in form_class.base_fields if name != "seen"}


def _number_at_hand(request: CooperativeRequest) -> int:
    version = version_at_hand(request.cooperative)
    return version.number if version else 1


def _told_after(state: str) -> str:
    if state == "published":
        return _("Saved. Buyers see it now.")
    if state == "pending":
        return _("Saved. Whoever keeps the register looks at it first, then buyers see it.")
    return _("Nothing was changed.")
