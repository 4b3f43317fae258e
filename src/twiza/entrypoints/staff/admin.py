"""The rooms of the staff. No password, bank account or sign-in code is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.models import ProductKind
from twiza.domain.catalogue.services import follow_kind
from twiza.domain.delivery.models import Holiday, PickupPoint, Tariff
from twiza.domain.directory.models import Identifier, Membership, Organisation
from twiza.domain.directory.services.entrusting import entrust_register, take_back_register
from twiza.domain.storefronts.models import Storefront, StorefrontCooperative, StorefrontHost
from twiza.domain.storefronts.services import entrust_market, release_host, take_back_market
from twiza.entrypoints.staff.audited import AuditedAdmin, ReadOnlyAdmin, ReadOnlyInline, Rows
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import InboundText, Kind, Message
from twiza.kit.errors import DomainError

HIDDEN = "••••"


class IdentifierInline(ReadOnlyInline):
    model = Identifier
    fields = ("scheme", "shown_value", "court", "is_public", "retired_at")
    readonly_fields = fields

    @admin.display(description=_("Number"))
    def shown_value(self, row: Identifier) -> str:
        """A bank account shows its last four figures only."""
        return row.value if row.scheme != Identifier.Scheme.RIB else f"{HIDDEN} {row.value[-4:]}"


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ("user", "role", "receives_texts", "since", "until")
    readonly_fields = fields


@admin.register(User)
class UserAdmin(AuditedAdmin):
    list_display = ("name", "phone", "email", "language", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("name", "phone", "email")
    fields = ("name", "phone", "phone_verified_at", "email", "language", "is_active", "is_staff", "joined_at")
    readonly_fields = ("phone", "phone_verified_at", "email", "is_staff", "joined_at")
    ordering = ("name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """What is said of an organisation changes by revisions, never here."""

    list_display = ("slug", "kind", "state", "keeps_register", "is_fictional")
    list_filter = ("kind", "state", "keeps_register", "is_fictional")
    search_fields = ("slug",)
    inlines = (IdentifierInline, MembershipInline)
    ordering = ("slug",)
    actions = ("entrust_with_register", "take_register_back", "entrust_with_market", "take_market_back")

    @admin.action(description=_("Entrust with the national register"))
    def entrust_with_register(self, request: HttpRequest, chosen: QuerySet[Organisation]) -> None:
        self._tell_each(request, chosen, entrust_register)

    @admin.action(description=_("Take the national register back"))
    def take_register_back(self, request: HttpRequest, chosen: QuerySet[Organisation]) -> None:
        self._tell_each(request, chosen, take_back_register)

    @admin.action(description=_("Entrust with the market as a whole"))
    def entrust_with_market(self, request: HttpRequest, chosen: QuerySet[Organisation]) -> None:
        self._tell_each(request, chosen, entrust_market)

    @admin.action(description=_("Take the market back"))
    def take_market_back(self, request: HttpRequest, chosen: QuerySet[Organisation]) -> None:
        self._tell_each(request, chosen, take_back_market)

    def _tell_each(self, request: HttpRequest, chosen: QuerySet[Organisation], service: Callable[..., None]) -> None:
        person = request.user if isinstance(request.user, User) else None
        for organisation in chosen:
            try:
                service(organisation, by=person)
            except DomainError as refusal:
                self.message_user(request, str(refusal), messages.ERROR)


@admin.register(Membership)
class MembershipAdmin(AuditedAdmin):
    list_display = ("user", "organisation", "role", "receives_texts", "since", "until")
    list_filter = ("role", "receives_texts")
    search_fields = ("user__name", "user__phone", "organisation__slug")
    autocomplete_fields = ("user", "organisation")
    list_select_related = ("user", "organisation__published_revision")


class ChosenCooperativeInline(Rows):
    model = StorefrontCooperative
    autocomplete_fields = ("cooperative",)
    extra = 0


@admin.register(Storefront)
class StorefrontAdmin(AuditedAdmin):
    list_display = ("slug", "name_fr", "operator", "opens_at", "closes_at")
    search_fields = ("slug", "name_fr", "name_ar")
    autocomplete_fields = ("operator",)
    inlines = (ChosenCooperativeInline,)


@admin.register(StorefrontHost)
class StorefrontHostAdmin(ReadOnlyAdmin):
    """Names that operators bought for their storefronts. Two who ask for the same one are told to write to us."""

    list_display = ("host", "storefront", "finding", "asked_at", "verified_at", "lost_at", "dropped_at")
    list_filter = ("finding",)
    search_fields = ("host", "storefront__slug")
    list_select_related = ("storefront",)
    actions = ("release",)

    @admin.action(description=_("Take the name from this storefront, for whoever it belongs to"))
    def release(self, request: HttpRequest, chosen: QuerySet[StorefrontHost]) -> None:
        for host in chosen:
            release_host(host, by=request.user if isinstance(request.user, User) else None)


@admin.register(Tariff)
class TariffAdmin(AuditedAdmin):
    list_display = ("carrier", "zone", "valid_from", "valid_until", "base_centimes", "included_grams")
    list_filter = ("carrier", "zone")


@admin.register(Holiday)
class HolidayAdmin(AuditedAdmin):
    list_display = ("day", "name_fr", "name_ar")


@admin.register(PickupPoint)
class PickupPointAdmin(AuditedAdmin):
    list_display = ("name_fr", "cooperative", "closed_at")
    autocomplete_fields = ("cooperative",)
    raw_id_fields = ("commune",)


@admin.register(ProductKind)
class ProductKindAdmin(AuditedAdmin):
    list_display = ("code", "family", "name_fr", "name_ar", "drawing", "withdrawal", "position")
    list_filter = ("family",)
    search_fields = ("code", "name_fr", "name_ar")

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Products are found by the names of their kind."""
        super().save_model(request, obj, form, change)
        if change and isinstance(obj, ProductKind):
            follow_kind(obj)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "to", "kind", "state", "parts", "shown_text")
    list_filter = ("state", "kind", "gateway")
    search_fields = ("to", "key")
    exclude = ("text",)
    readonly_fields = ("shown_text",)

    @admin.display(description=_("Text"))
    def shown_text(self, row: Message) -> str:
        """A sign-in code is for its reader alone."""
        return HIDDEN if row.kind == Kind.SECURITY else row.text


@admin.register(InboundText)
class InboundTextAdmin(ReadOnlyAdmin):
    """What nobody understood waits here for a person: filter by `needs person`."""

    list_display = ("received_at", "sender", "person", "text", "intent", "outcome", "needs_person")
    list_filter = ("needs_person", "outcome", "gateway")
    search_fields = ("sender", "person__name")
    list_select_related = ("person",)
    ordering = ("-id",)


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor", "channel", "action", "subject", "on_behalf_of")
    list_filter = ("channel", "action")
    search_fields = ("subject", "on_behalf_of", "actor__name")
    list_select_related = ("actor",)
