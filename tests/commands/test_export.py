"""`manage.py export` as a person types it."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from patientinfo.channels.models import KeptRendition
from patientinfo.editions.models import Edition
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.memory_models import MemoryEntry
from tests import builders
from tests.builders import Clinic
from tests.worlds import once


def make_world() -> tuple[Clinic, LeafletPage]:
    clinic = builders.make_site()
    page = builders.make_leaflet(clinic)
    builders.translate(page, "ar")
    return clinic, page


built = once(make_world)


@pytest.fixture
def page(built: tuple[Clinic, LeafletPage], db: None) -> LeafletPage:
    """English and Arabic, both issued."""
    return builders.fresh(built[1])


def export(*args: str) -> str:
    out = io.StringIO()
    call_command("export", *args, stdout=out, stderr=out)
    return out.getvalue()


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_a_directory_is_made_and_every_file_named(page: LeafletPage, tmp_path: Path) -> None:
    target = tmp_path / "one" / "two"
    said = export("--format", "json", "--output", str(target))
    assert names(target) == ["dry-needling.ar.json", "dry-needling.en.json"]
    edition = Edition.objects.get(locale="ar")
    written = (target / "dry-needling.ar.json").read_bytes()
    assert "sha256:" + hashlib.sha256(written).hexdigest() == edition.digest
    assert json.loads(written) == edition.data
    assert said.splitlines() == [
        f"{target}/dry-needling.ar.json  (edition 1, {edition.digest})",
        f"{target}/dry-needling.en.json  (edition 1, {Edition.objects.get(locale='en').digest})",
        f"2 files were written to {target}.",
    ]


def test_a_second_run_replaces_and_leaves_nothing_beside(page: LeafletPage, tmp_path: Path) -> None:
    export("--format", "po", "--output", str(tmp_path))
    (tmp_path / "dry-needling.nl.po").write_text("old")
    export("--format", "po", "--output", str(tmp_path))
    assert names(tmp_path) == [f"dry-needling.{code}.po" for code in ("ar", "de", "es", "nl")]
    assert "old" not in (tmp_path / "dry-needling.nl.po").read_text()[:10]


@pytest.mark.parametrize(
    "args",
    [
        ("--locale", "nl", "de", "--leaflet", "dry-needling"),
        ("--locale", "nl", "--locale", "de"),
    ],
)
def test_options_take_several_values_and_repeat(
    page: LeafletPage, tmp_path: Path, args: tuple[str, ...]
) -> None:
    export("--format", "po", *args, "--output", str(tmp_path))
    assert names(tmp_path) == ["dry-needling.de.po", "dry-needling.nl.po"]


def test_one_file_goes_to_standard_output(page: LeafletPage) -> None:
    edition = Edition.objects.get(locale="ar")
    assert export("--format", "json", "--locale", "ar", "--output", "-") == edition.document


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--format", "docx"], "There is no format “docx”. There are: "),
        (["--format", "po", "--locale", "fr"], "no language “fr”. There are: ar, de, en, es, nl"),
        (["--format", "po", "--leaflet", "x"], "no leaflet “x”. There are: dry-needling"),
        (["--format", "json"], "takes one file, and the selection has more: dry-needling.ar.json"),
        (["--format", "json", "--locale", "de"], "Nothing that is issued matches"),
        (["--format", "po", "--locale", "en"], "Nothing that is issued matches"),
    ],
)
def test_what_cannot_be_done_is_said(page: LeafletPage, args: list[str], words: str) -> None:
    with pytest.raises(CommandError) as error:
        export(*args, "--output", "-")
    assert words in str(error.value)


def test_a_file_is_no_directory(page: LeafletPage, tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(CommandError, match=f"{tmp_path}/x: File exists"):
        export("--format", "json", "--output", str(tmp_path / "x"))


def test_a_directory_may_have_a_name_that_is_no_text(page: LeafletPage, tmp_path: Path) -> None:
    said = export("--format", "json", "--locale", "ar", "--output", f"{tmp_path}/\udce9")
    assert said.startswith(f"{tmp_path}/\ufffd/dry-needling.ar.json  (edition 1, ")
    assert said.endswith(f"1 files were written to {tmp_path}/\ufffd.\n")


def test_a_memory_that_cannot_be_written_is_told_on_standard_output_too(page: LeafletPage) -> None:
    words = {"source_text": "A\x0bneedle", "text": "Een naald"}
    MemoryEntry.objects.create(source_locale="en", locale="nl", **words)
    with pytest.raises(CommandError, match="which is not whole: the unit"):
        export("--format", "tmx", "--output", "-")


def test_nothing_to_export_is_no_error(page: LeafletPage, tmp_path: Path) -> None:
    said = export("--format", "json", "--locale", "es", "--output", str(tmp_path))
    assert said == "Nothing that is issued matches the selection.\n"


def test_half_a_file_is_never_seen(
    page: LeafletPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full: the file that was there stays as it was."""
    old = tmp_path / "dry-needling.en.json"
    old.write_text("old")

    def full(self: Path, data: bytes) -> Any:
        with self.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CommandError, match="No space left on device"):
        export("--format", "json", "--locale", "en", "--output", str(tmp_path))
    assert old.read_text() == "old"
    assert names(tmp_path) == ["dry-needling.en.json"]


@pytest.mark.parametrize("kind", ["po", "xliff", "xliff12", "xlsx"])
def test_translators_files_are_merged_and_not_written_over(
    page: LeafletPage, tmp_path: Path, kind: str
) -> None:
    args = ["--format", kind, "--locale", "nl", "--output", str(tmp_path), "--merge"]
    export(*args)  # nothing is there yet
    path = tmp_path / f"dry-needling.nl{KINDS[kind].suffix}"
    file = read_file(path.read_bytes(), path.name)
    units = tuple(
        replace(u, target=builders.fake(u.source, "nl"), state="translated") for u in file.units
    )
    path.write_bytes(KINDS[kind].write(replace(file, units=units)))
    builders.reword(page, {"cramps/text": "<p>Cramps go away within some hours.</p>"})
    export(*args)
    merged = read_file(path.read_bytes(), path.name)
    assert merged.source_edition == 2
    assert all(unit.target for unit in merged.units)
    (changed,) = [unit for unit in merged.units if unit.fuzzy]
    assert (changed.path, changed.previous_source) == (
        "cramps/text",
        "It may cause small temporary muscle cramps.",
    )
    path.write_bytes(b"msgid broken")
    with pytest.raises(CommandError, match="0 files were written, 1 were not"):
        export(*args)
    assert path.read_bytes() == b"msgid broken"


def test_only_files_of_translators_are_merged(page: LeafletPage, tmp_path: Path) -> None:
    for args in (
        ["--format", "json", "--output", str(tmp_path)],
        ["--format", "po", "--output", "-"],
    ):
        with pytest.raises(CommandError, match="--merge is for a directory"):
            call_command("export", "--merge", *args)


def test_renditions_are_exported_and_not_kept(page: LeafletPage, tmp_path: Path) -> None:
    said = export("--format", "text", "--output", str(tmp_path))
    assert names(tmp_path) == ["dry-needling.ar.txt", "dry-needling.en.txt"]
    text = (tmp_path / "dry-needling.en.txt").read_bytes()
    assert b"Dry needling\n============" in text
    assert f"sha256:{hashlib.sha256(text).hexdigest()}" in said
    assert not KeptRendition.objects.exists()


def test_paper_is_exported_under_names_of_its_own(page: LeafletPage, tmp_path: Path) -> None:
    for form in ("pdf", "large-print"):
        export("--format", form, "--locale", "en", "--output", str(tmp_path))
    assert names(tmp_path) == ["dry-needling.en.large-print.pdf", "dry-needling.en.pdf"]


def test_a_rendition_that_cannot_be_made_is_named(
    built: tuple[Clinic, LeafletPage], db: None, tmp_path: Path
) -> None:
    builders.make_leaflet(built[0], title="Needles 🪡", slug="signs")
    with pytest.raises(CommandError, match="1 were not"):
        export("--format", "pdf", "--leaflet", "signs", "--output", str(tmp_path))
    assert names(tmp_path) == []
