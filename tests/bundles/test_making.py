"""A bundle for editors: everything, named and hashed, the same bytes each time."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.storage import default_storage

from patientinfo.channels.text import TextChannel
from patientinfo.editions.actions import withdraw_leaflet
from patientinfo.editions.image_files import file_name
from patientinfo.editions.models import Edition
from tests import bodies, builders
from tests.bundles.conftest import manifest_of, opened

WORLD = "dutch"


def test_every_file_is_in_the_manifest_with_its_digest(for_editors):
    archive = opened(for_editors("text", "pdf"))
    manifest = manifest_of(archive)
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert files == [
        "files/en/dry-needling.en.pdf",
        "files/en/dry-needling.en.txt",
        "files/nl/dry-needling.nl.pdf",
        "files/nl/dry-needling.nl.txt",
    ]
    rows = manifest["files"]
    assert [row["path"] for row in rows] == archive.namelist()[:-1]
    for row in rows:
        content = archive.read(row["path"])
        assert row["digest"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert row["size"] == len(content)
    for row in rows[: len(files)]:
        edition = Edition.objects.get(locale=row["locale"])
        assert (row["edition"], row["edition_digest"]) == (edition.number, edition.digest)
        assert row["rights"] == {**edition.data["rights"], "photos": []}
    assert manifest["left_out"] == []
    assert manifest["licence"] is None
    assert manifest["generator"]["version"] == "0.1.0"


def test_the_version_is_the_one_of_the_project(root):
    assert 'version = "0.1.0"' in (root / "pyproject.toml").read_text()


def test_the_same_input_gives_the_same_bytes(for_editors):
    first, second = (b"".join(for_editors("text", "pdf", "epub").chunks()) for _ in range(2))
    assert first == second


def test_members_are_in_the_order_of_their_paths(for_editors, clinic):
    builders.make_leaflet(clinic, title="Dry needling and acupuncture compared")
    names = opened(for_editors("text", "markdown", "large-print", "pdf")).namelist()
    assert names == sorted(names)
    assert names[-1] == "manifest.json"


def test_all_channels_are_meant_when_none_is_named(for_editors, settings):
    names = opened(for_editors()).namelist()
    endings = {name.partition(".en.")[2] for name in names if name.startswith("files/en/")}
    assert {"pdf", "large-print.pdf", "epub", "txt", "md", "jsonld", "po", "xliff"} <= endings


def test_each_language_has_an_index_in_its_own_words(for_editors, page):
    builders.translate(page, "ar")
    archive = opened(for_editors("text"))
    arabic = archive.read("index.ar.html").decode()
    assert '<html lang="ar" dir="rtl">' in arabic
    assert 'href="files/ar/dry-needling.ar.txt"' in arabic
    assert "Left out" not in arabic
    dutch = archive.read("index.nl.html").decode()
    assert '<html lang="nl" dir="ltr">' in dutch
    assert 'href="index.ar.html" lang="ar" dir="rtl"' in dutch
    front = archive.read("index.html").decode()
    assert "العربية" in front
    assert 'href="index.nl.html"' in front


def test_a_title_is_a_text_and_no_markup(for_editors, page):
    builders.reword(page, {}, title="Needles <script>alert(1)</script>")
    assert "<script>" not in opened(for_editors("text")).read("index.en.html").decode()


def test_what_is_withdrawn_is_named_and_left_out(for_editors, page):
    withdraw_leaflet(page.translation_key, "nl", "It was wrong.")
    archive = opened(for_editors("text"))
    assert "files/nl/dry-needling.nl.txt" not in archive.namelist()
    (left,) = manifest_of(archive)["left_out"]
    assert (left["locale"], left["channel"], left["reason"]) == ("nl", "text", "withdrawn")


def test_what_cannot_be_rendered_is_named_and_the_rest_is_there(for_editors, clinic):
    image = builders.make_image(clinic.locales)
    page = builders.make_leaflet(
        clinic, title="Pictured", sections=[bodies.section("A needle", bodies.picture(image))]
    )
    (member,) = Edition.objects.get(key=page.translation_key).data["images"]
    for width in (400, 800, 900):
        default_storage.delete(file_name(member, width))
    archive = opened(for_editors("text", "pdf", locales=["en"]))
    assert "files/en/pictured.en.txt" in archive.namelist()
    assert "files/en/pictured.en.pdf" not in archive.namelist()
    (left,) = manifest_of(archive)["left_out"]
    assert (left["channel"], left["reason"]) == ("pdf", "missing_image")


def test_a_fault_in_a_channel_is_named_and_logged(for_editors, monkeypatch, caplog):
    def broken(self, document, context):
        raise KeyError("heading")

    monkeypatch.setattr(TextChannel, "render", broken)
    archive = opened(for_editors("text", "markdown", locales=["en"]))
    (left,) = manifest_of(archive)["left_out"]
    assert (left["channel"], left["reason"]) == ("text", "failed")
    assert "heading" not in left["detail"]
    assert "was left out of a bundle" in caplog.text


@pytest.mark.parametrize("number", [1, 3])
def test_it_holds_one_rendition_at_a_time(for_editors, clinic, monkeypatch, number):
    """The next is not made before the bytes of the one before have been taken."""
    for each in range(number):
        builders.make_leaflet(clinic, title=f"Another {each}")
    made = []
    render = TextChannel.render

    def counted(self, document, context):
        made.append(document["title"])
        return b"x" * 200_000 + render(self, document, context)

    monkeypatch.setattr(TextChannel, "render", counted)
    chunks = for_editors("text", locales=["en"]).chunks()
    next(chunks)
    assert len(made) <= 1
    chunks.close()
