"""`export --merge`: what a translator has written is kept, and so is what the desk says since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from patientinfo.exchange.export import ExportFile
from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.exchange.merging import with_words_of
from patientinfo.formats.exchange import TranslationFile
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests.exchange.files import changed, exported, file_name, save, unit
from tests.fixtures_desk import Team, finish, row

PATH = "cramps/text"


def merged(folder: Path, kind: str, theirs: TranslationFile) -> TranslationFile:
    """The leaflet exported anew over the file that a translator is working on."""
    path = folder / file_name(kind)
    path.write_bytes(KINDS[kind].write(theirs))
    made = with_words_of(path, ExportFile(path.name, "", KINDS[kind].write(exported())))
    assert isinstance(made, ExportFile)
    return read_file(made.data, path.name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_translators_draft_stays_a_draft(dutch: LeafletPage, tmp_path: Path, kind: str) -> None:
    theirs = changed(exported(), PATH, target="Misschiennl krampnl", state="draft")
    new = merged(tmp_path, kind, theirs)
    assert unit(PATH, new).state == "draft"
    import_file(new, file_name(kind))
    assert row(PATH).state == "draft"


@pytest.mark.parametrize("kind", KINDS)
def test_a_translators_draft_goes_over_nothing_finished(
    page: LeafletPage, dutch: LeafletPage, team: Team, tmp_path: Path, kind: str
) -> None:
    theirs = changed(exported(), PATH, target="Misschiennl krampnl", state="draft")
    finish(page, dutch, team)
    assert unit(PATH, merged(tmp_path, kind, theirs)).target == row(PATH).text


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_that_a_translator_finished_is_finished(
    page: LeafletPage, dutch: LeafletPage, team: Team, tmp_path: Path, kind: str
) -> None:
    save(page, PATH, "Zonl.", team.translator, state="draft")
    theirs = changed(exported(), PATH, state="translated")
    assert unit(PATH, merged(tmp_path, kind, theirs)).state == "translated"


@pytest.mark.parametrize("kind", KINDS)
def test_what_nobody_touched_finishes_no_draft(
    page: LeafletPage, dutch: LeafletPage, team: Team, tmp_path: Path, kind: str
) -> None:
    save(page, PATH, "Ietsnl.", team.translator)
    theirs = exported()
    save(page, PATH, "Ietsnl.", team.translator, state="draft")
    assert unit(PATH, merged(tmp_path, kind, theirs)).state == "draft"


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_were_sent_in_already_go_over_no_correction(
    page: LeafletPage, dutch: LeafletPage, team: Team, tmp_path: Path, kind: str
) -> None:
    theirs = changed(exported(), PATH, target="Foutnl krampnl", state="translated")
    import_file(theirs, file_name(kind))
    save(page, PATH, "Juistnl krampnl", team.translator)
    assert unit(PATH, merged(tmp_path, kind, theirs)).target == "Juistnl krampnl"
    back = changed(exported(), PATH, target="Foutnl krampnl")
    assert unit(PATH, merged(tmp_path, kind, back)).target == "Foutnl krampnl"


def test_a_tool_may_write_the_language_in_capitals(dutch: LeafletPage, tmp_path: Path) -> None:
    theirs = changed(exported(), PATH, target="Misschiennl krampnl", state="translated")
    new = merged(tmp_path, "xliff", replace(theirs, source_locale="EN", locale="NL"))
    assert (unit(PATH, new).target, new.locale) == ("Misschiennl krampnl", "nl")


def test_words_that_were_emptied_at_the_desk_stay_away(
    page: LeafletPage, dutch: LeafletPage, team: Team, tmp_path: Path
) -> None:
    save(page, PATH, "Foutnl.", team.translator)
    theirs = exported()
    save(page, PATH, "", team.translator)
    assert unit(PATH, merged(tmp_path, "po", theirs)).target == ""
    theirs = changed(theirs, PATH, target="Beternl.")
    assert unit(PATH, merged(tmp_path, "po", theirs)).target == "Beternl."
