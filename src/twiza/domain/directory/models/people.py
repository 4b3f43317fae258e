"""Who acts for an organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    class Role(models.TextChoices):
        PRESIDENT = "president", _("President")
        TREASURER = "treasurer", _("Treasurer")
        MEMBER = "member", _("Member")
        OPERATOR_MANAGER = "operator_manager", _("Manager of the operator")
        OPERATOR_AGENT = "operator_agent", _("Agent of the operator")
        FIELD_AGENT = "field_agent", _("Field agent")

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    receives_texts = models.BooleanField(default=False, help_text="Hears of orders by text message.")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["president", "treasurer", "member", "operator_manager", "operator_agent", "field_agent"]),
                name="membership_role_known",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(until__isnull=True), name="membership_live_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.organisation_id}"
