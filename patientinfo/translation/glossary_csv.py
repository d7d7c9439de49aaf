"""
The glossary as CSV, for people who keep it in a spreadsheet.

One row a term and language; rows with the same `key` are one term. A key is what an export wrote
(a UUID), or for a new term any short name (`needle`), from which the same UUID is made each time.

Written cells never begin a formula: one that a spreadsheet would calculate gets an apostrophe
before it, which reading takes off again. Reading takes UTF-8 with or without a byte order mark and
commas, semicolons or tabs between cells, as spreadsheets of different countries save them; and
takes in a whole file or, naming every line with a fault, nothing of it.
"""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale

from patientinfo.formats.exchange import FORBIDDEN, Faults
from patientinfo.formats.inline import clean_text
from patientinfo.translation.glossary_models import GlossaryTerm, clean_lines, forms_in
from patientinfo.translation.glossary_rights import may_word
from patientinfo.translation.glossary_standing import is_own, originals_of

COLUMNS = ("key", "locale", "term", "definition", "do_not_translate", "variants")
#: Columns that a file may have besides.
MORE_COLUMNS = ("show_to_readers",)
MAX_BYTES = 5_000_000

_FLAGS = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}
#: What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,29}")
_NAMES = uuid.UUID("f4cbd2f6-2e22-5b0e-9a1c-6f3f1d1c0b57")
_FIELDS = ("term", "definition", "do_not_translate", "variants", "show_to_readers")


def _one_a_line(variants: str) -> str:
    return "\n".join(forms_in(variants))


#: How a cell's words are stored, and how many characters of them there may be.
_KEPT: dict[str, tuple[Callable[[str], str], int]] = {
    "term": (clean_text, 200),
    "definition": (clean_lines, 1000),
    "variants": (_one_a_line, 1000),
}


@dataclass(frozen=True, slots=True)
class TermRow:
    """One row of a file. `show_to_readers` is None when the file has no such column."""

    key: uuid.UUID
    locale: str
    term: str
    definition: str = ""
    do_not_translate: bool = False
    variants: str = ""
    show_to_readers: bool | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows became new terms, changed one, or said what is known."""

    created: int
    changed: int
    unchanged: int


# -- out ------------------------------------------------------------------------------------------


def stored_terms(locale: str | None = None) -> Iterator[TermRow]:
    """Every row of the glossary, or those of one language; the languages of a term together."""
    rows = GlossaryTerm.objects.select_related("locale").order_by("translation_key", "locale_id")
    if locale is not None:
        rows = rows.filter(locale__language_code=locale)
    for row in rows.iterator(chunk_size=1000):
        values = {name: getattr(row, name) for name in _FIELDS}
        yield TermRow(row.translation_key, row.locale.language_code, **values)


def write_terms(rows: Iterable[TermRow]) -> Iterator[bytes]:
    """The lines of a CSV file in UTF-8, with the byte order mark that spreadsheets ask for."""
    yield b"\xef\xbb\xbf" + _line((*COLUMNS, *MORE_COLUMNS))
    for row in rows:
        yield _line(
            (
                str(row.key),
                row.locale,
                row.term,
                row.definition,
                "yes" if row.do_not_translate else "no",
                ", ".join(forms_in(row.variants)),
                "yes" if row.show_to_readers else "no",
            )
        )


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_guarded(cell) for cell in cells])
    return out.getvalue().encode()


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


# -- in -------------------------------------------------------------------------------------------


def read_terms(data: bytes, name: str) -> list[TermRow]:
    """The rows of a file; `FileRefused` with every fault by line."""
    faults = Faults(name)
    rows: list[TermRow] = []
    for line, cells in _records(_text(data, faults), faults):
        row = _row(line, cells, faults)
        if row is not None:
            rows.append(row)
    _check_twins(rows, faults)
    faults.refuse_if_any()
    return rows


def _text(data: bytes, faults: Faults) -> str:
    if len(data) > MAX_BYTES:
        faults.add(1, f"the file has {len(data)} bytes; at most {MAX_BYTES} are read")
        faults.refuse()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add(line, "the file is not UTF-8; save it as “CSV UTF-8”")
        faults.refuse()


def _records(text: str, faults: Faults) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's first line and its cells by column."""
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not columns:
                columns = _columns(cells, faults)
            elif any(cell.strip() for cell in cells):
                if len(cells) == len(columns):
                    yield line, dict(zip(columns, map(_unguarded, cells), strict=True))
                else:
                    faults.add(line, f"has {len(cells)} cells; the header has {len(columns)}")
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(line, f"is not CSV: {error}")
    if not columns:
        faults.add(1, "the file is empty")


def _columns(cells: list[str], faults: Faults) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    missing = [name for name in COLUMNS if name not in columns]
    unknown = [name for name in columns if name not in (*COLUMNS, *MORE_COLUMNS)]
    if missing:
        faults.add(1, f"the header lacks {', '.join(missing)}")
    if unknown:
        faults.add(1, f"the header has unknown columns: {', '.join(map(repr, unknown))}")
    if len(set(columns)) < len(columns):
        faults.add(1, "the header names a column twice")
    faults.refuse_if_any()
    return columns


def _row(line: int, cells: Mapping[str, str], faults: Faults) -> TermRow | None:
    reasons = list(_reasons(cells))
    for reason in reasons:
        faults.add(line, reason)
    if reasons:
        return None
    more = cells.get("show_to_readers")
    return TermRow(
        key=_key(cells["key"].strip()) or uuid.uuid4(),
        locale=cells["locale"].strip(),
        **{name: spelled(cells[name]) for name, (spelled, _most) in _KEPT.items()},
        do_not_translate=_FLAGS[_flag(cells["do_not_translate"])],
        show_to_readers=None if more is None else _FLAGS[_flag(more)],
        line=line,
    )


def _reasons(cells: Mapping[str, str]) -> Iterator[str]:
    key = cells["key"].strip()
    if _key(key) is None:
        yield (
            f"the key {key[:80]!r} is neither a UUID nor a short name "
            "(at most 30 of a-z, 0-9, - and _)"
        )
    if not clean_text(cells["term"]):
        yield "the term is empty"
    for name in ("do_not_translate", "show_to_readers"):
        if _flag(cells.get(name, "")) not in _FLAGS:
            yield f"{name} is {cells[name][:20]!r}; it must be yes or no"
    for name, (spelled, most) in _KEPT.items():
        length = len(spelled(cells[name]))
        if length > most:
            yield f"the {name} has {length} characters; at most {most} are kept"
        if FORBIDDEN.search(cells[name].replace("\r\n", "\n")):
            yield f"the {name} has a character that cannot be kept"


def _flag(cell: str) -> str:
    return cell.strip().lower()


def _key(text: str) -> uuid.UUID | None:
    """The key that a cell names; None for one that names none."""
    if _NAME.fullmatch(text):
        return uuid.uuid5(_NAMES, text)
    try:
        key = uuid.UUID(text)
    except ValueError:
        return None
    return key if str(key) == text.lower() else None


def _check_twins(rows: Iterable[TermRow], faults: Faults) -> None:
    seen: dict[tuple[uuid.UUID, str], int] = {}
    for row in rows:
        first = seen.setdefault((row.key, row.locale), row.line)
        if first != row.line:
            faults.add(row.line, f"the same key and locale stand in line {first}")


def import_terms(
    rows: list[TermRow], name: str, *, user: Any = None, dry_run: bool = False
) -> Imported:
    """
    Stores the rows of one file, or of a dry run only counts them; a bounded number of queries.
    `user` is who sent it; None is whoever has the command line.

    `FileRefused` for a language that the site has not, and for a change in one that `user` does not
    work on. Terms that the file does not name stay.
    """
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    faults = Faults(name)
    for row in rows:
        if row.locale not in locales:
            faults.add(row.line, f"the site has no language {row.locale[:40]!r}")
    faults.refuse_if_any()
    with transaction.atomic():
        known = {
            (term.translation_key, term.locale_id): term
            for term in GlossaryTerm.objects.filter(translation_key__in={row.key for row in rows})
            .select_related("locale")
            .select_for_update(of=("self",))
        }
        new, changed, redefined = [], [], []
        for row in rows:
            locale = locales[row.locale]
            term = known.get((row.key, locale.pk))
            if term is not None and not _differs(row, term):
                continue
            if user is not None and not may_word(user, row.locale):
                faults.add(row.line, f"you do not work on the language {row.locale}")
            if term is None:
                term = GlossaryTerm(translation_key=row.key, locale=locale)
                new.append(term)
            else:
                changed.append(term)
            if term.definition != row.definition:
                redefined.append(term)
            _apply(row, term)
        faults.refuse_if_any()
        if not dry_run:
            _remember_originals(redefined, rows)
            GlossaryTerm.objects.bulk_create(new, batch_size=500)
            GlossaryTerm.objects.bulk_update(changed, [*_FIELDS, "made_from"], batch_size=100)
            _log([*new, *changed], name, user)
    return Imported(len(new), len(changed), len(rows) - len(new) - len(changed))


def _remember_originals(redefined: list[GlossaryTerm], rows: Iterable[TermRow]) -> None:
    """New definitions were made from their original in the file, else from that of the glossary."""
    originals = originals_of(redefined, GlossaryTerm)
    originals |= {row.key: row.definition for row in rows if row.locale == settings.LANGUAGE_CODE}
    for term in redefined:
        term.made_from = "" if is_own(term) else originals.get(term.translation_key, "")


def _log(terms: Iterable[GlossaryTerm], name: str, user: Any) -> None:
    """One entry a language, however many terms."""
    counts = Counter(term.locale for term in terms)
    for locale, count in counts.items():
        data = {"file": PurePath(name).name, "terms": count}
        log(instance=locale, action="patientinfo.glossary_imported", user=user, data=data)


def _apply(row: TermRow, term: GlossaryTerm) -> GlossaryTerm:
    for name in _FIELDS:
        value = getattr(row, name)
        if value is not None:
            setattr(term, name, value)
    return term


def _differs(row: TermRow, term: GlossaryTerm) -> bool:
    values = {name: getattr(row, name) for name in _FIELDS}
    return any(value not in (None, getattr(term, name)) for name, value in values.items())
