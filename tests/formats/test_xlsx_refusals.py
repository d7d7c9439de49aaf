"""Every kind of damage to a workbook is told by file, row and cell, before it can do harm."""

import struct
import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from patientinfo.formats.exchange import FileRefused
from patientinfo.formats.xlsx import MAX_BYTES, MAX_UNPACKED, package, read_xlsx, write_xlsx
from tests.formats.samples import LEAFLET

GOOD = write_xlsx(LEAFLET)


def refused(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as told:
        read_xlsx(data, "a.xlsx")
    assert {problem.file for problem in told.value.problems} == {"a.xlsx"}
    return [(problem.line, problem.reason) for problem in told.value.problems]


def edited(edit) -> bytes:
    book = load_workbook(BytesIO(GOOD))
    edit(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(**parts: bytes | None) -> bytes:
    """The workbook with other parts in place of its own; `None` leaves one out."""
    out = BytesIO()
    names = {"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml", "bomb": "xl/bomb.xml"}
    changed = {names.get(key, key): content for key, content in parts.items()}
    with zipfile.ZipFile(BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w") as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            content = changed[name] if name in changed else old.read(name)
            if content is not None:
                new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(GOOD)) as book:
        return book.read(name)


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("E3", "=1+1", "Translation!E3: a formula is not read"),
        ("E3", '=HYPERLINK("http://example.org")', "Translation!E3: a formula"),
        ("E3", 5, "Translation!E3: 5 is no text but a int"),
        ("E3", 0.5, "0.5 is no text but a float"),
        ("E3", True, "True is no text but a bool"),
        ("F3", "done", "Translation!F3: 'done' is not one of: nothing, draft, translated, checked"),
        ("G3", "perhaps", "Translation!G3: 'perhaps' is not one of: nothing, yes"),
        ("J3", "", "Translation!J3: '' is not one of: HTML, plain"),
        ("A3", None, "Translation!A3: the path is missing"),
        ("D3", None, "Translation!D3: the source is missing"),
    ],
)
def test_damage_in_a_cell(cell: str, value: object, words: str) -> None:
    def edit(book) -> None:
        book["Translation"][cell] = value

    (problem,) = refused(edited(edit))
    assert problem[0] == 3
    assert words in problem[1]


@pytest.mark.parametrize(
    ("row", "value", "words"),
    [
        (1, "dry-needling", "leaflet-key is 'dry-needling'"),
        (3, "English please", "source-language is"),
        (4, None, "language is ''"),
        (5, "three", "source-edition is 'three'"),
        (6, "sha256:", "source-digest is"),
        (7, "today", "source-issued-at is 'today'"),
    ],
)
def test_damage_in_the_header(row: int, value: str | None, words: str) -> None:
    def edit(book) -> None:
        book["About"].cell(row, 2).value = value

    (problem,) = refused(edited(edit))
    assert problem[0] == row
    assert words in problem[1]


def test_all_problems_are_told_at_once_in_the_order_of_rows() -> None:
    def edit(book) -> None:
        sheet = book["Translation"]
        sheet["A5"] = sheet["A3"].value
        sheet["E4"] = "=A1"
        book["About"]["A1"] = "key"

    assert [(line, reason[:20]) for line, reason in refused(edited(edit))] == [
        (1, "the header lacks lea"),
        (4, "Translation!E4: a fo"),
        (5, "Translation!A5: the "),
    ]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda book: book.remove(book["About"]), "the sheet 'About' is missing"),
        (lambda book: setattr(book["Translation"], "title", "X"), "'Translation' is missing"),
        (lambda book: book["Translation"].delete_cols(1), "here stands 'Section'"),
        (lambda book: book["Translation"].delete_rows(1, 99), "it must be 'Path'"),
        (lambda book: book["About"].append(["leaflet-key", "x"]), "stands also in row 1"),
    ],
)
def test_damage_to_the_sheets(edit, words: str) -> None:
    assert words in refused(edited(edit))[0][1]


def test_what_a_translator_may_do_is_no_damage() -> None:
    def edit(book) -> None:
        sheet = book["Translation"]
        sheet["E4"], sheet["F4"], sheet["G4"] = "Een\r\ntwee_x000D_\n", "Translated", "YES"
        sheet["H4"] = "first\n\n second  one "
        sheet["E5"] = None
        sheet["L9"] = "my own column"

    units = read_xlsx(edited(edit), "a.xlsx").units
    assert (units[2].target, units[2].state, units[2].fuzzy) == ("Een\ntwee\n", "translated", True)
    assert units[2].comments == ("first", "second one")
    assert (units[3].target, units[3].line) == ("", 5)


#: A cell whose text is not where it says.
LOST = part("xl/worksheets/sheet1.xml").replace(
    b"</sheetData>", b'<row r="20"><c r="A20" t="s"><v>99</v></c></row></sheetData>'
)
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no XLSX workbook"),
        (b"PK\x03\x04", "no XLSX workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "locked with a password"),
        (GOOD[:-100], "no XLSX workbook"),
        (GOOD[:60] + b"\xff" * 20 + GOOD[80:], "is damaged"),
        (GOOD + b" " * MAX_BYTES, f"at most {MAX_BYTES} are read"),
        (repacked(book=None), "it has no xl/workbook.xml"),
        (repacked(sheet=LAUGHS + part("xl/worksheets/sheet1.xml")), "document type"),
        (repacked(book=part("xl/workbook.xml").decode().encode("utf-16")), "UTF-16"),
        (repacked(sheet=b"<worksheet>"), "cannot be read"),
        (repacked(sheet=LOST), "the sheet 'Translation' cannot be read"),
        (repacked(**{"XL/workbook.xml": b""}), "the file is empty"),
        (repacked(sheet=None), "the sheet 'Translation' is missing"),
        (repacked(book=b"<x/>"), "is missing"),
        (repacked(book=b"<x>"), "cannot be read"),
        (repacked(bomb=b" " * 20_000_000), "xl/bomb.xml is packed 1 : "),
        (repacked(**{"xl/vbaProject.bin": b"x"}), "macros"),
        (repacked(**{f"xl/{n}.bin": b"" for n in range(300)}), "at most 200 are read"),
    ],
)
def test_files_that_are_not_opened(data: bytes, words: str) -> None:
    assert words in refused(data)[0][1]


def test_a_bomb_of_many_parts_is_not_unpacked(monkeypatch) -> None:
    parts = {f"xl/{n}.xml": b"<a>" + bytes(range(32, 127)) * 10_000 for n in range(60)}
    monkeypatch.setattr(package, "MAX_RATIO", 2000)
    assert f"at most {MAX_UNPACKED} are read" in refused(repacked(**parts))[0][1]


def test_a_part_that_lies_about_its_size_is_not_unpacked() -> None:
    """The directory says 100 bytes; more is never read, and the sum is wrong then."""
    data = bytearray(repacked(bomb=b" " * 20_000_000))
    true, told = struct.pack("<L", 20_000_000), struct.pack("<L", 100)
    assert data.count(true) == 2
    assert refused(bytes(data).replace(true, told))


def test_a_row_far_below_is_not_waited_for() -> None:
    sheet = part("xl/worksheets/sheet1.xml").replace(
        b"</sheetData>", b'<row r="999999999"><c r="A999999999" t="inlineStr"/></row></sheetData>'
    )
    assert read_xlsx(repacked(sheet=sheet), "a.xlsx") == LEAFLET


def test_a_workbook_from_before_the_last_column_is_read() -> None:
    def edit(book) -> None:
        book["Translation"]["K1"] = "My hours"
        book["Translation"]["K2"] = 1.5

    units = read_xlsx(edited(edit), "a.xlsx").units
    assert [unit.exported for unit in units] == ["", "", "", ""]
    assert units == LEAFLET.units


@pytest.mark.parametrize("column", ["As exported ", "inserted"])
def test_what_went_out_is_found_by_the_title_of_its_column(column: str) -> None:
    def edit(book) -> None:
        sheet = book["Translation"]
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, 11, "0123456789abcdef+")
        if column == "inserted":
            sheet.insert_cols(11)
            sheet["K1"], sheet["K2"], sheet["K3"] = "My hours", 1.5, "=K2*2"
        else:
            sheet["K1"] = column

    units = read_xlsx(edited(edit), "a.xlsx").units
    assert [unit.exported for unit in units] == ["0123456789abcdef+"] * len(LEAFLET.units)
    assert [unit.target for unit in units] == [unit.target for unit in LEAFLET.units]
