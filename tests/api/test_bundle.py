"""A partner fetches everything that its licence covers, as one ZIP."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from patientinfo.licensing.access_keys import issue_channel_key, issue_key
from patientinfo.licensing.actions import revoke_licence
from tests.api.shelf import key_of, put
from tests.licences import make_licence


@pytest.fixture(autouse=True)
def shelf(level):
    level("read")
    for locale in ("en", "nl"):
        put("knee", locale, title="Knee")
    put("hip", title="Hip")


@pytest.fixture
def licence(db):
    return make_licence(leaflets=frozenset({str(key_of("knee"))}), uses={"website": {}})


@pytest.fixture
def fetch(client, licence):
    """`fetch("channel=text")` with a key of the licence."""
    _key, text = issue_key(licence, "Server", by="a test")

    def ask(query="", key=text):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return client.get(f"/api/v1/bundle/?{query}", headers=headers)

    return ask


def opened(answer):
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_key_of_a_licence_gets_what_it_covers(fetch, licence):
    answer = fetch("channel=text&channel=markdown")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="{licence.number}.zip"'
    assert answer["Vary"] == "Authorization"
    files = [name for name in opened(answer).namelist() if name.startswith("files/")]
    assert [name.rpartition("/")[2].partition(".")[2] for name in files] == [
        "en.md",
        "en.txt",
        "nl.md",
        "nl.txt",
    ]


def test_a_selection_is_of_what_it_covers(fetch):
    archive = opened(fetch("channel=text&locale=en&leaflet=hip"))
    assert not [name for name in archive.namelist() if name.startswith("files/")]
    left = json.loads(opened(fetch("channel=text&leaflet=hip")).read("manifest.json"))["left_out"]
    assert [(row["title"], row["reason"]) for row in left] == [("Hip", "not_licensed")]


def test_a_channel_key_of_the_clinic_gets_everything(fetch):
    _key, text = issue_channel_key("Website", by="a test")
    names = opened(fetch("channel=text", key=text)).namelist()
    assert len([name for name in names if name.startswith("files/")]) == 3


def test_nobody_else_gets_one(fetch, licence, assert_problem):
    assert_problem(fetch(key=""), "unknown-access-key", reason="missing")
    revoke_licence(licence, reason="Not paid.", by="a test")
    assert_problem(fetch(), "licence-not-in-force")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("channel=fax", "no-such-channel"),
        ("locale=xx", "invalid-value"),
        ("leaflet=unheard-of", "no-such-leaflet"),
        ("colour=red", "unknown-parameter"),
    ],
)
def test_what_cannot_be_is_a_problem_and_no_half_zip(fetch, assert_problem, query, code):
    assert_problem(fetch(query), code)


def test_head_makes_nothing(client, licence):
    _key, text = issue_key(licence, "Server", by="a test")
    answer = client.head("/api/v1/bundle/", headers={"Authorization": f"Bearer {text}"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"")
