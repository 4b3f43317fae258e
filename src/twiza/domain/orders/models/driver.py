"""Whoever takes a parcel along."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from twiza.kit.phone import shown_phone


class ParcelDriver(models.Model):
    """The driver of a bus or taxi who has a parcel, and where its buyer meets him. The buyer is told all of it."""

    fulfilment = models.OneToOneField("orders.Fulfilment", on_delete=models.PROTECT, related_name="driver")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=16)
    plate = models.CharField(max_length=20, blank=True)
    arrives_where = models.CharField(max_length=70)
    arrives_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(phone__startswith="+"), name="driver_phone_e164")]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_phone(self) -> str:
        """As it is dialled here."""
        return shown_phone(self.phone)
