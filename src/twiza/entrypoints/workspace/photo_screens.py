"""What the photos of a product and of a page have alike: what is shown of one, and what a button does to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from twiza.entrypoints.workspace.page_forms import PhotoWordsForm

if TYPE_CHECKING:
    from twiza.foundation.accounts.models import User
    from twiza.foundation.pictures.models import Picture

# A picture is touched at a place of its own, so it is shown as wide on every screen.
TOUCHED_WIDTH = 256
PARTS = (10, 50, 90)
PART_NAMES = (
    pgettext_lazy("part of a photo", "top left"),
    pgettext_lazy("part of a photo", "top"),
    pgettext_lazy("part of a photo", "top right"),
    pgettext_lazy("part of a photo", "left"),
    pgettext_lazy("part of a photo", "middle"),
    pgettext_lazy("part of a photo", "right"),
    pgettext_lazy("part of a photo", "bottom left"),
    pgettext_lazy("part of a photo", "bottom"),
    pgettext_lazy("part of a photo", "bottom right"),
)


class PhotoServices(Protocol):
    """What a room does with its photos: the module of its services."""

    def describe_photo(self, photo: Any, *, alt_fr: str, alt_ar: str, by: User) -> None: ...
    def aim_photo(self, photo: Any, focus: tuple[int, int], *, by: User) -> None: ...
    def move_photo(self, photo: Any, *, to: int, by: User) -> None: ...
    def remove_photo(self, photo: Any, *, by: User) -> None: ...
    def try_photo_again(self, photo: Any, *, by: User) -> None: ...


def act_on(photo: Picture, pressed: QueryDict, services: PhotoServices, *, by: User) -> str:
    """Its words, its place, what matters in it, or that it is gone: whichever button was pressed. Says what was done."""
    if "remove" in pressed:
        services.remove_photo(photo, by=by)
        return _("Removed.")
    if "again" in pressed:
        services.try_photo_again(photo, by=by)
        return _("We begin again.")
    focus = touched_point(photo, pressed)
    if focus is not None:
        services.aim_photo(photo, focus, by=by)
    elif "first" in pressed or "later" in pressed:
        services.move_photo(photo, to=0 if "first" in pressed else photo.position + 1, by=by)
    else:
        form = PhotoWordsForm(pressed)
        if form.is_valid():
            services.describe_photo(photo, alt_fr=form.cleaned_data["alt_fr"], alt_ar=form.cleaned_data["alt_ar"], by=by)
    return _("Saved.")


def touched_point(photo: Picture, pressed: QueryDict) -> tuple[int, int] | None:
    """In hundredths from the top left: where the picture was touched, or the part that was chosen. None when neither was."""
    part = pressed.get("part", "")
    if part.isascii() and part.isdigit() and int(part) < len(PART_NAMES):
        return PARTS[int(part) % 3], PARTS[int(part) // 3]
    x, y = pressed.get("focus.x", ""), pressed.get("focus.y", "")
    # Whoever presses it by keyboard sends the corner, which nobody means.
    if not (x.isascii() and y.isascii() and x.isdigit() and y.isdigit()) or (x, y) == ("0", "0"):
        return None
    height = touched_height(photo)
    return min(100, int(x[:5]) * 100 // TOUCHED_WIDTH), min(100, int(y[:5]) * 100 // height)


def touched_height(photo: Picture) -> int:
    """How high the picture is where it is touched."""
    return max(1, round(TOUCHED_WIDTH * photo.height / photo.width)) if photo.width else TOUCHED_WIDTH


def shown_of(photo: Picture, proposal: dict[str, str]) -> dict[str, Any]:
    """What the screen of one photo says."""
    said = {"alt_fr": photo.alt_fr, "alt_ar": photo.alt_ar}
    return {
        "photo": photo,
        "words": said if any(said.values()) else proposal,
        "is_proposed": not any(said.values()) and any(proposal.values()),
        "touched_width": TOUCHED_WIDTH,
        "touched_height": touched_height(photo),
        "parts": list(enumerate(PART_NAMES)),
        "steps": steps_of(photo),
    }


def steps_of(photo: Picture) -> list[dict[str, str]]:
    """Received, made small, shown."""
    middle = "refused" if photo.state == "failed" else "now"
    return [
        {"name": _("Received"), "state": "done"},
        {"name": _("Made small"), "state": middle},
        {"name": _("Shown"), "state": "next"},
    ]


def proposed_words(count: int, **names: Sequence[str]) -> dict[str, str]:
    """Of each language what is known, for a first photo: `alt_fr="Safran pur, Coopérative Zafrane"`; numbered afterwards."""
    number = f" ({count + 1})" if count else ""
    return {f"alt_{code}": (", " if code == "fr" else "، ").join(known) + number for code, known in names.items() if all(known)}
