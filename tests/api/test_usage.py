"""Reading with a key is counted, for whoever holds the licence and for nobody else."""

from __future__ import annotations

import io
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from patientinfo.editions.image_files import file_name
from patientinfo.licensing.access_keys import issue_channel_key, issue_key
from patientinfo.licensing.actions import revoke_licence
from patientinfo.licensing.models import UsageCount
from patientinfo.licensing.picture_rights import stamped
from tests.api.shelf import image, key_of, put, set_row
from tests.licences import make_licence, make_licensee

KEY = key_of("knee")
DETAIL = f"pages/{KEY}/nl/"


def a_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(out, format="PNG")
    return out.getvalue()


PICTURE = a_png()


@pytest.fixture(autouse=True)
def usual_level(level):
    level("read")


@pytest.fixture
def leaflet():
    put("knee", "en")
    put("knee", "nl")


@pytest.fixture
def licence():
    return make_licence(uses={"website": {}, "print": {"copies": 100}})


@pytest.fixture
def key(licence):
    return issue_key(licence, "Website", by="a test")


@pytest.fixture
def ask(get, key):
    """GET with the licence's key."""

    def ask(path, headers=None, **query):
        return get(path, {"Authorization": f"Bearer {key[1]}", **(headers or {})}, **query)

    return ask


def counts():
    names = ("channel", "locale", "edition", "count")
    return sorted(UsageCount.objects.values_list(*names))


def test_what_is_read_is_counted_and_so_is_unchanged(ask, leaflet, licence):
    answer = ask(DETAIL)
    again = ask(DETAIL, {"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    ask(f"pages/{KEY}/en/")
    assert counts() == [("json", "en", 1, 1), ("json", "nl", 1, 2)]
    row = UsageCount.objects.get(locale="nl")
    assert (row.licence, row.key, row.day) == (licence, KEY, timezone.now().date())


def test_an_edition_by_its_number_is_counted_as_that(ask, leaflet):
    put("knee", "nl", summary="Knieën.")
    assert ask(f"{DETAIL}editions/2/").status_code == 200
    assert counts() == [("json", "nl", 2, 1)]


def test_a_rendition_is_counted_under_its_channel(ask, leaflet):
    assert ask(f"{DETAIL}renditions/text/").status_code == 200
    assert ask(DETAIL, {"Accept": "text/markdown"}).status_code == 200
    assert counts() == [("markdown", "nl", 1, 1), ("text", "nl", 1, 1)]


def test_the_language_that_is_given_is_counted(ask, leaflet):
    assert ask(f"pages/{KEY}/fr/?fallback=source").status_code == 200
    assert counts() == [("json", "en", 1, 1)]


def test_what_gives_no_word_is_not_counted(ask, get, leaflet):
    put("knee", "de")
    set_row("knee", "de", status="held")
    for path in ("pages/", "locales/", f"{DETAIL}editions/", f"pages/{KEY}/de/", f"pages/{KEY}/x/"):
        ask(path)
    ask(f"{DETAIL}?use=social")
    get(DETAIL)
    assert counts() == []


def test_a_browsers_key_is_counted_too(get, licence, leaflet):
    origin = "https://www.harbour.example"
    _key, text = issue_key(licence, "Page", by="a test", origins=[origin])
    get(DETAIL, {"Authorization": f"Bearer {text}", "Origin": origin})
    assert counts() == [("json", "nl", 1, 1)]


def test_the_clinics_own_channel_is_not_counted(get, leaflet):
    key, text = issue_channel_key("Waiting room", by="a test")
    assert get(DETAIL, {"Authorization": f"Bearer {text}"}).status_code == 200
    assert counts() == []
    key.refresh_from_db()
    assert key.last_used_on == timezone.now().date()


def test_the_day_of_its_last_use_is_noted_once(ask, key, leaflet, queries):
    ask("pages/")
    key[0].refresh_from_db()
    assert key[0].last_used_on == timezone.now().date()
    with queries() as asked:
        ask("pages/")
    assert not any("UPDATE" in query["sql"] for query in asked)


# What a partner sees of it


def test_a_partner_sees_its_own_counts(ask, get, licence, leaflet):
    other = make_licence(make_licensee(name="Other"))
    _key, text = issue_key(other, "Website", by="a test")
    get(DETAIL, {"Authorization": f"Bearer {text}"})
    ask(DETAIL)
    ask(DETAIL)
    answer = ask("usage/")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer.json() == {
        "licence": licence.number,
        "count": 1,
        "items": [
            {
                "day": timezone.now().date().isoformat(),
                "key": str(KEY),
                "locale": "nl",
                "edition": 1,
                "channel": "json",
                "reads": 2,
            }
        ],
    }


def test_counts_since_a_day(ask, leaflet):
    ask(DETAIL)
    today = timezone.now().date()
    assert ask("usage/", since=today).json()["count"] == 1
    assert ask("usage/", since=today + timedelta(days=1)).json()["count"] == 0
    assert ask("usage/", offset=1).json()["items"] == []


@pytest.mark.parametrize("since", ["yesterday", "2026-02-30", "", "20260101T00"])
def test_a_day_that_is_none(ask, assert_problem, since):
    assert_problem(ask("usage/", since=since), "invalid-value", parameter="since")


def test_without_a_key_there_are_no_counts(get, assert_problem):
    answer = get("usage/")
    assert_problem(answer, "access-key-required")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_counts_are_not_for_pages_or_channels(get, licence, assert_problem):
    origin = "https://www.harbour.example"
    _key, browser = issue_key(licence, "Page", by="a test", origins=[origin])
    _key, channel = issue_channel_key("Waiting room", by="a test")
    for text in (browser, channel):
        answer = get("usage/", {"Authorization": f"Bearer {text}", "Origin": origin})
        assert_problem(answer, "forbidden")


def test_an_ended_licence_sees_why(ask, licence, assert_problem):
    revoke_licence(licence, by="a test", reason="over")
    assert_problem(ask("usage/"), "licence-not-in-force", reason="revoked")


def test_a_picture_is_counted_for_the_licence_of_its_address(ask, client, leaflet):
    ours = {**image(), "rights": {**image()["rights"], "sublicensable": True}}
    put("hip", "nl", images=[ours])
    address = ask(f"pages/{key_of('hip')}/nl/").json()["media"][ours["id"]]["400"]
    default_storage.save(file_name(ours, 400), ContentFile(PICTURE))
    first = client.get(urlsplit(address).path)
    assert (first.status_code, first.content) == (200, stamped(PICTURE, ours))
    again = client.get(urlsplit(address).path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{urlsplit(address).path}x").status_code == 404
    assert counts() == [("json", "nl", 1, 1), ("picture", "nl", 1, 2)]
