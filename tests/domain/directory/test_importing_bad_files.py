"""Files that would harm: each is named, bounded, and leaves nothing half written."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.utils.translation import override

from twiza.domain.directory.models import Identifier, ImportBatch, Organisation
from twiza.domain.directory.services.importing import batches
from twiza.domain.directory.services.importing.batches import TooManyRows, import_cooperatives
from twiza.domain.directory.services.registering import change_state
from twiza.kit import table_answers, workbook_guard
from twiza.kit.rows import FileUnreadable

pytestmark = pytest.mark.django_db

HEADINGS = ["Dénomination", "Commune", "Adresse", "N° d'immatriculation", "Tribunal", "ICE", "RIB"]


def a_row(number, **cells):
    row = [f"Coopérative Numéro {number}", "Taliouine", "Centre", f"{number}/1/2019", "Taroudant", "", ""]
    for name, value in cells.items():
        row[{"name": 0, "address": 2, "ice": 5, "rib": 6}[name]] = value
    return row


def a_file(folder, *rows, headings=HEADINGS):
    path = folder / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([headings, *rows])
    return path


def a_workbook(folder, *rows):
    book, path = openpyxl.Workbook(), folder / "register.xlsx"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def with_part(path, name, *pieces):
    """The workbook with another content of one of its parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist() if one != name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
        with archive.open(name, "w") as file:
            for piece in pieces:
                file.write(piece)
    return path


def sheet(*pieces):
    begin = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return ("xl/worksheets/sheet1.xml", begin, *pieces, b"</sheetData></worksheet>")


def importing(path, **options):
    faults = []
    outcome = import_cooperatives(path, on_fault=faults.append, **options)
    return outcome, [(fault.line, fault.column, fault.code) for fault in faults]


def refused(path):
    with pytest.raises(FileUnreadable) as refusal:
        importing(path)
    assert not Organisation.objects.exists()
    assert not ImportBatch.objects.exists()
    assert str(refusal.value)
    return refusal.value.code


def test_a_formula_is_a_text_and_no_report_runs_it(tmp_path):
    path = a_file(tmp_path, a_row(1, name="=cmd|' /C calc'!A0", ice="=1+1"), headings=[*HEADINGS[:5], "@ICE", *HEADINGS[6:]])
    report = tmp_path / "report.csv"

    call_command("import_cooperatives", str(path), "--report", str(report), "--json", stdout=io.StringIO())
    answer = io.StringIO()
    call_command("export_cooperatives", format="csv", stdout=answer)

    assert Organisation.objects.get().published_revision.name_fr == "=cmd|' /C calc'!A0"
    assert ",'=cmd|' /C calc'!A0," in answer.getvalue()
    (line,) = [line for line in csv.DictReader(io.StringIO(report.read_text("utf-8-sig"))) if line["code"] == "ice_length"]
    assert (line["column"], line["value"]) == ("'@ICE", "'=1+1")


@pytest.mark.parametrize("text", ["x" * 40_000, "x" * 10_000_000, "x " * 5_000_000])
def test_an_endless_cell_costs_its_own_row(tmp_path, text):
    rows = [a_row(number) for number in range(1, 41)]
    outcome, faults = importing(a_file(tmp_path, *rows, a_row(41, address=text), a_row(42)))

    assert (outcome.rows, outcome.created, outcome.rejected) == (42, 41, 1)
    assert faults == [(42, "", "cell_too_long")]
    assert not Organisation.objects.filter(slug="cooperative-numero-41").exists()


def test_an_endless_line_at_the_head_is_no_table(tmp_path):
    assert refused(a_file(tmp_path, a_row(1, address="x" * 300_000))) == "line_too_long"


def test_an_endless_cell_of_a_workbook_costs_its_own_row(tmp_path):
    rows = a_workbook(tmp_path, HEADINGS)
    cells = "".join(f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in HEADINGS[:2]).encode()
    long = b'<c t="inlineStr"><is><t>Amal</t></is></c><c t="inlineStr"><is><t>' + b"y" * 40_000 + b"</t></is></c>"
    path = with_part(rows, *sheet(b"<row>", cells, b"</row><row>", long, b"</row>"))

    assert importing(path)[1] == [(2, "", "cell_too_long")]


def test_a_workbook_whose_cell_would_fill_the_memory_is_refused(tmp_path):
    path = with_part(
        a_workbook(tmp_path, HEADINGS), *sheet(b'<row><c t="inlineStr"><is><t>', *[b"z" * 100_000] * 15, b"</t></is></c></row>")
    )

    assert refused(path) == "cell_too_long"


def test_a_workbook_whose_row_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_guard, "LONGEST_ROW_BYTES", 1_000_000)
    path = with_part(a_workbook(tmp_path, HEADINGS), *sheet(b"<row>", *[b"<c><v>1</v></c>" * 10_000] * 15, b"</row>"))

    assert refused(path) == "cell_too_long"


def test_a_workbook_whose_texts_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_guard, "LARGEST_READ_WHOLE_BYTES", 1_000_000)
    texts = [b"<sst>", *[b"<si><t>abcdefghij</t></si>" * 10_000] * 5, b"</sst>"]

    assert refused(with_part(a_workbook(tmp_path, HEADINGS), "xl/sharedStrings.xml", *texts)) == "file_too_large"


def test_headings_that_say_the_same_are_named(tmp_path):
    headings = ["Dénomination", "Commune", "Ville", "N° ICE", "ICE"]
    outcome, faults = importing(a_file(tmp_path, ["Amal", "Taliouine", "Agadir", "", "001561191000066"], headings=headings))

    assert faults == [(1, "Ville", "heading_twice"), (1, "ICE", "heading_twice")]
    assert (outcome.created, outcome.warnings, outcome.columns_not_read) == (1, 2, ("Ville", "ICE"))
    assert Organisation.objects.get().published_revision.commune_id == "09.541.01.11"


def test_marks_of_direction_are_taken_out_of_names(tmp_path):
    marked = a_row(1, name="\u202bتعاونية \u200fالأمل\u202c")
    outcome, faults = importing(a_file(tmp_path, marked))

    assert faults == [(2, "Dénomination", "marks_removed")]
    assert Organisation.objects.get().published_revision.name_ar == "تعاونية الأمل"
    assert importing(a_file(tmp_path, a_row(1, name="تعاونية الأمل")))[0].unchanged == 1


def test_a_register_of_no_rows_says_so(tmp_path):
    outcome, faults = importing(a_file(tmp_path))

    assert (outcome.rows, outcome.created, faults) == (0, 0, [(1, "", "no_rows")])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_register_of_too_many_rows_is_refused_before_it_is_read(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(batches, "MOST_ROWS", 10)
    rows = [a_row(number) for number in range(40)]
    path = a_file(tmp_path, *rows) if kind == "csv" else a_workbook(tmp_path, HEADINGS, *rows)
    told = []
    with pytest.raises(TooManyRows):
        import_cooperatives(path, on_progress=told.append)

    assert told == []
    assert refused(path) == "too_many_rows"


def test_too_many_rows_that_nobody_could_count_leave_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "MOST_ROWS", 10)
    monkeypatch.setattr(batches, "has_more_rows", lambda *_path, **_how: False)

    assert refused(a_file(tmp_path, *[a_row(number) for number in range(11)])) == "too_many_rows"


def test_as_many_rows_as_may_be_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "MOST_ROWS", 10)

    assert importing(a_file(tmp_path, *[a_row(number) for number in range(10)]))[0].created == 10
    assert importing(a_workbook(tmp_path, HEADINGS, *[a_row(number) for number in range(10)]))[0].unchanged == 10


def test_a_dry_run_counts_what_the_reading_then_does(tmp_path):
    path = a_file(
        tmp_path, a_row(1), a_row(1), a_row(1, ice="001561191000066"), a_row(2, name=""), a_row(3, rib="1"), a_row(4, address="-")
    )
    import_cooperatives(a_file(tmp_path, a_row(4), a_row(3)))
    path = a_file(tmp_path, a_row(1), a_row(1), a_row(1, ice="001561191000066"), a_row(2, name=""), a_row(3, address="Souk"))

    dry, faults_dry = importing(path, dry_run=True)
    real, faults_real = importing(path)

    names = ("rows", "created", "updated", "unchanged", "rejected", "conflicting", "warnings")
    assert [getattr(dry, name) for name in names] == [getattr(real, name) for name in names] == [5, 1, 1, 1, 2, 1, 1]
    assert faults_dry == faults_real


RIB, OTHER_RIB = "310810101402900442310133", "011780000012345678901241"


@pytest.mark.parametrize("state", ["listed", "claimed"])
def test_no_register_changes_where_somebody_is_paid(tmp_path, state):
    importing(a_file(tmp_path, a_row(1, rib=RIB if state == "listed" else "")))
    if state == "claimed":
        change_state(Organisation.objects.get(), "claimed", None)

    _outcome, faults = importing(a_file(tmp_path, a_row(1, rib=OTHER_RIB)))

    assert [code for _line, _column, code in faults if code != "rib_key"] == ["account_kept"]
    carried = Identifier.objects.filter(scheme="rib", retired_at=None).values_list("value", flat=True)
    assert list(carried) == ([RIB] if state == "listed" else [])


def test_the_command_names_a_hostile_file(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(batches, "MOST_ROWS", 1)
    with pytest.raises(SystemExit) as ended:
        call_command(
            "import_cooperatives", str(a_file(tmp_path, *[a_row(number) for number in range(30)])), "--json", "--language", "en"
        )

    answer = json.loads(capsys.readouterr().out)
    assert (ended.value.code, answer["error"]) == (2, "too_many_rows")
    assert answer["sentence"] == "The file has more than 1 rows. Cut it into several files."


class Terminal(io.StringIO):
    def __init__(self, *, is_terminal):
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self):
        return self._is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "most", "shown"),
    [
        (True, 200, f"\r{'█' * 15}{'░' * 15}  50% · 100 \r{' ' * 50}\r"),
        (False, 200, "· 100 rows read\n"),
        (True, 0, "· 100 rows read\n"),
    ],
)
def test_whoever_waits_at_a_terminal_sees_a_bar(monkeypatch, is_terminal, most, shown):
    seconds = iter([0.0, 0.5, 2.0, 2.0])
    monkeypatch.setattr(table_answers.time, "monotonic", lambda: next(seconds))
    out = Terminal(is_terminal=is_terminal)
    with override("en"):
        progress = table_answers.Progress(OutputWrapper(out), most)
        progress.take(50)
        progress.take(100)
        progress.end()

    assert out.getvalue() == shown
