"""The list: which leaflets, in which order, and at what cost."""

import pytest

from patientinfo.api.schemas import PageList
from tests.api.shelf import BODY_WORD, PAIN, SNOMED, key_of, put, set_row, withdraw


def slugs(answer):
    return [item["slug"] for item in answer.json()["items"]]


def test_an_empty_shelf_is_an_empty_list(get):
    assert get("pages/").json() == {"count": 0, "items": []}


def test_an_entry_has_the_declared_shape(get):
    put("dry-needling", "en")
    put("dry-needling", "nl")
    answer = get("pages/", locale="nl")
    PageList.model_validate_json(answer.content)
    (item,) = answer.json()["items"]
    assert item["meta"]["source"] == {
        "locale": "en",
        "edition": 1,
        "current_edition": 1,
        "behind": [],
    }
    assert item["meta"]["detail_url"] == f"http://testserver/api/v1/pages/{item['key']}/nl/"
    assert item["meta"]["html_url"] == "http://testserver/nl/dry-needling/"
    assert [other["locale"] for other in item["meta"]["translations"]] == ["en"]
    ask = f"http://testserver/nl/partners/?leaflet={item['key']}&locale=nl"
    assert item["rights"]["permission_url"] == ask
    assert "document" not in item


def test_a_source_has_no_source(get):
    put("dry-needling", "en")
    assert get("pages/").json()["items"][0]["meta"]["source"] is None


def test_without_a_locale_every_language_is_listed(get):
    for locale in ("en", "nl", "ar"):
        put("dry-needling", locale)
    answer = get("pages/").json()
    assert (answer["count"], {item["locale"] for item in answer["items"]}) == (
        3,
        {"en", "nl", "ar"},
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"locale": "nl"}, ["knee"]),
        ({"type": "leaflet", "locale": "en"}, ["back", "knee"]),
        ({"topic": PAIN["id"]}, ["knee", "knee"]),
        ({"topic": "Pain", "locale": "en"}, ["knee"]),
        ({"topic": "Pai"}, []),
        ({"topic": "Pain\x00"}, []),
        ({"code": "99"}, ["back"]),
        ({"code": f"{SNOMED}|99"}, ["back"]),
        ({"code": "http://elsewhere|99"}, []),
        ({"audience": "carers"}, ["back"]),
        ({"audience": "patients", "locale": "en"}, ["knee"]),
        ({"audience": "children"}, []),
        ({"translation_of": str(key_of("knee"))}, ["knee"]),
        ({"translation_of": str(key_of("nothing"))}, []),
        ({"updated_since": "2026-03-02T10:00:00Z"}, ["back"]),
        ({"updated_since": "2026-03-02T10:00:00+00:00"}, ["back"]),
        ({"updated_since": "2026-03-02T12:00:00+01:00"}, []),
        ({"updated_since": "2026-03-02", "locale": "en"}, ["back", "knee"]),
        ({"updated_since": "2026-03-03"}, []),
    ],
)
def test_filters(get, query, found):
    put("knee", "en")
    put("knee", "nl")
    put(
        "back",
        "en",
        topics=[],
        audience=["carers"],
        codes=[{"system": SNOMED, "code": "99", "display": ""}],
    )
    set_row("back", "en")
    answer = get("pages/", **query)
    assert slugs(answer) == found
    assert answer.json()["count"] == len(found)


def test_a_plus_that_became_a_space_is_still_an_offset(client):
    put("knee", "en")
    answer = client.get("/api/v1/pages/?updated_since=2026-03-02T10:00:00+02:00")
    assert answer.json()["count"] == 1


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (None, ["ankle", "back", "knee"]),
        ("title", ["ankle", "back", "knee"]),
        ("-title", ["knee", "back", "ankle"]),
        ("issued_at", ["ankle", "knee", "back"]),
        ("-issued_at", ["back", "knee", "ankle"]),
        ("updated_at", ["knee", "back", "ankle"]),
        ("-updated_at", ["ankle", "back", "knee"]),
    ],
)
def test_order(get, order, found):
    put("ankle", issued_at="2026-01-01T00:00:00Z")
    put("knee", issued_at="2026-01-02T00:00:00Z")
    put("back", issued_at="2026-01-03T00:00:00Z")
    set_row("back", "en")
    set_row("ankle", "en", updated_at="2026-02-01T00:00:00Z")
    assert slugs(get("pages/", **({"order": order} if order else {}))) == found


def test_pages_of_a_list_meet_and_do_not_overlap(get):
    for number in range(7):
        put(f"leaflet-{number}", title="The same title")
    seen = []
    for offset in (0, 3, 6, 9):
        answer = get("pages/", limit=3, offset=offset)
        assert answer.json()["count"] == 7
        seen += slugs(answer)
    assert sorted(seen) == [f"leaflet-{number}" for number in range(7)]


def test_withdrawn_and_recalled_leaflets_are_not_listed(get):
    for name in ("kept", "withdrawn", "recalled", "held"):
        put(name)
    put("withdrawn", "nl")
    withdraw("withdrawn", "en")
    set_row("recalled", "en", status="recalled")
    set_row("held", "en", status="held")
    answer = get("pages/")
    assert slugs(answer) == ["held", "kept", "withdrawn"]
    (dutch,) = get("pages/", locale="nl").json()["items"]
    assert dutch["meta"]["translations"] == []


@pytest.mark.parametrize(
    ("query", "code", "members"),
    [
        ({"lang": "nl"}, "unknown-parameter", {"parameter": "lang"}),
        (
            {"locale": "fr"},
            "invalid-value",
            {"parameter": "locale", "locales": ["en", "nl", "de", "es", "ar"]},
        ),
        ({"type": "page"}, "invalid-value", {"parameter": "type", "allowed": ["leaflet"]}),
        ({"audience": "dogs"}, "invalid-value", {"parameter": "audience"}),
        ({"order": "slug"}, "invalid-value", {"parameter": "order"}),
        ({"limit": "101"}, "invalid-value", {"parameter": "limit"}),
        ({"limit": "0"}, "invalid-value", {"parameter": "limit"}),
        ({"limit": "many"}, "invalid-value", {"parameter": "limit"}),
        ({"offset": "-1"}, "invalid-value", {"parameter": "offset"}),
        ({"offset": "9" * 30}, "invalid-value", {"parameter": "offset"}),
        ({"translation_of": "1"}, "invalid-value", {"parameter": "translation_of"}),
        ({"updated_since": "yesterday"}, "invalid-value", {"parameter": "updated_since"}),
        ({"search": "a" * 201}, "invalid-value", {"parameter": "search"}),
        ({"locale": ["nl", "de"]}, "invalid-value", {"parameter": "locale"}),
    ],
)
def test_what_is_wrong_with_a_query_is_named(get, assert_problem, query, code, members):
    assert_problem(get("pages/", **query), code, **members)


def test_what_would_be_allowed_is_named(get, assert_problem):
    body = assert_problem(get("pages/", order="slug"), "invalid-value")
    assert body["allowed"] == [
        "title",
        "-title",
        "issued_at",
        "-issued_at",
        "updated_at",
        "-updated_at",
    ]
    assert "limit" in assert_problem(get("pages/", x=1), "unknown-parameter")["allowed"]


@pytest.mark.parametrize("query", [{}, {"search": BODY_WORD}, {"topic": "Pain", "offset": 1}])
def test_queries_do_not_grow_with_the_list(get, queries, query):
    put("leaflet-0")
    put("leaflet-1")
    with queries() as one:
        get("pages/", limit=1, **query)
    for number in range(2, 60):
        put(f"leaflet-{number}")
    with queries() as sixty:
        assert len(get("pages/", limit=100, **query).json()["items"]) >= 59
    assert len(one) <= 4
    assert len(sixty) <= 4
    with queries() as again:
        get("pages/", limit=100, **query)
    assert len(again) <= 2


def test_a_change_shows_at_once_though_entries_are_kept(get):
    put("knee", "en")
    put("knee", "nl")
    assert get("pages/", locale="nl").json()["items"][0]["meta"]["status"] == "current"
    set_row("knee", "nl", status="behind", behind=["what-is-it"])
    meta = get("pages/", locale="nl").json()["items"][0]["meta"]
    assert (meta["status"], meta["source"]["behind"]) == ("behind", ["what-is-it"])
    put("knee", "nl", title="Knie")
    assert get("pages/", locale="nl").json()["items"][0]["title"] == "Knie"
