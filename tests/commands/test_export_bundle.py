"""`manage.py export --format bundle` as a person types it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from patientinfo.bundles.making import Bundle
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.licences import make_licence


@pytest.fixture
def page(db: None) -> LeafletPage:
    return builders.make_leaflet(builders.make_site())


def export(path: Path | str, *args: str) -> str:
    out = io.StringIO()
    call_command("export", "--format", "bundle", "--output", str(path), *args, stdout=out)
    return out.getvalue()


def test_a_file_is_written_and_named(page: LeafletPage, tmp_path: Path) -> None:
    path = tmp_path / "new" / "all.zip"
    said = export(path, "--channel", "text", "markdown")
    assert said == f"{path}  ({path.stat().st_size} bytes)\n"
    with zipfile.ZipFile(path) as archive:
        assert "files/en/dry-needling.en.md" in archive.namelist()
    assert [file.name for file in path.parent.iterdir()] == ["all.zip"]


def test_of_a_licence_it_has_what_is_covered(page: LeafletPage, tmp_path: Path) -> None:
    licence = make_licence(uses={"screen": {}})
    export(tmp_path / "theirs.zip", "--licence", licence.number.lower(), "--channel", "text", "pdf")
    with zipfile.ZipFile(tmp_path / "theirs.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["licence"]["number"] == licence.number
    assert [left["channel"] for left in manifest["left_out"]] == ["pdf"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--channel", "fax"), "There is no channel 'fax'"),
        (("--licence", "P26-0000-0000"), "There is no licence"),
        (("--leaflet", "unheard-of"), "There is no leaflet"),
        (("--locale", "xx"), "There is no language"),
        (("--merge",), "--merge is for"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    page: LeafletPage, tmp_path: Path, args: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        export(tmp_path / "all.zip", *args)
    assert list(tmp_path.iterdir()) == []


def test_other_formats_know_no_channels(page: LeafletPage, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="are for --format bundle"):
        call_command("export", "--format", "json", "--channel", "pdf", "--output", str(tmp_path))


def test_an_interrupted_bundle_leaves_no_half_file(
    page: LeafletPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(b"the one before")

    def stopped(self):
        yield b"PK"
        raise KeyboardInterrupt

    monkeypatch.setattr(Bundle, "chunks", stopped)
    with pytest.raises(KeyboardInterrupt):
        export(path)
    assert path.read_bytes() == b"the one before"
    assert [file.name for file in tmp_path.iterdir()] == ["all.zip"]
