"""Languages, and the Document's schema."""

from jsonschema import Draft202012Validator

from patientinfo.api.schemas import LocaleList
from tests.api.shelf import document, put, withdraw


def test_languages_name_themselves(get):
    answer = get("locales/")
    LocaleList.model_validate_json(answer.content)
    items = {item["locale"]: item for item in answer.json()["items"]}
    assert list(items) == ["en", "nl", "de", "es", "ar"]
    assert (items["ar"]["name"], items["ar"]["direction"]) == ("العربية", "rtl")
    assert (items["es"]["name"], items["es"]["direction"]) == ("español", "ltr")


def test_leaflets_are_counted_and_withdrawn_ones_are_not(get):
    for name in ("knee", "back"):
        put(name, "en")
    put("knee", "nl")
    put("knee", "de")
    withdraw("knee", "de")
    counts = {item["locale"]: item["count"] for item in get("locales/").json()["items"]}
    assert counts == {"en": 2, "nl": 1, "de": 0, "es": 0, "ar": 0}


def test_a_language_that_the_site_no_longer_has_is_still_listed(get):
    put("knee", "fy")
    put("back", "qx-clinic")
    items = get("locales/").json()["items"]
    assert [item["locale"] for item in items][5:] == ["fy", "qx-clinic"]
    assert items[5]["name"] == "Frysk"
    assert items[6] == {"locale": "qx-clinic", "name": "qx-clinic", "direction": "ltr", "count": 1}


def test_one_query(get, queries):
    put("knee")
    with queries() as asked:
        get("locales/")
    assert len(asked) == 1


def test_documents_are_valid_under_the_published_schema(get):
    answer = get("schemas/document.json")
    assert answer["Content-Type"] == "application/schema+json"
    schema = answer.json()
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(document("knee", "nl", 1))
    assert not Draft202012Validator(schema).is_valid({})
