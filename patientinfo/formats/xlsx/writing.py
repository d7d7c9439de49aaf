"""TranslationFile -> an XLSX workbook that a person can work in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from patientinfo.formats import file_header
from patientinfo.formats.exchange import (
    STATES,
    TranslationFile,
    Unit,
    check_writable,
    one_line,
    remarks,
)
from patientinfo.formats.languages import text_direction
from patientinfo.formats.xlsx import sheets
from patientinfo.formats.xlsx.package import with_dates
from patientinfo.formats.xlsx.sheets import COLUMNS, Column

_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
_TEXT = "@"  # the number format of cells in which "=1" and "1-2" stay what was typed
_LOCKED_FILL = PatternFill("solid", fgColor="F2F2F2")
_TITLE = "Column title"
#: `readingOrder` of a cell; where it is 0 the text itself decides.
_ORDERS = {"": 0, "ltr": 1, "rtl": 2}
#: Excel reads this inside a text as one character (ECMA-376, part 1, 22.4.2.4 `ST_Xstring`).
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")


def write_xlsx(file: TranslationFile) -> bytes:
    """
    The workbook of `file`; the same bytes each time, by one version of the compressing library.

    `ValueError` for what the exchange formats cannot carry (`check_writable`), and for a text that
    a cell cannot hold.
    """
    check_writable(file)
    _check_cells(file.units)
    issued_at = datetime.fromisoformat(file.issued_at) if file.issued_at else _UNDATED
    book = Workbook(write_only=True)
    book.properties.creator = "patientinfo"
    book.properties.title = one_line(file.title)
    book.properties.created = issued_at.astimezone(UTC).replace(tzinfo=None)
    _add_styles(book)
    _write_translation(book, file)
    _write_about(book, file)
    out = BytesIO()
    book.save(out)
    return with_dates(out.getvalue(), issued_at.astimezone(UTC))


def _check_cells(units: Iterable[Unit]) -> None:
    for unit in units:
        for text in _values(unit).values():
            if len(text) > sheets.MAX_CELL:
                raise ValueError(f"unit {unit.path!r}: a cell holds {sheets.MAX_CELL} characters")
            if _ESCAPE.search(text):
                raise ValueError(f"unit {unit.path!r}: {_ESCAPE.findall(text)} reads otherwise")


def _values(unit: Unit) -> dict[Column, str]:
    return {
        sheets.PATH: unit.path,
        sheets.SECTION: one_line(unit.section),
        sheets.NOTE: one_line(unit.note),
        sheets.SOURCE: unit.source,
        sheets.TARGET: unit.target,
        sheets.STATE: unit.state,
        sheets.FUZZY: sheets.YES if unit.fuzzy else "",
        sheets.COMMENTS: "\n".join(remarks(unit.comments)),
        sheets.PREVIOUS_SOURCE: unit.previous_source,
        sheets.MARKUP: sheets.HTML if unit.inline else sheets.PLAIN,
        sheets.EXPORTED: unit.exported,
    }


def _write_translation(book: Workbook, file: TranslationFile) -> None:
    sheet: Any = book.create_sheet(sheets.TRANSLATION_SHEET)
    source, target = text_direction(file.source_locale), text_direction(file.locale)
    rows = len(file.units) + 1
    sheet.sheet_view.rightToLeft = target == "rtl"
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{rows}"
    _protect(sheet)
    _offer(sheet, sheets.STATE, STATES[1:], rows)
    _offer(sheet, sheets.FUZZY, (sheets.YES,), rows)
    directions = dict.fromkeys((sheets.SOURCE, sheets.PREVIOUS_SOURCE), source)
    directions[sheets.TARGET] = target
    sheet.append([_cell(sheet, column.title, _TITLE) for column in COLUMNS])
    for unit in file.units:
        sheet.append(list(_row(sheet, unit, directions)))


def _row(sheet: Any, unit: Unit, directions: dict[Column, str]) -> Iterator[Any]:
    for column, text in _values(unit).items():
        direction = directions.get(column, "")
        yield _cell(sheet, text, _style_name(direction, is_open=column.is_open))


def _cell(sheet: Any, text: str, style: str) -> Any:
    """A cell whose content is text whatever it looks like."""
    cell: Any = WriteOnlyCell(sheet)
    cell.style = style
    if text:
        cell.value = text
        cell.data_type = "s"
        if text[0] in "=+-@":
            # In Excel's own cells this is the apostrophe typed before a text that looks otherwise.
            cell.quotePrefix = True
    return cell


def _add_styles(book: Workbook) -> None:
    """Styles by name: to give each cell its own properties takes longer."""
    for direction, order in _ORDERS.items():
        for is_open in (True, False):
            style = NamedStyle(
                _style_name(direction, is_open=is_open),
                number_format=_TEXT,
                alignment=Alignment(wrap_text=True, vertical="top", readingOrder=order),
                protection=Protection(locked=not is_open),
            )
            if not is_open:
                style.fill = _LOCKED_FILL
            book.add_named_style(style)
    title = NamedStyle(_TITLE, font=Font(bold=True), fill=_LOCKED_FILL, number_format=_TEXT)
    book.add_named_style(title)


def _style_name(direction: str, *, is_open: bool) -> str:
    return " ".join(filter(None, ("Open" if is_open else "Locked", direction)))


def _protect(sheet: Any) -> None:
    """Lock what is not open; filters and the sizes of rows and columns stay free."""
    sheet.protection.sheet = True
    for free in ("autoFilter", "formatColumns", "formatRows"):
        setattr(sheet.protection, free, False)


def _offer(sheet: Any, column: Column, choices: tuple[str, ...], rows: int) -> None:
    """A list to choose from in every cell of a column."""
    choice = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    letter = get_column_letter(COLUMNS.index(column) + 1)
    choice.add(f"{letter}2:{letter}{max(rows, 2)}")
    sheet.data_validations.append(choice)


def _write_about(book: Workbook, file: TranslationFile) -> None:
    sheet: Any = book.create_sheet(sheets.ABOUT_SHEET)
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 100
    _protect(sheet)
    locked = _style_name("", is_open=False)
    for name, value in file_header.header_values(file).items():
        sheet.append([_cell(sheet, name, _TITLE), _cell(sheet, value, locked)])
    for hint in sheets.HINTS:
        sheet.append([None, _cell(sheet, hint, locked)])
