"""What is becoming of a photograph."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PictureState(models.TextChoices):
    WAITING = "waiting", _("being made ready")
    READY = "ready", _("shown")
    FAILED = "failed", _("could not be made ready")
