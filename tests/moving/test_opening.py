"""A ZIP from somebody is proved before anything of it is stored."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from patientinfo.bundles.output import write_bundle
from patientinfo.editions.models import Edition
from patientinfo.moving import opening
from patientinfo.moving.opening import Refused, opened
from patientinfo.moving.packing import MANIFEST, everything
from tests import builders

Rewrite = Callable[[dict[str, bytes]], None]


@pytest.fixture
def house(db: None, tmp_path: Path) -> Path:
    """A small clinic, packed."""
    builders.make_leaflet(builders.make_site())
    path = tmp_path / "house.zip"
    write_bundle(path, everything())
    return path


def rewritten(path: Path, change: Rewrite) -> Path:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    other = path.with_name("other.zip")
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return other


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused, opened(path):
        pass
    return str(refused.value)


def test_what_was_packed_opens(house):
    with opened(house) as archive:
        assert MANIFEST in archive.namelist()


def test_a_damaged_zip_is_refused(house):
    data = house.read_bytes()
    house.write_bytes(data[: len(data) // 2])
    assert "damaged" in refusal(house)
    house.write_bytes(b"no zip at all")
    assert "no ZIP" in refusal(house)
    name = data.index(MANIFEST.encode())
    directory = data.rindex(b"PK\x01\x02")
    for place in (len(data) // 3, name, data.rindex(MANIFEST.encode()), directory + 8):
        harmed = bytearray(data)
        harmed[place] ^= 0xFF
        house.write_bytes(bytes(harmed))
        assert refusal(house)


def test_words_that_were_changed_are_refused(house):
    def change(members):
        name = next(name for name in members if name.startswith("editions/"))
        members[name] = members[name].replace(b"needle", b"noodle")

    assert "its digest differs" in refusal(rewritten(house, change))


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "editions/../../x.json", "/x", "x.py"])
def test_a_name_that_leads_elsewhere_is_refused(house, name):
    def listed(members):
        manifest = json.loads(members[MANIFEST])
        digest = "sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
        manifest["files"].append({"path": name, "digest": digest, "size": 1})
        members[name] = b"x"
        members[MANIFEST] = json.dumps(manifest).encode()

    assert "no file of a house" in refusal(rewritten(house, listed))
    assert "not in both" in refusal(rewritten(house, lambda m: m.update({name: b"x"})))


def test_a_file_that_is_missing_is_refused(house):
    def change(members):
        del members[next(name for name in members if name.startswith("editions/"))]

    assert "not in both" in refusal(rewritten(house, change))


def test_another_version_is_refused(house):
    def change(members):
        manifest = json.loads(members[MANIFEST])
        manifest["structure"].pop()
        members[MANIFEST] = json.dumps(manifest).encode()

    assert "another version" in refusal(rewritten(house, change))


def test_a_bomb_is_refused_by_what_it_says_of_its_size(house, monkeypatch):
    bomb = rewritten(house, lambda members: members.update({"editions/b.json": b"0" * 3_000_000}))
    assert "unpacks to more" in refusal(bomb)
    monkeypatch.setattr(opening, "ALL_TOGETHER", 1000)
    assert "unpacks to more" in refusal(house)


def test_an_installation_with_leaflets_takes_nothing_in(house):
    with pytest.raises(CommandError, match="into an empty one"):
        call_command("import_bundle", str(house), stdout=io.StringIO())
    assert Edition.objects.count() == 1
