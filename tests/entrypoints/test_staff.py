from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import RequestFactory

from twiza.domain.directory.models import Identifier, Membership, Organisation
from twiza.domain.storefronts.models import StorefrontHost
from twiza.domain.storefronts.services import ask_for_host
from twiza.entrypoints.staff.admin import HIDDEN, IdentifierInline
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import InboundText, Message
from twiza.foundation.messaging.services import note_reading, receive_text

RIB = "007780000123456789012345"


@pytest.fixture
def staff(db):
    return User.objects.create_superuser("staff@example.org", "a long enough password", "Staff")


def asking(staff, method: str = "get"):
    request = getattr(RequestFactory(), method)("/")
    request.user = staff
    return request


def test_what_only_grows_is_only_read_and_nothing_is_deleted(staff):
    for model in (Message, InboundText, Entry, Organisation, StorefrontHost):
        room = admin.site._registry[model]
        assert not room.has_add_permission(asking(staff))
        assert not room.has_change_permission(asking(staff))
    for model, room in admin.site._registry.items():
        if model.__module__.startswith("twiza."):
            assert not room.has_delete_permission(asking(staff)), model


def test_a_bank_account_shows_its_last_figures_only(market, staff):
    row = Identifier.objects.create(organisation=market.saffron_cooperative, scheme="rib", value=RIB)
    room = admin.site._registry[Organisation]

    page = room.changeform_view(asking(staff), str(market.saffron_cooperative.pk)).render().content.decode()

    assert RIB not in page
    assert IdentifierInline(Organisation, admin.site).shown_value(row) == f"{HIDDEN} {RIB[-4:]}"


def test_a_sign_in_code_is_not_shown(staff):
    message = Message(kind="security", text="1234 est votre code")

    assert admin.site._registry[Message].shown_text(message) == HIDDEN
    assert "text" not in admin.site._registry[Message].get_fields(asking(staff), message)
    assert "password" not in admin.site._registry[User].get_fields(asking(staff))


def test_a_change_by_staff_is_in_the_audit(market, staff):
    room = admin.site._registry[Membership]
    membership = Membership.objects.get(user=market.brahim)
    form_class = room.get_form(asking(staff), membership, change=True)
    form = form_class(instance=membership)
    form.changed_data = ["receives_texts"]
    membership.receives_texts = True

    room.save_model(asking(staff, "post"), membership, form, change=True)

    entry = Entry.objects.filter(action="staff.change").get()
    assert (entry.actor, entry.subject, entry.details) == (staff, f"membership:{membership.pk}", {"fields": ["receives_texts"]})
    assert Membership.objects.get(user=market.brahim).receives_texts


def test_a_text_that_nobody_understood_is_found_by_a_person(staff):
    for key, needs_person in (("a", True), ("b", False)):
        inbound = receive_text(gateway="simulator", gateway_id=key, sender="+212683001001", text=f"kifach {key}?")
        note_reading(inbound, intent="unknown", outcome="not_understood", needs_person=needs_person)
    request = RequestFactory().get("/", {"needs_person__exact": "1"})
    request.user = staff

    page = admin.site._registry[InboundText].changelist_view(request).render().content.decode()

    assert "kifach a?" in page
    assert "kifach b?" not in page


def test_a_name_is_taken_from_a_storefront_by_whoever_sees_the_list(market, staff):
    host = ask_for_host(market.souk, "boutique.example.ma", by=market.youssef)
    room = admin.site._registry[StorefrontHost]
    page = room.changelist_view(asking(staff)).render().content.decode()
    assert "boutique.example.ma" in page
    assert 'value="release"' in page

    room.release(asking(staff, "post"), StorefrontHost.objects.all())

    host.refresh_from_db()
    assert host.dropped_at is not None
    assert Entry.objects.get(action="storefronts.release_host").actor == staff
