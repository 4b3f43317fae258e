"""Rows come out of any table file as they were meant, and no file takes the reader down."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.kit.encodings import encoding_of, repaired
from twiza.kit.rows import FileUnreadable
from twiza.kit.tables import has_more_rows, read_table, rows_at_most
from twiza.kit.text_tables import text_rows

ARABIC, FRENCH = "تعاونية الأمل;فاس;Safran d'été\n", "COOPÉRATIVE DE L'ÉTOILE;FÈS;Ça brûle\n"


def cells(path, **how):
    return [row.cells for row in read_table(path, **how)]


@pytest.mark.parametrize(
    ("text", "written_in", "read_as"),
    [
        (ARABIC, "utf-8", "utf-8"),
        (ARABIC, "utf-8-sig", "utf-8-sig"),
        (ARABIC, "utf-16", "utf-16"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (ARABIC, "utf-16-be", "utf-16-be"),
        (ARABIC, "cp1256", "cp1256"),
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "cp1252", "cp1252"),
        ("Amal;Fes\n", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_found_out(tmp_path, text, written_in, read_as):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(written_in))
    assert encoding_of(path) == read_as
    assert cells(path) == [text.strip().split(";")]


def test_one_damaged_byte_does_not_change_the_encoding(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes((FRENCH * 5).encode() + b"Caf\xe9;x;y\n")
    assert encoding_of(path) == "utf-8"
    assert cells(path)[-1] == ["Caf\ufffd", "x", "y"]


def test_twice_encoded_words_are_set_right():
    assert [repaired(text) for text in ("CoopÃ©rative", "Fès", "Ø§Ù„Ø£Ù…Ù„", "Ã seul")] == [
        "Coopérative",
        "Fès",
        "الأمل",
        "Ã seul",
    ]


def test_a_line_that_names_the_separator_is_believed(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("sep=,\na;b,c\nd;e,f\n")
    assert cells(path) == [["a;b", "c"], ["d;e", "f"]]


def test_numbers_of_lines_are_those_a_spreadsheet_shows(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('a;b\n\n"c\nd";e\n;;\nf;g\n')
    assert [(row.number, row.cells) for row in read_table(path)] == [(1, ["a", "b"]), (3, ["c\nd", "e"]), (6, ["f", "g"])]


def test_an_open_quotation_costs_its_own_line(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('a;b\n"open;c\nd;e\n"other;f\ng;h\n')
    assert [(row.cells[-1], row.trouble) for row in read_table(path)] == [
        ("b", ""), ("c", "quote"), ("e", ""), ("f", "quote"), ("h", ""),
    ]  # fmt: skip


def test_a_workbook_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry:
            for _piece in range(650):
                entry.write(b"0" * 1_000_000)
    with pytest.raises(FileUnreadable) as refusal:
        cells(path)
    assert refusal.value.code == "file_too_large"


def test_entities_that_grow_are_not_expanded(tmp_path):
    book, path = openpyxl.Workbook(), tmp_path / "laughs.xlsx"
    book.active.append(["Nom"])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1" t="inlineStr">'
        b"<is><t>&b;</t></is></c></row></sheetData></worksheet>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(FileUnreadable) as refusal:
        cells(path)
    assert refusal.value.code == "workbook_broken"


@given(st.binary(max_size=400))
def test_no_bytes_take_the_reader_down(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "table.csv"
    path.write_bytes(content)
    try:
        rows = list(read_table(path))
    except FileUnreadable:
        return
    assert all("\x00" not in cell for row in rows for cell in row.cells)


PLAIN = st.text(
    st.characters(exclude_characters='"\r\n;\x00\ufeff\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029', exclude_categories=["Cs"])
)


@given(st.lists(st.lists(PLAIN, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_is_written_is_read(tmp_path_factory, table):
    path = tmp_path_factory.mktemp("any") / "table.csv"
    path.write_text("".join(";".join(row) + "\n" for row in table), encoding="utf-8")
    written = [row for row in table if any(cell.strip() for cell in row)]
    assert [row.cells for row in text_rows(path, "utf-8", ";")] == written


def test_filled_rows_of_the_visible_sheet_are_counted(tmp_path):
    book, path = openpyxl.Workbook(), tmp_path / "table.xlsx"
    book.active.title = "hidden"
    book.active.sheet_state = "hidden"
    for number in range(50):
        book.active.append([number])
    shown = book.create_sheet("shown")
    for number in range(20):
        shown.append([f"a{number}", number] if number % 2 else [None])
    shown.row_dimensions[400].height = 20
    book.save(path)

    assert rows_at_most(path) == 10
    assert [len(row.cells) for row in read_table(path)] == [2] * 10


@pytest.mark.parametrize(("text", "most"), [("", 1), ("a", 1), ("a\n", 2), ("a\nb\n", 3), ("a\r\nb", 2), ("a\rb", 2)])
def test_no_more_rows_than_lines_are_expected(tmp_path, text, most):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode())

    assert rows_at_most(path) == most


def test_more_rows_than_so_many_are_found_whatever_the_lines(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a;b\n" + '"x\ny";z\n' * 5)

    assert [has_more_rows(path, most) for most in (5, 6, 11, 12)] == [True, False, False, False]
