"""What every room of the staff keeps to: nothing is deleted, every change is in the audit, what only grows is only read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record

# Django's own class takes its parameter only where types are read.
if TYPE_CHECKING:
    Rooms = admin.ModelAdmin[Any]
    Rows = admin.TabularInline[Any, Any]
else:
    Rooms, Rows = admin.ModelAdmin, admin.TabularInline


class AuditedAdmin(Rooms):
    """Rows are added and changed, never deleted; each time the audit remembers who, and which fields."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        person = request.user if isinstance(request.user, User) else None
        record(
            f"staff.{'change' if change else 'add'}",
            subject=f"{type(obj).__name__.lower()}:{obj.pk}",
            by=person,
            details={"fields": list(form.changed_data)},
        )


class ReadOnlyAdmin(Rooms):
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(Rows):
    """Rows shown under another, that only services write."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
