"""The photos of a cooperative, and its story in somebody's voice."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.directory.selectors import get_photo_of, names_of, photos_of, recording_of
from twiza.domain.directory.services import picturing
from twiza.domain.directory.services.voicing import describe_recording, remove_recording, tell_story_aloud
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.page_forms import PhotoForm, VoiceForm
from twiza.entrypoints.workspace.photo_screens import act_on, proposed_words, shown_of
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_photos(request: CooperativeRequest) -> HttpResponse:
    """Those there are, in their order, and a new one."""
    photos = list(photos_of(request.cooperative))
    proposal = _proposal(request, len(photos))
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm(initial=proposal)
    if form.is_valid():
        typed = form.cleaned_data
        words = {"alt_fr": typed["alt_fr"], "alt_ar": typed["alt_ar"]}
        try:
            photo = picturing.add_page_photo(request.cooperative, typed["photo"].file, by=request.user, **words)
        except DomainError as refusal:
            form.add_error("photo", str(refusal))
        else:
            return go(request, "page_photo", photo.pk)
    return show(request, "page_photos.html", form=form, photos=photos, most=picturing.MOST_PHOTOS)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_photo(request: CooperativeRequest, photo_id: int) -> HttpResponse:
    """How far it is; then its words, what matters in it, and its place."""
    photo = get_photo_of(request.cooperative, photo_id)
    if request.method == "POST":
        messages.success(request, act_on(photo, request.POST, picturing, by=request.user))
        if request.POST.keys() & {"remove", "first", "later"}:
            return go(request, "page_photos")
        return go(request, "page_photo", photo.pk)
    count = photos_of(request.cooperative).count()
    return show(request, "page_photo.html", count=count, **shown_of(photo, _proposal(request, photo.position)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_voice(request: CooperativeRequest) -> HttpResponse:
    """A recording instead of the one there is, or only other words about it."""
    told = recording_of(request.cooperative)
    known = {"language": told.language, "transcript": told.transcript} if told else {"language": "ary"}
    form = VoiceForm(request.POST, request.FILES) if request.method == "POST" else VoiceForm(initial=known)
    if form.is_valid() and _keep_voice(request, form, has_one=told is not None):
        messages.success(request, _("Saved. Buyers hear it now."))
        return go(request, "page_voice")
    limits = {"most_minutes": settings.RECORDING_MOST_MINUTES, "most_megabytes": settings.RECORDING_MOST_MEGABYTES}
    return show(request, "page_voice.html", form=form, told=told, **limits)


@require_POST
@for_cooperative
def remove_voice(request: CooperativeRequest) -> HttpResponse:
    remove_recording(request.cooperative, by=request.user)
    messages.success(request, _("Removed."))
    return go(request, "page_voice")


def _keep_voice(request: CooperativeRequest, form: VoiceForm, *, has_one: bool) -> bool:
    """Whether it was kept; what keeps it from being kept is written on the form."""
    typed = form.cleaned_data
    words = {"language": typed["language"], "transcript": typed["transcript"]}
    if not typed["recording"] and not has_one:
        form.add_error("recording", _("Choose a recording first."))
        return False
    try:
        if typed["recording"]:
            tell_story_aloud(request.cooperative, typed["recording"].file, by=request.user, **words)
        else:
            describe_recording(request.cooperative, by=request.user, **words)
    except DomainError as refusal:
        form.add_error("recording", str(refusal))
        return False
    return True


def _proposal(request: CooperativeRequest, before: int) -> dict[str, str]:
    names = names_of(request.cooperative)
    return proposed_words(before, fr=(names["fr"],), ar=(names["ar"],))
