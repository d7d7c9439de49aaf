"""Files that go out over the API."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from patientinfo.editions.models import Edition
from patientinfo.exchange.archive import zip_chunks
from patientinfo.exchange.export import ExportFile, NotExported
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.formats.tmx import read_tmx
from patientinfo.translation.models import SegmentTranslation
from tests.api.authoring.office import (
    PRIVATE,
    TITLE,
    Ask,
    upload,
    whole,
)
from tests.fixtures_desk import Team


@pytest.mark.parametrize("kind", KINDS)
def test_one_leaflet_in_one_language(dutch, team: Team, ask: Ask, kind: str) -> None:
    answer = ask(team.translator, "GET", f"{dutch.translation_key}/nl/", format=kind)
    name = f"dry-needling.nl{KINDS[kind].suffix}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == KINDS[kind].media_type
    assert answer["Cache-Control"] == PRIVATE
    assert not answer.has_header("ETag")
    assert read_file(answer.content, name).title == "Dry needling"


def test_documents_and_the_checked_words(dutch, team: Team, ask: Ask, assert_problem) -> None:
    one = f"{dutch.translation_key}/nl/"
    ask(team.translator, "POST", "", upload(title=TITLE))
    SegmentTranslation.objects.update(state="checked")
    (unit,) = read_tmx(io.BytesIO(ask(team.translator, "GET", one, format="tmx").content), "a.tmx")
    assert unit.target == TITLE
    told = assert_problem(ask(team.translator, "GET", one, format="json"), "no-such-language")
    assert told["locales"] == ["en"]
    english = ask(team.admin, "GET", f"{dutch.translation_key}/en/", format="json")
    assert english.content == Edition.objects.get(locale="en").document.encode()


def test_everything_that_one_works_on(dutch, team: Team, ask: Ask) -> None:
    answer = ask(team.admin, "GET", "", format="xlsx")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", PRIVATE)
    assert answer["Content-Disposition"] == 'attachment; filename="translations-xlsx.zip"'
    archive = zipfile.ZipFile(io.BytesIO(whole(answer)))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        f"dry-needling.{code}.xlsx" for code in ("ar", "de", "es", "nl")
    ]
    only = whole(ask(team.admin, "GET", "", format="po", locale="de"))
    assert zipfile.ZipFile(io.BytesIO(only)).namelist() == ["dry-needling.de.po"]
    head = ask(team.admin, "HEAD", "", format="po")
    assert (head.status_code, whole(head), head["Content-Type"]) == (200, b"", "application/zip")


def test_what_is_not_there_is_named(dutch, team: Team, ask: Ask, assert_problem) -> None:
    one = f"{dutch.translation_key}/"
    told = assert_problem(ask(team.admin, "GET", "", format="docx"), "invalid-value")
    assert told["allowed"] == ["po", "xliff", "xliff12", "xlsx", "tmx", "json"]
    assert_problem(ask(team.admin, "GET", ""), "invalid-value", parameter="format")
    assert_problem(ask(team.admin, "GET", "", format="po", since="1"), "unknown-parameter")
    told = assert_problem(ask(team.admin, "GET", f"{one}fr/", format="po"), "no-such-language")
    assert told["locales"] == ["ar", "de", "en", "es", "nl"]
    assert_problem(ask(team.admin, "GET", f"{one}en/", format="po"), "no-such-language")
    nobodys = "00000000-0000-4000-8000-000000000000/nl/"
    assert_problem(ask(team.admin, "GET", nobodys, format="po"), "no-such-leaflet")


def test_an_archive_goes_on_after_what_cannot_be_exported() -> None:
    def fail(out: Any) -> None:
        out.write(b"<tmx>")
        raise ValueError("a forbidden character")

    files = [
        ExportFile("a.tmx", "", writer=fail),
        NotExported("b.po", "why"),
        ExportFile("c", "", b"x"),
    ]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zip_chunks(files))))
    assert archive.namelist() == ["c", "NOT-EXPORTED.txt"]
    assert archive.read("NOT-EXPORTED.txt") == b"a.tmx: a forbidden character\nb.po: why\n"
