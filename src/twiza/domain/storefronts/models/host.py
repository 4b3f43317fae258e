"""A host of a storefront's own, as `boutique.example.ma`."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from twiza.domain.storefronts.states import HostFinding, HostState
from twiza.kit import clock
from twiza.kit.host_names import name_for_people

LONGEST_LOOK = timedelta(minutes=2)


class StorefrontHost(models.Model):
    """Asked for, then in use once it was seen to lead to us. Given up, it stays as a record."""

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.PROTECT, related_name="hosts")
    host = models.CharField(max_length=253, help_text="Lower-case, in punycode.")
    token = models.CharField(max_length=40, unique=True)
    asked_at = models.DateTimeField()
    looking_since = models.DateTimeField(null=True, blank=True, help_text="A look was ordered and has not come back.")
    looked_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=10, choices=HostFinding, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When it last led to us.")
    verified_at = models.DateTimeField(null=True, blank=True)
    away_days = models.PositiveSmallIntegerField(default=0, help_text="In a row, since it last led to us.")
    away_on = models.DateField(null=True, blank=True, help_text="The last of these days.")
    lost_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["host"],
                condition=Q(verified_at__isnull=False, dropped_at__isnull=True),
                name="storefront_host_one_verified",
            ),
            models.UniqueConstraint(
                fields=["storefront"], condition=Q(dropped_at__isnull=True), name="storefront_host_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(host__regex=r"^[a-z0-9.-]+$"), name="storefront_host_as_the_network_has_it"),
            models.CheckConstraint(
                condition=Q(lost_at__isnull=True) | Q(verified_at__isnull=True), name="storefront_host_lost_or_verified"
            ),
            models.CheckConstraint(condition=Q(finding__in=["", *HostFinding.values]), name="storefront_host_finding_known"),
        ]
        indexes = [models.Index(fields=["host"], name="storefront_host_name")]

    def __str__(self) -> str:
        return self.host

    @property
    def name(self) -> str:
        """In the letters people write it with."""
        return name_for_people(self.host)

    def get_state_display(self) -> str:
        return str(self.state.label)

    @property
    def is_being_looked_at(self) -> bool:
        """A job is on its way; one that stays away was lost with its worker."""
        return self.looking_since is not None and self.looking_since > clock.now() - LONGEST_LOOK

    @property
    def state(self) -> HostState:
        if self.dropped_at is not None:
            return HostState.DROPPED
        if self.verified_at is not None:
            return HostState.VERIFIED
        return HostState.AWAITED if self.lost_at is None else HostState.LOST
