"""`manage.py import_translations` as a person types it, with files as translators send them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry

from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.formats.po import MAX_BYTES
from patientinfo.formats.tmx import read_tmx
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.memory_models import MemoryEntry
from patientinfo.translation.models import SegmentTranslation
from tests import builders
from tests.worlds import once

built = once(lambda: builders.make_leaflet(builders.make_site()))


@pytest.fixture
def folder(built: LeafletPage, db: None, tmp_path: Path) -> Path:
    """Catalogs in Dutch, translated but for one text, and in German, not translated."""
    call_command(
        "export", "--format", "po", "--locale", "nl", "de", "--output", str(tmp_path), verbosity=0
    )
    path = tmp_path / "dry-needling.nl.po"
    path.write_text(translate(path.read_text()))
    return tmp_path


def translate(text: str) -> str:
    """Fills every empty msgstr with the fake translation of its msgid, as an editor writes it."""
    head, body = text.split("\n\n", 1)

    def fill(match: re.Match[str]) -> str:
        return f'{match[1]}msgstr "{builders.fake(match[2], "nl")}"\n'

    return head + "\n\n" + re.sub(r'(msgid "(.*)"\n)msgstr ""\n', fill, body)


def run(*args: object) -> tuple[str, str, str]:
    """Standard output, standard error, and the error that the command ended with."""
    out, err, error = io.StringIO(), io.StringIO(), ""
    try:
        call_command("import_translations", *map(str, args), stdout=out, stderr=err)
    except CommandError as raised:
        error = str(raised)
    return out.getvalue(), err.getvalue(), error


def damage(path: Path, old: str, new: str) -> int:
    """Changes the first `old` of a file; returns the number of its line."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def test_each_file_is_summed_up(folder: Path) -> None:
    count = len(builders.fake_texts(LeafletPage.objects.get(), "nl"))
    dutch, german = folder / "dry-needling.nl.po", folder / "dry-needling.de.po"
    assert run(dutch, german) == (
        f"{dutch}: “Dry needling” in nl: {count} stored, 0 unchanged, 0 fuzzy skipped, "
        "0 untranslated; a draft page was made\n"
        f"{german}: “Dry needling” in de: 0 stored, 0 unchanged, 0 fuzzy skipped, "
        f"{count} untranslated\n",
        "",
        "",
    )
    assert run(dutch)[0] == (
        f"{dutch}: “Dry needling” in nl: 0 stored, {count} unchanged, 0 fuzzy skipped, "
        "0 untranslated\n"
    )


def test_a_file_that_was_cut_between_entries_says_what_it_lacks(folder: Path) -> None:
    path = folder / "dry-needling.nl.po"
    entries = path.read_text().strip().split("\n\n")
    path.write_text("\n\n".join(entries[:-3]) + "\n")
    out, _err, error = run(path)
    assert "0 untranslated, 3 of the leaflet not in the file; a draft page" in out
    assert error == ""


def test_what_is_exported_again_is_what_came_in(folder: Path) -> None:
    path = folder / "dry-needling.nl.po"
    before = path.read_text()
    run(path)
    call_command("export", "--format", "po", "--output", str(folder), stdout=io.StringIO())
    after = path.read_text()
    assert re.sub(r"#\. As exported: [0-9a-f]{16}\+?\n", "", after) == before
    assert after.count("As exported") == after.count("\nmsgctxt ")


def test_a_fuzzy_text_is_a_draft(folder: Path) -> None:
    path = folder / "dry-needling.nl.po"
    damage(path, 'msgctxt "cramps/text"', '#, fuzzy\nmsgctxt "cramps/text"')
    assert "0 fuzzy skipped, 0 untranslated, 1 of those stored are drafts" in run(path)[0]
    assert SegmentTranslation.objects.get(path="cramps/text").state == "draft"


def test_a_dry_run_says_so(folder: Path) -> None:
    out, err, error = run("--dry-run", folder / "dry-needling.nl.po")
    assert out.endswith("\nThis was a dry run: nothing was stored.\n")
    assert (err, error) == ("", "")
    assert not SegmentTranslation.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('msgid "Get help now"', 'msgid "Get help now', "is not closed"),
        ('"Language: nl\\n"', '"Language: fr\\n"', "there is no language “fr”"),
        ('"Language: nl\\n"', '"Language: de\\n"', "the file's name says nl"),
        ("X-Leaflet-Key: ", "X-Leaflet-Key: 0", "X-Leaflet-Key is"),
        ('msgctxt "cramps/text"', 'msgctxt "intro/text"', "duplicate entry"),
        ('msgctxt "cramps/text"', 'msgctxt "gone/text"', "no text at 'gone/text'"),
        ("<em>otherLANG", "otherLANG", "lacks <em>"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_of_the_file_is_stored(
    folder: Path, old: str, new: str, reason: str
) -> None:
    path = folder / "dry-needling.nl.po"
    line = damage(path, old.replace("LANG", "nl"), new.replace("LANG", "nl"))
    out, err, error = run(path)
    assert (out, error) == ("", "1 of 1 files refused; nothing of them is stored.")
    told = re.match(rf"{re.escape(str(path))}:(\d+): (.*)", err)
    assert told is not None
    assert reason in told[2]
    if not old.startswith("<em>"):
        assert abs(int(told[1]) - line) <= 1
    assert not SegmentTranslation.objects.exists()
    assert LeafletPage.objects.count() == 1


def test_other_files_are_still_imported(folder: Path) -> None:
    missing, large = folder / "missing.po", folder / "large.po"
    large.write_bytes(b"#" * (MAX_BYTES + 1))
    broken = folder / "broken.po"
    broken.write_text('msgid "x')
    directory = folder / "files.po"
    directory.mkdir()
    out, err, error = run(missing, broken, directory, large, folder / "dry-needling.nl.po")
    assert out.startswith(f"{folder}/dry-needling.nl.po: “Dry needling” in nl: ")
    lines = err.splitlines()
    assert lines[0] == f"{missing}:1: cannot be read: No such file or directory"
    assert lines[-2] == f"{directory}:1: cannot be read: Is a directory"
    assert lines[-1].startswith(f"{large}:1: the file has {MAX_BYTES + 1} bytes; at most")
    assert error == "4 of 5 files refused; nothing of them is stored."


def test_a_name_from_another_system_is_told_as_far_as_it_can_be(folder: Path) -> None:
    """Archives of Windows give names that are no UTF-8; they can be opened, and not printed."""
    for ending in ("nl.po", "xx.tmx"):
        (folder / "dry-needling.nl.po").rename(folder / f"\udce9.{ending}")
        (folder / "dry-needling.de.po").rename(folder / "dry-needling.nl.po")
        (folder / "dry-needling.de.po").touch()
    out, err, error = run(*sorted(folder.glob("\udce9.*")))
    assert out.startswith(f"{folder}/\ufffd.nl.po: “Dry needling” in nl: ")
    assert err.startswith(f"{folder}/\ufffd.xx.tmx:1: the file is not XML")
    assert error == "1 of 2 files refused; nothing of them is stored."
    entry = PageLogEntry.objects.get(action="patientinfo.translation_imported")
    assert entry.data["file"] == "\ufffd.nl.po"


# -- other kinds of file --------------------------------------------------------------------------


def fill(path: Path) -> None:
    """Translates what an exported file of any kind has, by the format's own reader and writer."""
    file = read_file(path.read_bytes(), path.name)
    units = tuple(
        replace(u, target=builders.fake(u.source, file.locale), state="translated")
        for u in file.units
    )
    kind = next(kind for kind in KINDS.values() if kind.suffix == path.suffix)
    path.write_bytes(kind.write(replace(file, units=units)))


@pytest.mark.parametrize("kind", ["xliff", "xliff12", "xlsx"])
def test_every_kind_comes_back(folder: Path, kind: str) -> None:
    call_command("export", "--format", kind, "--locale", "nl", "--output", str(folder), verbosity=0)
    path = folder / f"dry-needling.nl{KINDS[kind].suffix}"
    fill(path)
    count = len(builders.fake_texts(LeafletPage.objects.get(), "nl"))
    out, err, error = run(path)
    assert (err, error) == ("", "")
    assert f"in nl: {count} stored, 0 unchanged, 0 fuzzy skipped, 0 untranslated" in out
    before = path.read_bytes()
    call_command("export", "--format", kind, "--output", str(folder), stdout=io.StringIO())
    again = read_file(path.read_bytes(), path.name)
    assert all(unit.is_as_exported for unit in again.units)
    units = tuple(replace(unit, exported="") for unit in again.units)
    assert replace(again, units=units) == read_file(before, path.name)
    assert f"0 stored, {count} unchanged" in run(path)[0]


def test_an_xliff_12_file_may_have_either_ending(folder: Path) -> None:
    args = ["--format", "xliff12", "--locale", "nl", "--output", str(folder)]
    call_command("export", *args, verbosity=0)
    path = folder / "dry-needling.nl.xlf"
    assert run(path.rename(folder / "dry-needling.nl.xliff"))[1:] == ("", "")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("nl.po", "nl.xlsx", "says that it is a workbook (.xlsx), and its content is a PO file"),
        ("nl.po", "nl.xliff", "says that it is XLIFF, and its content is a PO file"),
        ("nl.po", "nl.docx", "ends in “.docx”; what can be read are .po, .xliff, .xlf, .xlsx,"),
        ("nl.po", "nl", "the file's name ends in “.nl”"),
        ("nl.po", "nl.tmx", "the file is not XML"),
    ],
)
def test_a_wrong_ending_is_named(folder: Path, old: str, new: str, reason: str) -> None:
    path = (folder / f"dry-needling.{old}").rename(folder / f"dry-needling.{new}")
    out, err, error = run(path)
    assert (out, error) == ("", "1 of 1 files refused; nothing of them is stored.")
    assert reason in err
    assert err.startswith(f"{path}:1: ")


def test_a_workbook_that_was_renamed(folder: Path) -> None:
    args = ["--format", "xlsx", "--locale", "nl", "--output", str(folder)]
    call_command("export", *args, verbosity=0)
    path = (folder / "dry-needling.nl.xlsx").rename(folder / "dry-needling.nl.po")
    assert "and its content is a workbook (.xlsx)" in run(path)[1]


def test_a_memory_goes_into_the_memory(folder: Path) -> None:
    run(folder / "dry-needling.nl.po")
    SegmentTranslation.objects.filter(path="title").update(state="checked")
    args = ["--format", "tmx", "--leaflet", "dry-needling", "--locale", "nl"]
    call_command("export", *args, "--output", str(folder), stdout=io.StringIO())
    path = folder / "dry-needling.nl.tmx"
    assert run("--dry-run", path)[0].startswith(f"{path}: 1 of 1 translations new to the memory\n")
    assert not MemoryEntry.objects.exists()
    assert run(path)[0] == f"{path}: 1 of 1 translations new to the memory\n"
    assert MemoryEntry.objects.get().text == builders.fake("Dry needling", "nl")
    assert run(path)[0] == f"{path}: 0 of 1 translations new to the memory\n"
    args = ["--format", "tmx", "--output", str(folder)]
    call_command("export", *args, stdout=io.StringIO())
    with (folder / "memory.en.nl.tmx").open("rb") as file:
        (unit,) = read_tmx(file, "memory.en.nl.tmx")
    assert unit.target == builders.fake("Dry needling", "nl")


def test_the_rest_of_a_file_can_be_kept(folder: Path) -> None:
    path = folder / "dry-needling.nl.po"
    damage(path, "<em>othernl", "othernl")
    out, err, error = run("--keep-rest", path)
    assert "1 refused" in out
    assert "lacks <em>" in err
    assert error == "Of 1 files some texts were refused."
    assert SegmentTranslation.objects.filter(path="title").exists()
    assert not SegmentTranslation.objects.filter(path="effects-1/text").exists()
