"""What a workbook may hold: looked at as a stream, before anything of it is built in memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from twiza.kit.rows import CellTooLong, FileTooLarge, FormatUnknown

LARGEST_UNPACKED_BYTES = 600_000_000
# Sheets are read row by row; the rest (texts of all cells, styles) is read whole.
LARGEST_READ_WHOLE_BYTES = 150_000_000
MOST_ENTRIES = 2000
LONGEST_TEXT_BYTES = 1_000_000
LONGEST_ROW_BYTES = 16_000_000
PIECE_BYTES = 250_000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ROW = re.compile(rb"</?(?:\w+:)?row[ />]")
_FILLED = re.compile(rb"</(?:\w+:)?[vt]>")
_SHEET_NAMED = re.compile(rb"<(?:\w+:)?sheet [^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


def refuse_hostile(path: Path) -> None:
    """Refuses a file that is no workbook (FormatUnknown), unpacks to too much (FileTooLarge) or holds a cell or a row that
    would fill the memory (CellTooLong)."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        whole = sum(one.file_size for one in entries if one.filename.endswith((".xml", ".rels")) and not _is_sheet(one.filename))
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED_BYTES:
            raise FileTooLarge(megabytes=LARGEST_UNPACKED_BYTES // 1_000_000)
        if whole > LARGEST_READ_WHOLE_BYTES:
            raise FileTooLarge(megabytes=LARGEST_READ_WHOLE_BYTES // 1_000_000)
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            raise FormatUnknown
        for name in names:
            if _is_sheet(name) or name == "xl/sharedStrings.xml":
                _refuse_endless(archive, name)


def filled_rows(path: Path) -> int:
    """How many rows of the first visible sheet hold anything, about; 0 when the workbook does not say which sheet it is."""
    with zipfile.ZipFile(path) as archive:
        name = _first_visible(archive)
        if name not in archive.namelist():
            return 0
        count, is_filled, end = 0, False, b""
        for piece in _pieces(archive, name):
            first, *others = (end + piece).split(b"<row ")
            is_filled = is_filled or bool(_FILLED.search(first))
            for row in others:
                count += is_filled
                is_filled = bool(_FILLED.search(row))
            end = piece[-4:]
        return count + is_filled


def _is_sheet(name: str) -> bool:
    return bool(_SHEET.fullmatch(name))


def _refuse_endless(archive: zipfile.ZipFile, name: str) -> None:
    since_mark = since_row = 0
    for piece in _pieces(archive, name):
        since_mark = 0 if b"<" in piece else since_mark + len(piece)
        since_row = 0 if _ROW.search(piece) else since_row + len(piece)
        if since_mark > LONGEST_TEXT_BYTES or (_is_sheet(name) and since_row > LONGEST_ROW_BYTES):
            raise CellTooLong(most=LONGEST_TEXT_BYTES)


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _first_visible(archive: zipfile.ZipFile) -> str:
    sheets = [_attributes(tag) for tag in _SHEET_NAMED.findall(archive.read("xl/workbook.xml"))]
    shown = next((sheet for sheet in sheets if sheet.get("state", "visible") == "visible"), sheets[0] if sheets else {})
    relations = re.findall(rb"<(?:\w+:)?Relationship [^>]*>", archive.read("xl/_rels/workbook.xml.rels"))
    target = next((one["Target"] for one in map(_attributes, relations) if one.get("Id") == shown.get("r:id")), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(tag)}
