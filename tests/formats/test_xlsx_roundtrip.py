"""What is written into a workbook is read back unchanged, and a person can work in it."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from patientinfo.formats.exchange import TranslationFile
from patientinfo.formats.xlsx import read_xlsx, write_xlsx
from tests.formats.samples import LEAFLET, NEEDLE, STATED_FILES, tricky_units


@settings(deadline=None, max_examples=40)
@given(STATED_FILES)
def test_what_is_written_is_read_back_unchanged(file: TranslationFile) -> None:
    assert read_xlsx(write_xlsx(file), "leaflet.xlsx") == file


def test_every_tricky_text_survives_in_every_place() -> None:
    file = replace(LEAFLET, units=(*LEAFLET.units, *tricky_units()))
    assert read_xlsx(write_xlsx(file), "leaflet.xlsx") == file


@pytest.fixture(scope="module")
def sheet():
    """The translators' sheet, as a program for spreadsheets opens it."""
    formula = replace(NEEDLE, path="formula/text", source="=1+1", target="+31 20", comments=("=x",))
    file = replace(LEAFLET, units=(*LEAFLET.units, formula))
    return load_workbook(BytesIO(write_xlsx(file)))["Translation"]


def test_only_what_a_translator_writes_is_open(sheet) -> None:
    assert sheet.protection.sheet
    titles = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        unlocked = [titles[cell.column - 1] for cell in row if not cell.protection.locked]
        assert unlocked == ["Translation", "State", "Fuzzy", "Comments"]
    assert all(cell.protection.locked for cell in sheet[1])


def test_no_text_is_a_formula(sheet) -> None:
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    last = sheet[sheet.max_row]
    assert [last[3].value, last[4].value, last[7].value] == ["=1+1", "+31 20", "=x"]
    assert all(cell.quotePrefix for cell in (last[3], last[4], last[7]))
    # What is typed into an open cell stays text too.
    assert {cell.number_format for cell in cells} == {"@"}


def test_a_person_can_work_in_it(sheet) -> None:
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["E"].width == 60
    assert sheet["E3"].alignment.wrap_text
    assert sheet.auto_filter.ref == f"A1:K{sheet.max_row}"
    choices = {
        str(choice.sqref): choice.formula1 for choice in sheet.data_validations.dataValidation
    }
    assert choices == {
        f"F2:F{sheet.max_row}": '"draft,translated,checked"',
        f"G2:G{sheet.max_row}": '"yes"',
    }


def test_arabic_is_laid_out_from_right_to_left(sheet) -> None:
    assert sheet.sheet_view.rightToLeft
    assert (sheet["D3"].alignment.readingOrder, sheet["E3"].alignment.readingOrder) == (1, 2)
    dutch = load_workbook(BytesIO(write_xlsx(replace(LEAFLET, locale="nl"))))["Translation"]
    assert not dutch.sheet_view.rightToLeft


def test_one_file_always_makes_the_same_bytes(time_machine) -> None:
    time_machine.move_to("2027-01-01")
    first = write_xlsx(LEAFLET)
    time_machine.move_to("2031-06-01")
    assert write_xlsx(LEAFLET) == first


def test_a_workbook_saved_by_another_program_is_read() -> None:
    """Which moves texts into a table of shared ones, and adds a sheet of its own."""
    book = load_workbook(BytesIO(write_xlsx(LEAFLET)))
    book.create_sheet("My notes")["A1"] = "=1+1"
    out = BytesIO()
    book.save(out)
    assert read_xlsx(out.getvalue(), "leaflet.xlsx") == LEAFLET


@pytest.mark.parametrize("text", ["x" * 32_768, "a_x000D_b"])
def test_what_a_cell_cannot_hold_is_not_written(text: str) -> None:
    with pytest.raises(ValueError, match="unit 'tiny-needle/text'"):
        write_xlsx(replace(LEAFLET, units=(replace(NEEDLE, target=text),)))


def test_what_no_format_can_carry_is_not_written() -> None:
    with pytest.raises(ValueError, match="forbidden character"):
        write_xlsx(replace(LEAFLET, units=(replace(NEEDLE, target="a\x1b"),)))
