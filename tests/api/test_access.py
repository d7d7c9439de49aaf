"""What is not permitted leaves by no address."""

import gzip

import pytest

from patientinfo.api import access, details, readers
from patientinfo.api.rows import row_of
from patientinfo.api.schemas import Detail, PageList
from patientinfo.editions.models import Status
from patientinfo.licensing.guard import Permitted, Reason
from tests.api.shelf import BODY_WORD, CAPTION_WORD, image, key_of, put, set_row

KEY = key_of("knee")
ADDRESSES = [
    "pages/",
    f"pages/?search={BODY_WORD}",
    f"pages/{KEY}/",
    f"pages/{KEY}/en/",
    f"pages/{KEY}/fr/?fallback=source",
    "pages/find/?html_path=/en/knee/",
    f"pages/{KEY}/en/editions/",
    f"pages/{KEY}/en/editions/1/",
    f"pages/{KEY}/en/editions/2/",
    "locales/",
]
DETAILS = [path for path in ADDRESSES if str(KEY) in path or "find" in path]
DETAILS.remove(f"pages/{KEY}/en/editions/")


@pytest.fixture
def two_editions():
    put("knee")
    put("knee", summary="Knees.")


@pytest.mark.parametrize("site_level", ["catalogue", "read"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_no_word_of_the_body_is_anywhere(get, level, two_editions, path, site_level):
    level(site_level)
    for headers in ({}, {"accept-encoding": "gzip"}):
        answer = get(path, headers=headers)
        zipped = answer.get("Content-Encoding") == "gzip"
        content = (gzip.decompress(answer.content) if zipped else answer.content).decode()
        assert BODY_WORD not in content
        assert CAPTION_WORD not in content
        assert image()["digest"] not in content


@pytest.mark.parametrize("path", DETAILS)
def test_what_is_withheld_is_said(get, level, two_editions, path):
    level("read")
    answer = get(path)
    Detail.model_validate_json(answer.content)
    detail = answer.json()
    assert detail["outline"] == [{"id": "what-is-it", "heading": "What is it?"}]
    assert "document" not in detail
    assert detail["media"] == {}
    assert detail["withheld"] == [
        {
            "part": part,
            "reason": "not_licensed",
            "permission_url": f"http://testserver/en/partners/?leaflet={KEY}&locale=en",
        }
        for part in ("text", "photos")
    ]


@pytest.mark.parametrize(
    ("site", "own", "whole"),
    [
        ("full", "", True),
        ("full", "read", False),
        ("full", "catalogue", False),
        ("read", "", False),
        ("read", "full", True),
        ("catalogue", "full", True),
        ("full", "everything", False),
    ],
)
def test_a_leaflets_own_level_wins(get, level, site, own, whole):
    level(site)
    put("knee", row={"level": own})
    for path in DETAILS[:-1]:
        assert ("document" in get(path).json()) is whole


def test_the_list_shows_restricted_leaflets_as_entries(get, level):
    put("knee")
    whole = get("pages/").content
    level("catalogue")
    assert get("pages/").content == whole
    PageList.model_validate_json(whole)


def test_a_held_leaflet_is_an_entry_that_says_so(get):
    put("knee")
    set_row("knee", "en", status="held")
    detail = get(f"pages/{KEY}/en/").json()
    assert {w["reason"] for w in detail["withheld"]} == {"held"}
    assert "document" not in detail


def test_a_change_of_level_holds_at_once(get, level):
    put("knee")
    assert "document" in get(f"pages/{KEY}/en/").json()
    set_row("knee", "en", level="read")
    assert "document" not in get(f"pages/{KEY}/en/").json()
    set_row("knee", "en", level="")
    assert "document" in get(f"pages/{KEY}/en/").json()
    level("catalogue")
    assert "document" not in get(f"pages/{KEY}/en/").json()


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_key_that_nobody_issued_is_refused(get, assert_problem, two_editions, path):
    answer = get(path, headers={"authorization": "Bearer abc"})
    assert_problem(answer, "unknown-access-key")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_another_kind_of_authorization_is_not_ours(get, two_editions):
    answer = get(f"pages/{KEY}/en/", headers={"authorization": "Basic YTpi"})
    assert answer.status_code == 200
    assert "Authorization" in answer["Vary"]


@pytest.mark.parametrize("status", Status.values)
def test_at_its_number_only_held_and_recalled_are_refused(status):
    entry = put("knee")
    row = row_of(entry.key, "en")
    decision = access.decide_numbered(readers.PUBLIC, row._replace(level="full"), 1, status)
    assert isinstance(decision, Permitted) is (status not in {"held", "recalled", "redacted"})
    decision = access.decide_numbered(readers.PUBLIC, row._replace(level="read"), 1, status)
    assert not isinstance(decision, Permitted)


def test_parts_can_be_withheld_apart():
    entry = put("knee")
    row = row_of(entry.key, entry.locale)
    withheld = (("photos", Reason.PART_NOT_LICENSED),)
    subject = details.subject_of(row, Permitted(frozenset({"text"}), withheld))
    content = details.made_detail(subject, details.EVERYBODY, "etag").content
    detail = Detail.model_validate_json(content)
    assert [w.part for w in detail.withheld] == ["photos"]
    assert detail.withheld[0].reason == "part_not_licensed"
    assert BODY_WORD in content.decode()
    assert CAPTION_WORD not in content.decode()
    assert detail.document["images"] == []
    assert [b["type"] for b in detail.document["sections"][0]["blocks"]] == ["paragraph"]
