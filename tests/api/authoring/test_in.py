"""Files that come in over the API, told unit by unit; and memories."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from wagtail.models import ModelLogEntry, PageLogEntry

from patientinfo.api.authoring import uploads
from patientinfo.exchange.kinds import KINDS, read_file
from patientinfo.translation.memory_models import MemoryEntry
from patientinfo.translation.models import SegmentTranslation
from tests import builders
from tests.api.authoring.office import (
    PRIVATE,
    ROOT,
    TITLE,
    Ask,
    memory,
    token_of,
    upload,
)
from tests.fixtures_desk import Team


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_taken_and_told_unit_by_unit(dutch, team: Team, ask: Ask, kind: str) -> None:
    texts = {"title": TITLE, "cramps__text": "Kramp kan even duren."}
    dry = ask(team.translator, "POST", "", upload(kind, **texts), dry_run="true").json()
    assert not SegmentTranslation.objects.exists()
    answer = ask(team.translator, "POST", "", upload(kind, **texts))
    assert (answer.status_code, answer["Cache-Control"]) == (200, PRIVATE)
    told = answer.json()
    assert {**dry, "dry_run": False} == told
    assert (told["locale"], told["source_edition"], told["merge"]) == ("nl", 1, None)
    assert (told["counts"]["stored"], told["counts"]["absent"]) == (2, 0)
    outcomes = {unit["unit"]: unit["outcome"] for unit in told["units"]}
    assert outcomes["title"] == outcomes["cramps/text"] == "stored"
    assert outcomes["summary"] == "untranslated"
    row = SegmentTranslation.objects.get(path="title")
    assert (row.text, row.translated_by, row.origin) == (TITLE, team.translator, "import")
    again = ask(team.translator, "POST", "", upload(kind, **texts)).json()
    assert (again["counts"]["stored"], again["counts"]["unchanged"]) == (0, 2)


def test_what_a_file_lacks_is_counted(dutch, team: Team, ask: Ask) -> None:
    whole = upload(title=TITLE)
    file = read_file(whole.read(), whole.name)
    part = SimpleUploadedFile(whole.name, KINDS["po"].write(replace(file, units=file.units[:3])))
    told = ask(team.translator, "POST", "", part).json()
    assert told["counts"]["absent"] == len(file.units) - 3
    assert len(told["units"]) == 3


def test_each_import_is_in_the_audit_log(dutch, team: Team, ask: Ask) -> None:
    entries = PageLogEntry.objects.filter(action="patientinfo.translation_imported")
    ask(team.translator, "POST", "", upload(title=TITLE), dry_run="true")
    assert not entries.exists()
    ask(team.translator, "POST", "", upload(title=TITLE))
    ask(team.translator, "POST", "", upload(title=TITLE))  # which changes nothing
    entry = entries.get()
    assert (entry.user, entry.page_id) == (team.translator, dutch.pk)
    assert entry.data == {
        "file": "dry-needling.nl.po",
        "edition": 1,
        "stored": 1,
        "refused": 0,
        "comments": 0,
    }


def test_what_is_refused_is_named_by_unit(dutch, team: Team, ask: Ask, assert_problem) -> None:
    texts = {"title": TITLE, "effects-1__text": "pijn"}
    for how in ({}, {"dry_run": "true"}):
        told = assert_problem(
            ask(team.translator, "POST", "", upload(**texts), **how), "file-refused"
        )
        (one,) = told["problems"]
        assert one["unit"] == "effects-1/text"
        assert one["reason"].startswith("msgstr lacks </em> <em>")
        assert "effects-1/text: msgstr lacks" in told["detail"]
    assert not SegmentTranslation.objects.exists()
    told = ask(team.translator, "POST", "", upload(**texts), keep_rest="true").json()
    assert (told["counts"]["stored"], told["counts"]["refused"]) == (1, 1)
    (bad,) = [unit for unit in told["units"] if unit["outcome"] == "refused"]
    assert bad["reason"] == one["reason"]
    assert [row.path for row in SegmentTranslation.objects.all()] == ["title"]


def test_a_file_of_an_older_edition_is_offered_as_a_merge(
    page, dutch, team: Team, ask: Ask
) -> None:
    old = upload(title=TITLE, cramps__text="Kramp kan even duren.")
    builders.reword(page, {"cramps/text": "<p>Cramps go away soon.</p>"})
    told = ask(team.translator, "POST", "", old, dry_run="true").json()
    assert told["merge"] == {"edition": 1, "current_edition": 2, "changed": 1}


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.po", b'msgid "x', "is not closed"),
        ("a.docx", b"x", "ends in “.docx”"),
        ("a.tmx", b"<tmx/>", "a translation memory is no leaflet"),
        ("a.po", b"#" * 2_000_001, "at most 2000000 are read"),
        ("a.xliff", b"<!DOCTYPE x [<!ENTITY a 'b'>]><xliff>&a;</xliff>", "DOCTYPE"),
        ("a.po", 'msgid "é"'.encode("latin-1"), "UTF-8"),
        ("a.xlsx", b"PK\x03\x04", "no XLSX workbook"),
    ],
)
def test_a_file_that_is_refused_whole(
    team: Team, ask: Ask, assert_problem, name: str, data: bytes, reason: str
) -> None:
    answer = ask(team.translator, "POST", "", SimpleUploadedFile(name, data))
    told = assert_problem(answer, "file-refused", file=name)
    assert told["problems"][0]["unit"] is None
    assert reason in told["detail"]


def test_what_is_no_file(dutch, team: Team, ask: Ask, assert_problem, monkeypatch) -> None:
    headers = {"authorization": f"Bearer {token_of(team.translator)}"}

    def send(data: Any, content_type: str) -> HttpResponse:
        return Client().generic("POST", ROOT, data, content_type=content_type, headers=headers)

    assert_problem(send(b"{}", "application/json"), "unsupported-media-type")
    assert_problem(send(b"x", "multipart/form-data"), "bad-request")
    assert_problem(send(b"x", "multipart/form-data; boundary=b"), "bad-request")
    form = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.po"\r\n\r\nx\r\n--b--'
    assert_problem(send(form, "multipart/form-data; boundary=b; charset=hex"), "bad-request")
    assert_problem(ask(team.translator, "POST", ""), "bad-request")
    two = {"file": upload(title=TITLE), "other": "x"}
    assert_problem(Client().post(ROOT, two, headers=headers), "bad-request")
    assert_problem(ask(team.translator, "POST", "", upload(), dry_run="maybe"), "invalid-value")
    monkeypatch.setattr(uploads, "MOST", 100)
    assert_problem(ask(team.translator, "POST", "", upload(title=TITLE)), "too-large", most=100)


def test_each_address_takes_its_methods(dutch, team: Team, assert_problem) -> None:
    for path, allow in (
        ("", "GET, HEAD, POST, OPTIONS"),
        ("memory/", "POST, OPTIONS"),
        (f"{dutch.translation_key}/nl/", "GET, HEAD, OPTIONS"),
    ):
        answer = Client().delete(ROOT + path)
        assert_problem(answer, "method-not-allowed")
        assert answer["Allow"] == allow
        assert Client().options(ROOT + path)["Access-Control-Allow-Methods"] == allow
    for path in ("pages/", f"pages/{dutch.translation_key}/nl/", "locales/", "openapi.json"):
        assert Client().post(f"/api/v1/{path}").status_code == 405


def test_a_memory_is_taken_in_languages_that_one_checks(
    dutch, team: Team, ask: Ask, assert_problem
) -> None:
    pairs = [("nl", "Hello", "Hallo"), ("ar", "Hello", "مرحبا"), ("fr", "Hello", "Bonjour")]
    told = {"units": 1, "new": 1, "left_out": 1, "not_allowed": 1}
    dry = ask(team.checker, "POST", "memory/", memory(*pairs), dry_run="true")
    assert dry.json() == {"dry_run": True, **told}
    assert not MemoryEntry.objects.exists()
    answer = ask(team.checker, "POST", "memory/", memory(*pairs))
    assert answer.json() == {"dry_run": False, **told}
    assert [(entry.locale, entry.text) for entry in MemoryEntry.objects.all()] == [("nl", "Hallo")]
    entry = ModelLogEntry.objects.get(action="patientinfo.memory_imported")
    assert (entry.user, entry.data["new"]) == (team.checker, 1)
    for user in (team.translator, team.nobody):
        assert_problem(ask(user, "POST", "memory/", memory(*pairs)), "forbidden")


def test_what_is_no_memory(dutch, team: Team, ask: Ask, assert_problem) -> None:
    assert_problem(ask(team.checker, "POST", "memory/", upload(title=TITLE)), "bad-request")
    broken = SimpleUploadedFile("a.tmx", b"<tmx version='1.4'><body>")
    assert_problem(ask(team.checker, "POST", "memory/", broken), "file-refused")
