"""The memory of what was done. Rows are added, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Channel(models.TextChoices):
    WEB = "web", "web"
    SMS = "sms", "sms"
    API = "api", "api"
    SYSTEM = "system", "system"


class Entry(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.CharField(max_length=60, blank=True, help_text="As `organisation:12`.")
    channel = models.CharField(max_length=6, choices=Channel)
    action = models.CharField(max_length=60, help_text="As `orders.accept`.")
    subject = models.CharField(max_length=60, help_text="As `order:91`.")
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_entry_subject"),
            models.Index(fields=["on_behalf_of", "-id"], condition=~Q(on_behalf_of=""), name="audit_entry_behalf"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
