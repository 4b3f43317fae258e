"""What every table of photographs has, whoever's they are."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from twiza.foundation.pictures.states import PictureState
from twiza.foundation.pictures.storage import originals
from twiza.kit.renditions import avif_beside
from twiza.kit.translations import translated


class PictureAside(models.Model):
    """A photograph that came with a form in which something else was wrong: kept a day, for whoever sends the form again."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    original = models.FileField(storage=originals, upload_to="")
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.by_id} {self.sent_at:%Y-%m-%d}"


def shown_under(picture: Picture, file_name: str) -> str:
    """The folder of its room, and a name drawn by lot."""
    return f"{picture.folder}/{file_name}"


class Picture(models.Model):
    """A photograph in the sizes pages show. It is shown once it has files; while it is made anew it shows those it had."""

    folder: ClassVar[str]
    objects = models.Manager()

    original = models.FileField(storage=originals, upload_to="", blank=True, help_text="Upright and cleaned; served to nobody.")
    small = models.ImageField(upload_to=shown_under, blank=True, help_text="240 px wide, WebP")
    medium = models.ImageField(upload_to=shown_under, blank=True, help_text="480 px wide, WebP")
    large = models.ImageField(upload_to=shown_under, blank=True, help_text="960 px wide, WebP")
    shared = models.ImageField(upload_to=shown_under, blank=True, help_text="1200 × 630, JPEG, for shared links")
    has_avif = models.BooleanField(default=False, help_text="Beside each WebP lies an AVIF of the same name.")
    width = models.PositiveSmallIntegerField(default=0, help_text="Of the original, in points; 0 where nobody measured.")
    height = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(max_length=7, blank=True, help_text="Its commonest, as #rrggbb: shown while it is awaited.")
    focus_x = models.PositiveSmallIntegerField(default=50, help_text="Of what matters, in hundredths from the left.")
    focus_y = models.PositiveSmallIntegerField(default=40, help_text="In hundredths from above; of a person the head is there.")
    state = models.CharField(max_length=7, choices=PictureState, default=PictureState.READY)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it was begun to be made ready.")
    alt_fr = models.CharField(max_length=160, blank=True)
    alt_ar = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PictureState.values), name="%(app_label)s_%(class)s_state_known"),
            models.CheckConstraint(
                condition=Q(focus_x__lte=100, focus_y__lte=100), name="%(app_label)s_%(class)s_focus_is_in_it"
            ),
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(large=""), name="%(app_label)s_%(class)s_ready_has_files"),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def table(self) -> str:
        """How a job finds it again: `catalogue.Photo`."""
        return self._meta.label

    @property
    def alt(self) -> str:
        return translated(self, "alt")

    @property
    def is_shown(self) -> bool:
        return bool(self.large)

    @property
    def is_awaited(self) -> bool:
        """Nothing of it can be shown yet, and somebody is at it."""
        return self.state == PictureState.WAITING and not self.large

    @property
    def focus(self) -> tuple[int, int]:
        return self.focus_x, self.focus_y

    @property
    def shown_names(self) -> list[str]:
        """The files that everybody may fetch."""
        sizes = [str(name) for name in (self.small, self.medium, self.large) if name]
        return [
            *sizes,
            *([avif_beside(name) for name in sizes] if self.has_avif else []),
            *([str(self.shared)] if self.shared else []),
        ]
