"""A leaflet as it stands today: the whole Document in the right language, or what there is."""

import hashlib
import json

import pytest

from patientinfo.api.schemas import Detail
from patientinfo.editions.models import Edition
from patientinfo.formats.canonical import canonical_bytes
from patientinfo.formats.document_schema import schema_problems
from tests.api.shelf import image, key_of, put, set_row, withdraw

KEY = key_of("knee")


def test_the_whole_document_is_given(get):
    put("knee", "en")
    put("knee", "ar")
    answer = get(f"pages/{KEY}/ar/")
    Detail.model_validate_json(answer.content)
    detail = answer.json()
    assert schema_problems(detail["document"]) == []
    assert (detail["locale"], detail["direction"], detail["withheld"]) == ("ar", "rtl", [])
    assert "outline" not in detail
    assert "fallback" not in detail
    assert answer["Content-Language"] == "ar"


def test_the_digest_is_that_of_the_document_as_served(get):
    put("knee", body="Übung &amp; 🦵 <br> punción\u2028")
    detail = get(f"pages/{KEY}/en/").json()
    digest = hashlib.sha256(canonical_bytes(detail["document"])).hexdigest()
    assert detail["meta"]["digest"] == f"sha256:{digest}"


def test_the_stored_bytes_stand_in_the_answer(get):
    entry = put("knee", body="Übung &amp; 🦵")
    content = get(f"pages/{KEY}/en/").content
    assert b'"document":' + entry.edition.document.encode() + b"," in content


def test_media_are_absolute_addresses_by_width(get):
    put("knee")
    media = get(f"pages/{KEY}/en/").json()["media"]
    assert list(media) == [image()["id"]]
    assert list(media[image()["id"]]) == ["400", "800", "900"]
    for url in media[image()["id"]].values():
        assert url.startswith(f"http://testserver/images/public.{KEY}.en.1.")


def test_how_a_translation_stands_is_said(get):
    put("knee", "en")
    put("knee", "nl")
    set_row("knee", "nl", status="behind", behind=["what-is-it"], source_current_edition=3)
    meta = get(f"pages/{KEY}/nl/").json()["meta"]
    assert meta["status"] == "behind"
    assert meta["source"] == {
        "locale": "en",
        "edition": 1,
        "current_edition": 3,
        "behind": ["what-is-it"],
    }


def test_permission_is_asked_where_the_site_says(get, settings):
    put("knee")
    settings.PATIENTINFO = {**settings.PATIENTINFO, "PERMISSION_URL": "https://ask.example/"}
    assert get(f"pages/{KEY}/en/").json()["rights"]["permission_url"] == "https://ask.example/"


def test_find_by_path(get):
    put("knee", "nl")
    direct = get(f"pages/{KEY}/nl/")
    for path in ("/nl/knee/", "/nl/knee"):
        found = get("pages/find/", html_path=path)
        assert found.content == direct.content
        assert found["Content-Location"] == f"/api/v1/pages/{KEY}/nl/"


def test_a_path_that_a_withdrawn_leaflet_left_is_the_new_ones(get):
    put("knee")
    withdraw("knee", "en")
    put("knees", row={"html_path": "/en/knee/", "updated_at": "2026-01-01T00:00:00Z"})
    assert get("pages/find/", html_path="/en/knee/").json()["slug"] == "knees"


@pytest.mark.parametrize("path", ["/nl/nothing/", "", "\x00", "https://elsewhere.example/nl/knee/"])
def test_nothing_at_a_path(get, assert_problem, path):
    put("knee", "nl")
    assert_problem(get("pages/find/", html_path=path), "no-such-leaflet")


def test_find_needs_a_path(get, assert_problem):
    assert_problem(get("pages/find/"), "invalid-value", parameter="html_path")


@pytest.mark.parametrize(
    ("wished", "served"),
    [
        (None, "en"),
        ("", "en"),
        ("nl", "nl"),
        ("NL-be", "nl"),
        ("fr, de;q=0.5, nl;q=0.9", "nl"),
        ("fr, *;q=0.1", "en"),
        ("*", "en"),
        ("ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        ("not a header at all;;", "en"),
    ],
)
def test_the_language_is_negotiated(get, wished, served):
    for locale in ("ar", "en", "nl"):
        put("knee", locale)
    answer = get(f"pages/{KEY}/", headers={"accept-language": wished} if wished is not None else {})
    assert (answer.json()["locale"], answer["Content-Language"]) == (served, served)
    assert answer["Content-Location"] == f"/api/v1/pages/{KEY}/{served}/"
    assert "Accept-Language" in answer["Vary"]


def test_no_acceptable_language_names_those_there_are(get, assert_problem):
    put("knee", "en")
    put("knee", "nl")
    put("knee", "de")
    withdraw("knee", "de")
    answer = get(f"pages/{KEY}/", headers={"accept-language": "fr, de"})
    assert_problem(answer, "no-such-language", locales=["en", "nl"])
    assert answer["Vary"] == "Accept-Language"


def test_a_language_that_is_not_there(get, assert_problem):
    put("knee", "nl")
    put("knee", "en")
    for locale in ("fr", "NL", "x" * 500, "n\x00"):
        answer = get(f"pages/{KEY}/{locale}/")
        assert_problem(answer, "no-such-language", locales=["en", "nl"])


def test_a_leaflet_that_is_not_there(get, assert_problem):
    for path in ("", "nl/", "nl/?fallback=source", "nl/editions/", "nl/editions/1/"):
        assert_problem(get(f"pages/{KEY}/{path}"), "no-such-leaflet")


def test_the_source_stands_in_when_asked_to(get, assert_problem):
    put("knee", "en")
    put("knee", "nl")
    put("knee", "de")
    withdraw("knee", "de")
    for missing in ("fr", "de"):
        answer = get(f"pages/{KEY}/{missing}/", fallback="source")
        assert answer.json()["locale"] == "en"
        assert answer.json()["fallback"] == {"requested": missing, "served": "en"}
        assert answer["Content-Language"] == "en"
        assert answer["Content-Location"] == f"/api/v1/pages/{KEY}/en/"
        Detail.model_validate_json(answer.content)
    there = get(f"pages/{KEY}/nl/", fallback="source")
    assert there.content == get(f"pages/{KEY}/nl/").content
    assert_problem(
        get(f"pages/{KEY}/fr/", fallback="english"),
        "invalid-value",
        parameter="fallback",
        allowed=["source"],
    )


def test_a_fallback_needs_a_source_that_is_there(get, assert_problem):
    put("knee", "en")
    put("knee", "nl")
    withdraw("knee", "en")
    answer = get(f"pages/{KEY}/fr/", fallback="source")
    assert_problem(answer, "no-such-language", locales=["nl"])


def test_a_withdrawn_leaflet_is_gone_and_says_what_is_left(get, assert_problem):
    put("knee", "en")
    put("knee", "nl")
    put("knee", "de")
    withdraw("knee", "nl")
    for path in (f"pages/{KEY}/nl/", "pages/find/?html_path=/nl/knee/"):
        assert_problem(
            get(path),
            "withdrawn",
            edition=1,
            withdrawn_at="2026-05-01T09:00:00Z",
            editions_url=f"http://testserver/api/v1/pages/{KEY}/nl/editions/",
            locales=["de", "en"],
        )
    set_row("knee", "de", status="recalled")
    assert_problem(get(f"pages/{KEY}/de/"), "recalled", locales=["en"], withdrawn_at=None)
    withdraw("knee", "en")
    assert_problem(get(f"pages/{KEY}/"), "withdrawn", locales=[])


def test_a_detail_is_two_queries_and_then_one(get, queries):
    for locale in ("en", "nl", "ar"):
        put("knee", locale)
    paths = [
        f"pages/{KEY}/nl/",
        f"pages/{KEY}/",
        "pages/find/?html_path=/ar/knee/",
        f"pages/{KEY}/fr/?fallback=source",
    ]
    for path in paths:
        with queries() as first:
            assert get(path).status_code == 200
        with queries() as second:
            assert get(path).status_code == 200
        assert (len(first), len(second)) == (2, 1), path


def test_a_missing_or_withdrawn_detail_is_two_queries(get, queries):
    put("knee", "en")
    put("knee", "nl")
    withdraw("knee", "nl")
    for path in (f"pages/{KEY}/fr/", f"pages/{KEY}/nl/"):
        with queries() as asked:
            get(path)
        assert len(asked) == 2


def test_a_new_edition_shows_at_once_though_answers_are_kept(get):
    put("knee", body="First words.")
    assert "First words." in get(f"pages/{KEY}/en/").content.decode()
    put("knee", body="Second words.")
    content = get(f"pages/{KEY}/en/").content.decode()
    assert "Second words." in content
    assert "First words." not in content
    assert json.loads(content)["meta"]["edition"] == 2
    assert Edition.objects.count() == 2
