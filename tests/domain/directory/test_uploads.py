"""What happens to an uploaded register when workers die, jobs run twice, two people press at once, and time passes."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, connections

from tests.jobs import run_jobs
from twiza.domain.directory.errors import ColumnTwice, NameColumnMissing, UploadNotReady
from twiza.domain.directory.models import ImportBatch, Organisation, UploadedRegister
from twiza.domain.directory.selectors.provenance import sources_of_fields
from twiza.domain.directory.selectors.uploads import (
    all_faults_of,
    first_faults_of,
    get_upload_for,
    progress_of,
    trouble_of,
    uploads_for,
)
from twiza.domain.directory.services.importing.headings import columns_of
from twiza.domain.directory.services.uploads import work
from twiza.domain.directory.services.uploads.queue import enqueue, enqueue_all_under_way
from twiza.domain.directory.services.uploads.steps import (
    ColumnChoices,
    open_again,
    receive_register,
    settle_columns,
    start_import,
)
from twiza.domain.directory.services.uploads.work import advance_upload, purge_old_uploads
from twiza.domain.directory.states import UPLOAD_MAY_BECOME, UploadState
from twiza.foundation.accounts.services import register_person
from twiza.kit.clock import now
from twiza.kit.errors import NotFound
from twiza.kit.table_opening import open_table

pytestmark = pytest.mark.django_db
FILE = "Nom;Province;Tél\n" + "".join(f"Coopérative {number};Tata;06\n" for number in range(30)) + ";Tata;\n"
CHOICES = ColumnChoices({0: "name", 1: "province", 2: "phone"}, source="ODCO")


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.REGISTER_FOLDER = str(tmp_path / "registers")
    return tmp_path / "registers"


@pytest.fixture
def keeper(db):
    person = register_person(name="Nadia", phone="+212683009999", language="fr")
    person.is_staff = True
    person.save()
    return person


@pytest.fixture
def upload(keeper):
    return receive_register([FILE.encode()], "registre.csv", by=keeper)


@pytest.fixture
def checked(upload, keeper):
    run_jobs()
    settle_columns(upload.pk, CHOICES, by=keeper)
    run_jobs()
    return again(upload)


def again(upload) -> UploadedRegister:
    upload.refresh_from_db()
    return upload


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'todo' and task_name = 'directory.advance_upload'")
        return int(cursor.fetchone()[0])


def test_a_job_that_runs_twice_imports_once(checked, keeper):
    start_import(checked.pk, by=keeper)

    advance_upload(checked.pk)
    advance_upload(checked.pk)
    run_jobs()

    assert again(checked).state == "imported"
    assert ImportBatch.objects.get().created == 30
    assert Organisation.objects.count() == 30


def test_a_worker_that_dies_leaves_nothing_and_the_next_try_imports_everything(checked, keeper, monkeypatch):
    start_import(checked.pk, by=keeper)
    note = work._note

    def dies(*_args):
        raise ConnectionError("the worker was killed")

    monkeypatch.setattr(work, "_note", dies)
    with pytest.raises(ConnectionError):
        advance_upload(checked.pk)
    assert (again(checked).state, checked.tries) == ("importing", 1)
    assert (Organisation.objects.count(), ImportBatch.objects.count()) == (0, 0)
    assert len(list(all_faults_of(checked))) == checked.counts["faults"]

    monkeypatch.setattr(work, "_note", note)
    run_jobs()
    assert again(checked).state == "imported"
    assert (Organisation.objects.count(), ImportBatch.objects.count()) == (30, 1)


def test_a_file_on_which_workers_die_is_given_up(checked, keeper, monkeypatch):
    start_import(checked.pk, by=keeper)

    def dies(*_args, **_options):
        raise MemoryError

    monkeypatch.setattr(work, "import_cooperatives", dies)
    for _try in range(work.MOST_TRIES):
        with pytest.raises(MemoryError):
            advance_upload(checked.pk)
    advance_upload(checked.pk)

    assert (again(checked).state, checked.trouble_code) == ("failed", "kept_breaking")
    assert "responsables du site" in trouble_of(checked)
    assert Organisation.objects.count() == 0


def test_a_step_that_was_left_behind_is_enqueued_again_and_waits_once(upload):
    assert waiting_jobs() == 1

    enqueue(upload.pk)
    enqueue_all_under_way()
    assert waiting_jobs() == 1

    run_jobs()
    enqueue_all_under_way()
    assert waiting_jobs() == 0


def test_a_step_that_is_past_is_refused_and_changes_nothing(checked, keeper):
    start_import(checked.pk, by=keeper)

    for late in (
        lambda: start_import(checked.pk, by=keeper),
        lambda: settle_columns(checked.pk, CHOICES, by=keeper),
        lambda: open_again(checked.pk),
    ):
        with pytest.raises(UploadNotReady):
            late()
    assert again(checked).state == "importing"


def test_columns_that_cannot_be_are_refused(upload, keeper):
    run_jobs()

    with pytest.raises(NameColumnMissing):
        settle_columns(upload.pk, ColumnChoices({1: "province"}), by=keeper)
    with pytest.raises(ColumnTwice):
        settle_columns(upload.pk, ColumnChoices({0: "name", 1: "province", 2: "province"}), by=keeper)
    assert again(upload).state == "opened"


def test_the_dry_run_and_the_import_count_the_same(checked, keeper):
    dry = checked.counts

    start_import(checked.pk, by=keeper)
    run_jobs()

    assert again(checked).counts == dry
    assert dry["rows"] == sum(dry[name] for name in ("new", "changed", "matched", "conflicting", "refused"))


def test_what_was_imported_is_dated_as_the_register_says(upload, keeper):
    run_jobs()
    settle_columns(upload.pk, replace(CHOICES, as_of=date(2025, 1, 31), licence="ODbL-1.0"), by=keeper)
    run_jobs()
    start_import(upload.pk, by=keeper)
    run_jobs()

    organisation = Organisation.objects.select_related("published_revision__import_batch").first()
    assert organisation is not None
    source = sources_of_fields([organisation])[organisation.pk]["name_fr"]
    assert (source.source, source.said_on, source.licence) == ("ODCO", date(2025, 1, 31), "ODbL-1.0")
    assert source.file_sha256 == upload.file_sha256


def test_progress_is_seen_while_the_rows_are_not(checked, keeper, monkeypatch):
    seen = []
    whole = work.import_cooperatives

    def watched(*args, **options):
        outcome = whole(*args, **options)
        seen.append(progress_of(again(checked)))
        return outcome

    monkeypatch.setattr(work, "import_cooperatives", watched)
    start_import(checked.pk, by=keeper)
    assert not progress_of(again(checked)).has_begun
    run_jobs()

    assert [(one.rows, one.expected, one.has_begun) for one in seen] == [(31, 31, True)]


def test_old_files_go_with_the_values_in_them_and_what_was_imported_stays(checked, keeper, settings):
    start_import(checked.pk, by=keeper)
    run_jobs()
    other = receive_register([FILE.encode()], "autre.csv", by=keeper)
    run_jobs()
    settings.REGISTER_DAYS = 30
    assert purge_old_uploads() == 0

    UploadedRegister.objects.update(uploaded_at=now() - timedelta(days=31))
    assert purge_old_uploads() == 2
    assert purge_old_uploads() == 0

    assert (again(checked).state, checked.first_faults, checked.kept_in.exists()) == ("imported", [], False)
    assert [one["samples"] for one in checked.headings] == [[], [], []]
    assert (again(other).state, other.trouble_code) == ("failed", "register_gone")
    assert list(all_faults_of(checked)) == first_faults_of(checked) == []
    assert Organisation.objects.count() == 30


def test_what_is_under_way_is_not_purged(upload):
    UploadedRegister.objects.update(uploaded_at=now() - timedelta(days=31))

    assert purge_old_uploads() == 0
    assert again(upload).file.exists()


def test_files_lie_where_only_we_read(upload):
    assert upload.kept_in.stat().st_mode & 0o077 == 0


def test_only_who_keeps_the_register_sees_uploads(upload, market):
    assert list(uploads_for(market.mina)) == []
    assert list(uploads_for(None)) == []
    with pytest.raises(NotFound):
        get_upload_for(market.mina, upload.pk)


def test_every_state_says_what_may_follow():
    assert set(UPLOAD_MAY_BECOME) == set(UploadState.values)
    assert set().union(*UPLOAD_MAY_BECOME.values()) <= set(UploadState.values)


@pytest.mark.parametrize(
    ("text", "encoding", "separator"),
    [
        ("Nom\tProvince\nA\tTata\n", "utf-8", "\t"),
        ("sep=|\nNom|Province\nA|Tata\n", "utf-8", "|"),
        ("Nom,Province\nÉté,Tata\n", "cp1252", ","),
    ],
)
def test_how_a_file_is_written_is_found_out(tmp_path, text, encoding, separator):
    path = tmp_path / "register"
    path.write_bytes(text.encode(encoding))

    table = open_table(path, columns_of)

    assert (table.encoding, table.separator, [one["guess"] for one in table.headings]) == (
        encoding,
        separator,
        ["name", "province"],
    )


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_import_once(upload, keeper):
    run_jobs()
    settle_columns(upload.pk, CHOICES, by=keeper)
    run_jobs()
    start_import(upload.pk, by=keeper)
    faults: list[BaseException] = []

    def work_on_it() -> None:
        try:
            advance_upload(upload.pk)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work_on_it) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert faults == []
    run_jobs()  # nothing waits for the tests that follow
    assert again(upload).state == "imported"
    assert (ImportBatch.objects.count(), Organisation.objects.count()) == (1, 30)
