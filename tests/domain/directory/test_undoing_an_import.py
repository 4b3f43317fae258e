"""An import is taken back; what people and other registers said since stays."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twiza.domain.directory.forms import ContactDetails, IdentifierDetails
from twiza.domain.directory.models import ContactPoint, Identifier, ImportBatch, Organisation, Revision
from twiza.domain.directory.services.drafting import details_said_by
from twiza.domain.directory.services.importing.batches import import_cooperatives
from twiza.domain.directory.services.importing.undoing import ImportNotFound, undo_import
from twiza.domain.directory.services.particulars import add_contact, add_identifier
from twiza.domain.directory.services.registering import change_state, publish_revision, revise
from twiza.foundation.audit.models import Entry
from twiza.foundation.search.models import SearchChange

pytestmark = pytest.mark.django_db

HEADINGS = [
    "Dénomination", "اسم التعاونية", "Secteur", "Commune", "Province", "Adresse", "Nombre d'adhérents", "dont femmes",
    "Téléphone", "N° d'immatriculation", "Tribunal", "ICE",
]  # fmt: skip
SAFRAN = ["Safran", "", "PAM", "Taliouine", "Taroudant", "Centre", "40", "25", "0661234567", "56/268/2018", "Taroudant", ""]
ARGAN = ["Argan", "", "ARGA", "", "Agadir", "", "12", "12", "", "57/1/2019", "Agadir", ""]


def reading(folder, *rows, **told):
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADINGS, *rows])
    path = folder / "register.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return import_cooperatives(path, **told)


def with_cells(row, **cells):
    places = {
        "name_ar": 1,
        "sector": 2,
        "commune": 3,
        "province": 4,
        "address": 5,
        "members": 6,
        "women": 7,
        "phone": 8,
        "ice": 11,
    }
    changed = list(row)
    for name, value in cells.items():
        changed[places[name]] = value
    return changed


def edit(organisation, by=None, **values):
    organisation = Organisation.objects.select_related("published_revision").get(pk=organisation.pk)
    revision = revise(organisation, replace(details_said_by(organisation.published_revision), **values), by)
    publish_revision(revision, by)


def said():
    """Everything the directory says, without row numbers."""
    return {
        organisation.slug: (
            organisation.state,
            details_said_by(organisation.published_revision),
            sorted(organisation.identifiers.filter(retired_at=None).values_list("scheme", "value", "court")),
            sorted(organisation.contacts.values_list("kind", "value", "visibility")),
        )
        for organisation in Organisation.objects.select_related("published_revision")
    }


def counted(outcome):
    return (outcome.removed, outcome.restored, outcome.waiting, outcome.kept)


def test_what_nobody_has_touched_since_is_gone(tmp_path):
    batch = reading(tmp_path, SAFRAN, ARGAN).batch
    ids = set(Organisation.objects.values_list("pk", flat=True))
    SearchChange.objects.all().delete()

    outcome = undo_import(batch, by=None)

    assert counted(outcome) == (2, 0, 0, 0)
    assert not any(model.objects.exists() for model in (Organisation, Revision, Identifier, ContactPoint))
    assert set(SearchChange.objects.values_list("kind", "object_id")) == {("cooperative", one) for one in ids}
    assert ImportBatch.objects.get().undone_at is not None
    entry = Entry.objects.get(action="directory.undo_import")
    assert (entry.subject, entry.details) == (f"import:{batch}", {"removed": 2, "restored": 0, "waiting": 0, "kept": 0})


def test_a_second_undoing_changes_nothing(tmp_path):
    batch = reading(tmp_path, SAFRAN).batch
    undo_import(batch, by=None)
    first = ImportBatch.objects.get().undone_at

    again = undo_import(batch, by=None)

    assert (counted(again), again.was_undone_before) == ((0, 0, 0, 0), True)
    assert ImportBatch.objects.get().undone_at == first
    assert Entry.objects.filter(action="directory.undo_import").count() == 1


def test_a_dry_run_counts_and_keeps_everything(tmp_path):
    batch = reading(tmp_path, SAFRAN, ARGAN).batch
    before = said()

    outcome = undo_import(batch, by=None, dry_run=True)

    assert (counted(outcome), said()) == ((2, 0, 0, 0), before)
    assert ImportBatch.objects.get().undone_at is None


def test_values_go_back_and_later_edits_stay(tmp_path):
    reading(tmp_path, SAFRAN)
    batch = reading(tmp_path, with_cells(SAFRAN, members="60", women="30", address="Route 10", phone="0662000000")).batch
    edit(Organisation.objects.get(), address="Souk", activities="Safran")

    outcome = undo_import(batch, by=None)

    assert counted(outcome) == (0, 1, 0, 0)
    organisation = Organisation.objects.get()
    shown = organisation.published_revision
    assert (shown.members_total, shown.members_women, shown.address, shown.activities) == (40, 25, "Souk", "Safran")
    assert (shown.number, shown.undoes_id, shown.said_in["members_total"], shown.said_in["address"]) == (4, batch, 1, 3)
    assert [one.value for one in organisation.contacts.all()] == ["+212661234567"]


def test_a_commune_and_its_province_go_back_together(tmp_path):
    reading(tmp_path, SAFRAN)
    batch = reading(tmp_path, with_cells(SAFRAN, commune="", province="Agadir Ida Ou Tanane")).batch
    assert Organisation.objects.get().published_revision.commune_id is None

    undo_import(batch, by=None)

    shown = Organisation.objects.get().published_revision
    assert (shown.commune_id, shown.province_id) == ("09.541.01.11", "09.541")


def test_parts_of_members_that_would_be_more_than_all_stay_with_their_total(tmp_path):
    reading(tmp_path, SAFRAN)
    batch = reading(tmp_path, with_cells(SAFRAN, members="60", address="Route 10")).batch
    edit(Organisation.objects.get(), members_women=50)

    undo_import(batch, by=None)

    shown = Organisation.objects.get().published_revision
    assert (shown.members_total, shown.members_women, shown.address) == (60, 50, "Centre")


def test_numbers_put_right_are_wrong_again(tmp_path):
    wrong = "001561191000067"
    reading(tmp_path, with_cells(SAFRAN, ice=wrong))
    batch = reading(tmp_path, with_cells(SAFRAN, ice="001561191000066")).batch

    outcome = undo_import(batch, by=None)

    assert counted(outcome) == (0, 1, 0, 0)
    assert [one.value for one in Identifier.objects.filter(scheme="ice", retired_at=None)] == [wrong]


@pytest.mark.parametrize("reason", ["edited", "claimed", "members", "other_register", "contact", "number"])
def test_whatever_somebody_has_touched_stays_whole(tmp_path, market, reason):
    batch = reading(tmp_path, SAFRAN).batch
    organisation = Organisation.objects.get(slug="safran")
    {
        "edited": lambda: edit(organisation, activities="Safran"),
        "claimed": lambda: change_state(organisation, "claimed", None),
        "members": lambda: organisation.memberships.create(user=market.fatima, role="president"),
        "other_register": lambda: reading(tmp_path, with_cells(SAFRAN, members="41")),
        "contact": lambda: add_contact(organisation, ContactDetails("phone", "+212661234567", "public")),
        "number": lambda: add_identifier(organisation, IdentifierDetails("cnss", "123"), None),
    }[reason]()
    before = said()

    outcome = undo_import(batch, by=None)

    assert counted(outcome) == (0, 0, 0, 1)
    assert [(one.slug, one.reason) for one in outcome.kept_organisations] == [
        ("safran", {"contact": "edited", "number": "edited"}.get(reason, reason))
    ]
    assert said() == before


def test_what_something_refers_to_stays_whole(tmp_path):
    batch = reading(tmp_path, SAFRAN).batch
    organisation = Organisation.objects.get()
    organisation.accreditations.create(scheme="bio")

    outcome = undo_import(batch, by=None)

    assert [(one.slug, one.reason) for one in outcome.kept_organisations] == [("safran", "in_use")]
    assert Organisation.objects.get().published_revision is not None


def test_of_what_its_members_keep_the_offer_is_withdrawn(tmp_path):
    reading(tmp_path, SAFRAN)
    change_state(Organisation.objects.get(), "claimed", None)
    batch = reading(tmp_path, with_cells(SAFRAN, members="60")).batch

    outcome = undo_import(batch, by=None)

    assert counted(outcome) == (0, 1, 0, 0)
    assert [one.state for one in Revision.objects.order_by("number")] == ["published", "rejected"]


def test_of_what_its_members_keep_by_now_the_older_values_wait_for_them(tmp_path):
    reading(tmp_path, SAFRAN)
    batch = reading(tmp_path, with_cells(SAFRAN, members="60")).batch
    change_state(Organisation.objects.get(), "claimed", None)

    outcome = undo_import(batch, by=None)

    assert counted(outcome) == (0, 1, 1, 0)
    assert Organisation.objects.get().published_revision.members_total == 60
    assert Revision.objects.get(state="pending").members_total == 40


def test_imports_are_undone_in_any_order(tmp_path):
    reading(tmp_path, SAFRAN)
    at_first = said()
    second = reading(tmp_path, with_cells(SAFRAN, members="60")).batch
    third = reading(tmp_path, with_cells(SAFRAN, members="60", address="Route 10")).batch

    undo_import(second, by=None)
    shown = Organisation.objects.get().published_revision
    assert (shown.members_total, shown.address) == (40, "Route 10")
    undo_import(third, by=None)

    assert said() == at_first


def test_a_register_read_before_is_still_known_and_one_undone_is_read_anew(tmp_path):
    reading(tmp_path, SAFRAN)
    other = with_cells(SAFRAN, members="60")
    undo_import(reading(tmp_path, other).batch, by=None)

    assert reading(tmp_path, SAFRAN).unchanged == 1
    assert reading(tmp_path, other).updated == 1
    assert Organisation.objects.get().published_revision.members_total == 60


def test_a_batch_nobody_knows_is_refused():
    with pytest.raises(ImportNotFound):
        undo_import(987, by=None)


CELLS = {
    "name_ar": st.sampled_from(["", "تعاونية الأمل"]),
    "sector": st.sampled_from(["PAM", "AGRI", "PAM, AGRI"]),
    "commune": st.sampled_from(["", "Taliouine"]),
    "address": st.sampled_from(["", "Centre", "Souk"]),
    "members": st.sampled_from(["", "9", "40", "60"]),
    "women": st.sampled_from(["", "0", "25"]),
    "phone": st.sampled_from(["", "0661234567", "0662000000"]),
    "ice": st.sampled_from(["", "001561191000066"]),
}
ROWS = st.fixed_dictionaries({}, optional=CELLS)
EDITS = st.fixed_dictionaries(
    {},
    optional={"activities": st.just("Miel"), "address": st.just("Place"), "members_total": st.just(70), "acronym": st.just("S")},
)


@given(a=st.tuples(ROWS, ROWS), b=st.tuples(ROWS, ROWS), edits=EDITS, is_new_in_b=st.booleans())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_leaves_the_register_before_and_the_edits(tmp_path, django_db_blocker, a, b, edits, is_new_in_b):
    from django.db import transaction

    with transaction.atomic():
        reading(tmp_path, with_cells(SAFRAN, **a[0]), *([] if is_new_in_b else [with_cells(ARGAN, **a[1], province="Agadir")]))
        edit(Organisation.objects.get(slug="safran"), **edits)
        before = said()

        batch = reading(tmp_path, with_cells(SAFRAN, **b[0]), with_cells(ARGAN, **b[1])).batch
        undo_import(batch, by=None)

        assert said() == before
        transaction.set_rollback(True)


def test_the_command_says_what_it_did(tmp_path, capsys):
    batch = reading(tmp_path, SAFRAN, ARGAN).batch
    edit(Organisation.objects.get(slug="safran"), activities="Safran")

    call_command("undo_import", str(batch), "--json")
    answer = json.loads(capsys.readouterr().out)

    assert {name: answer[name] for name in ("removed", "restored", "kept", "batch")} == {
        "removed": 1, "restored": 0, "kept": 1, "batch": batch,
    }  # fmt: skip
    assert answer["kept_organisations"] == [{"slug": "safran", "reason": "edited"}]
    call_command("undo_import", str(batch), "--language", "en")
    assert capsys.readouterr().out == "This import was taken back before; nothing is left to do.\n"


def test_the_command_ends_with_2_when_there_is_no_such_import(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("undo_import", "987", "--json")

    assert (ended.value.code, json.loads(capsys.readouterr().out)["error"]) == (2, "import_not_found")
