"""The bytes of an XLSX workbook -> TranslationFile, or every problem in it, by its cell."""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from typing import Any, NoReturn

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from patientinfo.formats import file_header
from patientinfo.formats.exchange import (
    STATES,
    Faults,
    TranslationFile,
    Unit,
    line_feeds,
    one_line,
    remarks,
)
from patientinfo.formats.file_header import Header
from patientinfo.formats.xlsx import sheets
from patientinfo.formats.xlsx.package import check_package
from patientinfo.formats.xlsx.sheets import ALWAYS, COLUMNS, Column

#: A leaflet has some hundred segments; a sheet is not read further than this.
MAX_ROWS = 10_000
#: Among so many columns ours are looked for; people add a few of their own.
MAX_COLUMNS = 50
#: So Excel writes the carriage returns of a text that was pasted from Windows.
_CARRIAGE_RETURN = "_x000D_"


def read_xlsx(data: bytes, name: str) -> TranslationFile:
    """
    The translations in a workbook; `FileRefused` with all that is wrong in it.

    `name` is what problems call the file; their lines are rows, and their reasons begin with the
    cell. Empty rows are passed over; other sheets and columns are the translator's own.
    """
    faults = Faults(name)
    check_package(data, faults)
    header, units = _read(data, faults)
    faults.found += file_header.header_faults(1, header)
    _check_paths(units, faults)
    faults.refuse_if_any()
    return file_header.file_from(header, units)


def _read(data: bytes, faults: Faults) -> tuple[Header, list[Unit]]:
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    except Exception as error:  # openpyxl has no error of its own for a damaged workbook
        faults.add(1, f"the workbook cannot be read: {one_line(str(error))[:200]}")
        faults.refuse()
    try:
        for title in (sheets.TRANSLATION_SHEET, sheets.ABOUT_SHEET):
            if title not in book.sheetnames:
                faults.add(1, f"the sheet {title!r} is missing; keep both sheets as they are named")
        faults.refuse_if_any()
        about: Any = book[sheets.ABOUT_SHEET]
        header = _header(_Sheet(about, faults, 2))
        translation: Any = book[sheets.TRANSLATION_SHEET]
        last = _exported(translation, faults)
        return header, _units(_Sheet(translation, faults, len(ALWAYS), last))
    finally:
        book.close()


def _exported(sheet: Any, faults: Faults) -> int:
    """
    Where our last column stands, which may be after the translator's own; 0 in an older workbook,
    which has none.
    """
    try:
        found = list(sheet.iter_rows(1, 1, len(COLUMNS), MAX_COLUMNS, values_only=True))
    except Exception as error:
        _refuse_sheet(sheet, faults, error)
    for number, title in enumerate(chain(*found), start=len(COLUMNS)):
        if str(title).strip() == sheets.EXPORTED.title:
            return number
    return 0


def _refuse_sheet(sheet: Any, faults: Faults, error: Exception) -> NoReturn:
    """What is damaged inside a sheet shows only when its cells are read."""
    reason = one_line(str(error))[:200]
    faults.add(1, f"the sheet {sheet.title!r} cannot be read: {reason}")
    faults.refuse()


class _Sheet:
    """
    The cells of one sheet as texts, row by row: those of the first columns, so many as it is wide,
    and those of the column `after` them, if there is one.
    """

    def __init__(self, sheet: Any, faults: Faults, width: int, after: int = 0) -> None:
        self.sheet = sheet
        self.faults = faults
        self.columns = [*range(1, width + 1), *([after] if after else [])]
        self.rows = self._rows()

    def _rows(self) -> list[list[str]]:
        cells = self.sheet.iter_rows(max_row=MAX_ROWS, max_col=self.columns[-1])
        try:
            return [
                [self._text(row, column, found[column - 1]) for column in self.columns]
                for row, found in enumerate(cells, start=1)
            ]
        except Exception as error:
            _refuse_sheet(self.sheet, self.faults, error)

    def _text(self, row: int, column: int, cell: Any) -> str:
        value = cell.value
        if value is None:
            return ""
        if cell.data_type == "f":
            self.fault(row, column, "a formula is not read; write the text itself")
            return ""
        if cell.data_type != "s" or not isinstance(value, str):
            kind = type(value).__name__
            self.fault(row, column, f"{value!s:.40} is no text but a {kind}; format it as text")
            return str(value)
        return line_feeds(value.replace(_CARRIAGE_RETURN, ""))

    def fault(self, row: int, column: int, reason: str) -> None:
        where = f"{self.sheet.title}!{get_column_letter(column)}{row}"
        self.faults.add(row, f"{where}: {reason}")


def _header(sheet: _Sheet) -> Header:
    header: Header = {}
    for number, row in enumerate(sheet.rows, start=1):
        name, value = [text.strip() for text in (*row, "", "")[:2]]
        if name in header:
            sheet.fault(number, 1, f"{name} stands also in row {header[name][0]}; delete one")
        elif name:
            header[name] = number, value
    return header


def _units(sheet: _Sheet) -> list[Unit]:
    titles, known = (sheet.rows or [[]])[0], len(sheet.faults.found)
    columns = COLUMNS[: len(sheet.columns)]
    for number, column in enumerate(columns, start=1):
        title = titles[number - 1].strip() if number <= len(titles) else ""
        if title != column.title:
            sheet.fault(1, number, f"here stands {title[:40]!r}; it must be {column.title!r}")
    if len(sheet.faults.found) > known:  # the columns are not those that were exported
        return []
    return [
        _unit(sheet, number, dict(zip(columns, row, strict=True)))
        for number, row in enumerate(sheet.rows[1:], start=2)
        if any(row)
    ]


def _unit(sheet: _Sheet, row: int, cells: dict[Column, str]) -> Unit:
    for column in (sheets.PATH, sheets.SOURCE):
        if not cells[column]:
            sheet.fault(row, COLUMNS.index(column) + 1, f"the {column.title.lower()} is missing")
    return Unit(
        path=cells[sheets.PATH],
        source=cells[sheets.SOURCE],
        target=cells[sheets.TARGET],
        section=one_line(cells[sheets.SECTION]),
        note=one_line(cells[sheets.NOTE]),
        fuzzy=_choice(sheet, row, cells, sheets.FUZZY, ("", sheets.YES)) == sheets.YES,
        previous_source=cells[sheets.PREVIOUS_SOURCE],
        line=row,
        state=_choice(sheet, row, cells, sheets.STATE, STATES),
        comments=remarks(cells[sheets.COMMENTS].split("\n")),
        inline=_choice(sheet, row, cells, sheets.MARKUP, (sheets.HTML, sheets.PLAIN))
        == sheets.HTML,
        exported=cells.get(sheets.EXPORTED, "").strip(),
    )


def _choice(
    sheet: _Sheet, row: int, cells: dict[Column, str], column: Column, choices: tuple[str, ...]
) -> str:
    """What a cell says that may say only one of `choices`, in capitals or not."""
    said = cells[column].strip()
    for choice in choices:
        if choice.lower() == said.lower():
            return choice
    allowed = ", ".join(choice or "nothing" for choice in choices)
    number = COLUMNS.index(column) + 1
    sheet.fault(row, number, f"{said[:40]!r} is not one of: {allowed}")
    return choices[0]


def _check_paths(units: list[Unit], faults: Faults) -> None:
    first: dict[str, int | None] = {}
    for unit in units:
        if unit.path in first and unit.path:
            cell = f"{sheets.TRANSLATION_SHEET}!A{unit.line}"
            where = f"stands also in row {first[unit.path]}"
            faults.add(unit.line, f"{cell}: the path {unit.path!r} {where}; delete one")
        first.setdefault(unit.path, unit.line)
