"""How far a storefront has come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class StorefrontState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a storefront", "Being prepared")
    OPEN = "open", pgettext_lazy("a storefront", "Open")
    CLOSED = "closed", pgettext_lazy("a storefront", "Closed")
