"""Refusals about photographs that are none of the picture's own fault."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.photographs import PhotoRefused


class PhotoNotKept(PhotoRefused):
    code = "photo_not_kept"
    sentence = _("We could not keep your photo just now. It is not your fault: send it again in a few minutes.")
