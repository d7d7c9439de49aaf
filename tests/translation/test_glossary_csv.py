"""The glossary goes to a spreadsheet and comes back, whole or not at all."""

from __future__ import annotations

import errno
import io
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from patientinfo.formats.exchange import FileRefused
from patientinfo.formats.inline import clean_text
from patientinfo.management.commands import export_glossary
from patientinfo.translation.glossary_csv import (
    MAX_BYTES,
    Imported,
    TermRow,
    import_terms,
    read_terms,
    stored_terms,
    write_terms,
)
from patientinfo.translation.glossary_models import GlossaryTerm, clean_lines

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
HEADER = "key,locale,term,definition,do_not_translate,variants"
NEEDLE = f"{KEY},en,needle,A thin pin.,no,needles\n{KEY},nl,naald,,no,naalden"


@pytest.fixture
def languages(db: None) -> None:
    for code in ("en", "nl", "ar"):
        Locale.objects.get_or_create(language_code=code)


def read(text: str) -> list[TermRow]:
    return read_terms(text.encode(), "glossary.csv")


def faults(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FileRefused) as refused:
        read_terms(data, "glossary.csv")
    return [str(problem) for problem in refused.value.problems]


def written(rows: list[TermRow]) -> bytes:
    return b"".join(write_terms(rows))


_words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40).map(
    clean_text
)
_one_form = _words.map(lambda text: text.translate(dict.fromkeys(map(ord, ",،、"), " "))).map(
    clean_text
)


@given(
    term=_words.filter(bool),
    definition=st.lists(_words, max_size=3).map("\n".join).map(clean_lines),
    variants=st.lists(_one_form.filter(bool), max_size=3, unique=True).map("\n".join),
    flag=st.booleans(),
    shown=st.booleans(),
)
def test_what_is_written_is_read_back(
    term: str, definition: str, variants: str, flag: bool, shown: bool
) -> None:
    row = TermRow(uuid.UUID(KEY), "nl", term, definition, flag, variants, shown)
    assert read_terms(written([row, row_of("en")]), "glossary.csv") == [row, row_of("en")]


def test_as_many_other_forms_as_a_term_can_have_are_read_back() -> None:
    row = TermRow(uuid.UUID(KEY), "en", "needle", variants="\n".join(map(chr, range(192, 692))))
    assert len(row.variants) == 999
    assert read_terms(written([row]), "glossary.csv") == [replace(row, show_to_readers=False)]


def row_of(locale: str) -> TermRow:
    return TermRow(uuid.UUID(KEY), locale, "needle", show_to_readers=False)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "'="])
def test_no_cell_is_a_formula(start: str) -> None:
    row = TermRow(
        uuid.UUID(KEY), "en", f"{start}1+2", f"{start}cmd|' /C calc'!A0", False, f"{start}x"
    )
    lines = written([row]).decode("utf-8-sig").splitlines()
    assert f",'{start}1+2,'{start}cmd" in lines[1]
    assert f",'{start}x," in lines[1]


def test_a_dutch_apostrophe_is_left_alone() -> None:
    row = TermRow(uuid.UUID(KEY), "nl", "'s nachts", show_to_readers=False)
    assert ",'s nachts," in written([row]).decode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_spreadsheets_of_all_countries_are_read(delimiter: str, line_end: str, mark: str) -> None:
    text = f"{HEADER}\n{NEEDLE}\n,,,,,\n".replace(",", delimiter).replace("\n", line_end)
    assert read(mark + text) == [
        TermRow(uuid.UUID(KEY), "en", "needle", "A thin pin.", False, "needles"),
        TermRow(uuid.UUID(KEY), "nl", "naald", "", False, "naalden"),
    ]


def test_a_short_name_is_the_same_key_each_time() -> None:
    text = f"{HEADER}\nneedle,en,needle,,,\nneedle,nl,naald,,YES,\npin,en,pin,,0,"
    first, second, third = read(text)
    assert first.key == second.key == read(text)[0].key
    assert third.key not in {first.key, uuid.UUID(KEY)}
    assert (first.do_not_translate, second.do_not_translate) == (False, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [":1: the file is empty"]),
        ("key,locale\n", [":1: the header lacks term, definition, do_not_translate, variants"]),
        (f"{HEADER},kind\n", [":1: the header has unknown columns: 'kind'"]),
        (f"{HEADER},term\n", [":1: the header names a column twice"]),
        (f"{HEADER}\n{KEY},en,needle\n", [":2: has 3 cells; the header has 6"]),
        (
            f"{HEADER}\n{KEY[:-1]},en,needle,,,\nNo Key,en,needle,,,\n",
            [f":2: the key '{KEY[:-1]}' is neither", ":3: the key 'No Key' is neither"],
        ),
        (f"{HEADER}\n,en,needle,,,\n", [":2: the key '' is neither"]),
        (f"{HEADER}\n{KEY},en, ,,,\n", [":2: the term is empty"]),
        (f"{HEADER}\n{KEY},en,needle,,maybe,\n", [":2: do_not_translate is 'maybe'"]),
        (f"{HEADER}\n{KEY},en,{'x' * 201},,,\n", [":2: the term has 201 characters; at most 200"]),
        # A letter that is written as two.
        (f"{HEADER}\n{KEY},en,{chr(0x958) * 200},,,\n", [":2: the term has 400 characters"]),
        (f"{HEADER}\n{KEY},en,nee\x01dle,,,\n", [":2: the term has a character that cannot be"]),
        (
            f'{HEADER}\n{KEY},en,needle,"Two\nlines",,\n{KEY},en,needle,,,\n',
            [":4: the same key and locale stand in line 2"],
        ),
        (f'{HEADER}\n{KEY},en,"needle,,,\n', [":2: is not CSV: "]),
        (f'{HEADER}\n{KEY},en,"nee"dle,,,\n', [":2: is not CSV: ',' exp"]),
        (f"{HEADER}\n".encode() + b"x,en,Gef\xe4\xdf,,,\n", [":2: the file is not UTF-8"]),
        (b"x" * (MAX_BYTES + 1), [f":1: the file has {MAX_BYTES + 1} bytes"]),
    ],
    ids=lambda value: value[0][:40] if isinstance(value, list) else "",
)
def test_every_fault_is_named_with_its_line(text: str | bytes, expected: list[str]) -> None:
    found = faults(text)
    assert len(found) == len(expected)
    for said, beginning in zip(found, expected, strict=True):
        assert said.startswith(f"glossary.csv{beginning}")


@pytest.mark.usefixtures("languages")
def test_import_adds_changes_and_leaves() -> None:
    assert import_terms(read(f"{HEADER}\n{NEEDLE}"), "a.csv") == Imported(2, 0, 0)
    GlossaryTerm.objects.filter(term="needle").update(show_to_readers=True)
    changed = f"{HEADER}\n{NEEDLE.replace('naalden', '')}\npin,ar,دبوس,,,"
    rows = read(changed)
    assert import_terms(rows, "a.csv", dry_run=True) == Imported(1, 1, 1)
    assert GlossaryTerm.objects.get(term="naald").variants == "naalden"
    assert import_terms(rows, "a.csv") == Imported(1, 1, 1)
    assert import_terms(rows, "a.csv") == Imported(0, 0, 3)
    needle = GlossaryTerm.objects.get(term="needle")
    assert (needle.definition, needle.variants) == ("A thin pin.", "needles")
    assert needle.show_to_readers  # a file without the column says nothing of it
    assert needle.get_translation(Locale.objects.get(language_code="nl")).variants == ""


@pytest.mark.usefixtures("languages")
def test_export_is_what_import_takes(django_assert_max_num_queries) -> None:
    import_terms(read(f"{HEADER}\n{NEEDLE}\npin,ar,دبوس,=1+1,yes,"), "a.csv")
    rows = read_terms(written(list(stored_terms())), "b.csv")
    assert import_terms(rows, "b.csv") == Imported(0, 0, 3)
    assert [row.term for row in stored_terms("ar")] == ["دبوس"]
    GlossaryTerm.objects.all().delete()
    many = [TermRow(uuid.uuid4(), "en", f"term {n}") for n in range(100)]
    with django_assert_max_num_queries(7):  # the last writes the audit log
        assert import_terms(many, "many.csv").created == 100


@pytest.mark.usefixtures("languages")
def test_nothing_of_a_refused_file_is_stored() -> None:
    with pytest.raises(FileRefused, match=r"^a\.csv:3: the site has no language 'xx'$"):
        import_terms(read(f"{HEADER}\npin,en,pin,,,\npin,xx,pin,,,"), "a.csv")
    assert not GlossaryTerm.objects.exists()


@pytest.mark.usefixtures("languages")
def test_commands_write_and_read_files(tmp_path: Path) -> None:
    good, bad, out = tmp_path / "good.csv", tmp_path / "bad.csv", io.StringIO()
    good.write_text(f"{HEADER}\n{NEEDLE}\n", encoding="utf-8")
    bad.write_text(f"{HEADER}\n{KEY},en,,,,\n", encoding="utf-8")
    call_command("import_glossary", str(good), dry_run=True, stdout=out)
    assert out.getvalue().endswith("This was a dry run: nothing was stored.\n")
    assert not GlossaryTerm.objects.exists()
    errors = io.StringIO()
    missing = str(tmp_path / "missing.csv")
    with pytest.raises(CommandError, match="2 of 3 files refused"):
        call_command("import_glossary", str(bad), str(good), missing, stdout=out, stderr=errors)
    assert out.getvalue().endswith(f"{good}: 2 new, 0 changed, 0 unchanged\n")
    assert errors.getvalue().splitlines() == [
        f"{bad}:2: the term is empty",
        f"{missing}:1: cannot be read: No such file or directory",
    ]
    call_command("export_glossary", str(tmp_path / "out.csv"), stdout=out)
    assert out.getvalue().endswith(f"2 rows were written to {tmp_path / 'out.csv'}.\n")
    assert len(read_terms((tmp_path / "out.csv").read_bytes(), "out.csv")) == 2


@pytest.mark.usefixtures("languages")
def test_export_prints_one_language_and_knows_its_languages(tmp_path: Path) -> None:
    import_terms(read(f"{HEADER}\n{NEEDLE}"), "a.csv")
    out = io.StringIO()
    call_command("export_glossary", "-", locale="nl", stdout=out)
    assert [row.term for row in read_terms(out.getvalue().encode(), "-")] == ["naald"]
    import_terms(read(f"{HEADER}\nsting,nl,één steek,,,"), "a.csv")
    pipe = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    call_command("export_glossary", "-", locale="nl", stdout=pipe)
    assert "één steek".encode() in pipe.buffer.getvalue()
    with pytest.raises(CommandError, match="no language “xx”"):
        call_command("export_glossary", "-", locale="xx")
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_glossary", str(tmp_path / "none" / "out.csv"))


@pytest.mark.usefixtures("languages")
def test_an_export_that_breaks_off_leaves_the_file_before(tmp_path: Path, monkeypatch: Any) -> None:
    import_terms(read(f"{HEADER}\n{NEEDLE}"), "a.csv")
    path = tmp_path / "out.csv"
    call_command("export_glossary", str(path), stdout=io.StringIO())
    before = path.read_bytes()

    def breaks_off(_rows: Any) -> Iterator[bytes]:
        yield before[:20]
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(export_glossary, "write_terms", breaks_off)
    with pytest.raises(CommandError, match="No space left"):
        call_command("export_glossary", str(path))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
