"""Reading with a key: what a licence names, for the uses it names, while it runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from patientinfo.api.schemas import Detail, PageList
from patientinfo.licensing import credentials
from patientinfo.licensing.access_keys import issue_channel_key, issue_key, revoke_key, rotate_key
from patientinfo.licensing.actions import (
    amend_licence,
    resume_licence,
    revoke_licence,
    suspend_licence,
)
from patientinfo.licensing.key_checks import KnownKeys
from tests.api.shelf import BODY_WORD, CAPTION_WORD, image, key_of, put, set_row
from tests.licences import make_licence, make_terms

KEY = key_of("knee")
OURS = {**image(), "id": "ours"}
OURS["rights"] = {**OURS["rights"], "sublicensable": True}
THEIRS = {**image(), "id": "theirs", "caption": f"A {CAPTION_WORD} drawing of theirs"}


def show(*images):
    section = {
        "id": "what-is-it",
        "heading": "What is it?",
        "blocks": [
            {"type": "paragraph", "id": "p-1", "text": f"The {BODY_WORD} relaxes."},
            *({"type": "image", "id": f"i-{i['id']}", "image": i["id"]} for i in images),
        ],
    }
    return {"sections": [section], "images": list(images)}


@pytest.fixture(autouse=True)
def usual_level(level):
    level("read")


@pytest.fixture
def leaflet():
    for locale in ("en", "nl", "de"):
        put("knee", locale, **show(OURS, THEIRS))
    put("hip")


@pytest.fixture
def keyed(get):
    """`keyed(path, **terms)`: GET with the first key of a licence of these terms."""

    def ask(path, headers=None, use=None, **terms):
        licence = make_licence(**terms)
        _key, text = issue_key(licence, "Website", by="a test")
        query = {"use": use} if use else {}
        answer = get(path, {"Authorization": f"Bearer {text}", **(headers or {})}, **query)
        answer.licence, answer.key = licence, text
        return answer

    return ask


def reread(get, answer, path=f"pages/{KEY}/nl/", **query):
    return get(path, {"Authorization": f"Bearer {answer.key}"}, **query)


def test_a_licence_reads_what_it_names(keyed, leaflet):
    answer = keyed(
        f"pages/{KEY}/nl/", leaflets=frozenset({str(KEY)}), locales=frozenset({"nl", "en"})
    )
    Detail.model_validate_json(answer.content)
    detail = answer.json()
    assert detail["rights"]["licence"] == answer.licence.number
    assert BODY_WORD in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]


def test_only_photos_that_may_be_passed_on_are_given(keyed, leaflet):
    answer = keyed(f"pages/{KEY}/nl/")
    detail = answer.json()
    assert [i["id"] for i in detail["document"]["images"]] == ["ours"]
    assert list(detail["media"]) == ["ours"]
    assert detail["withheld"] == [
        {
            "part": "photos",
            "reason": "photo_not_sublicensable",
            "permission_url": f"http://testserver/nl/partners/?leaflet={KEY}&locale=nl",
            "images": ["theirs"],
        }
    ]
    assert "theirs" not in str(detail["document"])


def test_a_licence_for_the_text_gets_no_photo(keyed, leaflet):
    answer = keyed(f"pages/{KEY}/nl/", parts=frozenset({"text"}))
    detail = answer.json()
    assert [(w["part"], w["reason"]) for w in detail["withheld"]] == [
        ("photos", "part_not_licensed")
    ]
    assert detail["media"] == {}
    assert CAPTION_WORD not in answer.content.decode()


def test_a_licence_for_photos_gets_no_text(keyed, leaflet):
    answer = keyed(f"pages/{KEY}/nl/", parts=frozenset({"photos"}))
    Detail.model_validate_json(answer.content)
    detail = answer.json()
    assert "document" not in detail
    assert [i["id"] for i in detail["images"]] == ["ours"]
    assert BODY_WORD not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "terms", "reason"),
    [
        (f"pages/{KEY}/de/", {"locales": frozenset({"nl"})}, "not_licensed"),
        (f"pages/{key_of('hip')}/en/", {"leaflets": frozenset({str(KEY)})}, "not_licensed"),
        (f"pages/{KEY}/nl/?use=print", {}, "use_not_licensed"),
        (f"pages/{KEY}/nl/?territory=BE", {"territory": frozenset({"NL"})}, "not_licensed"),
    ],
    ids=["language", "leaflet", "use", "territory"],
)
def test_what_is_not_named_is_refused_with_the_reason(
    keyed, assert_problem, leaflet, path, terms, reason
):
    answer = keyed(path, **terms)
    body = assert_problem(answer, "not-licensed", reason=reason, licence=answer.licence.number)
    assert body["permission_url"]
    assert BODY_WORD not in answer.content.decode()


def test_a_use_that_is_named_is_served(keyed, leaflet):
    assert keyed(f"pages/{KEY}/nl/", use="website").status_code == 200


@pytest.mark.parametrize("query", ["use=tattoo", "territory=nl", "territory=XX1", "use="])
def test_a_use_or_a_place_that_is_none(keyed, assert_problem, leaflet, query):
    assert_problem(keyed(f"pages/{KEY}/nl/?{query}"), "invalid-value")


def test_the_next_read_after_revoking_is_refused(keyed, get, assert_problem, leaflet):
    answer = keyed(f"pages/{KEY}/nl/")
    assert answer.status_code == 200
    revoke_licence(answer.licence, by="a test", reason="misused")
    body = assert_problem(reread(get, answer), "licence-not-in-force", reason="revoked")
    assert "misused" in body["detail"]
    assert body["permission_url"] == "http://testserver/partners/"
    assert "renew_url" not in body


def test_one_that_has_run_out_is_told_where_it_is_renewed(
    get, client, assert_problem, leaflet, settings
):
    today = timezone.localdate()
    licence = make_licence(starts=today - timedelta(days=9), ends=today - timedelta(days=1))
    with time_machine.travel(timezone.now() - timedelta(days=5)):
        _key, text = issue_key(licence, "Website", by="a test")
    path, headers = f"pages/{KEY}/nl/", {"Authorization": f"Bearer {text}"}
    body = assert_problem(get(path, headers), "licence-not-in-force", reason="expired")
    assert body["renew_url"] == f"http://testserver/partners/licences/{licence.number}/"
    answer = client.get(body["renew_url"], follow=True)
    assert (answer.status_code, "sign-in" in answer.redirect_chain[-1][0]) == (200, True)
    settings.PATIENTINFO = {**settings.PATIENTINFO, "PERMISSION_URL": "https://clinic.example/ask"}
    assert get(path, headers).json()["renew_url"] == "https://clinic.example/ask"


def test_a_suspended_licence_gives_nothing(keyed, get, assert_problem, leaflet):
    answer = keyed(f"pages/{KEY}/nl/")
    suspend_licence(answer.licence, by="a test", reason="unpaid")
    for path in ("pages/", "locales/", f"pages/{KEY}/nl/", f"pages/{KEY}/nl/editions/"):
        body = assert_problem(reread(get, answer, path), "licence-not-in-force", reason="suspended")
        assert {"renew_url", "permission_url"}.isdisjoint(body)


def test_a_licence_ends_with_its_last_day(keyed, get, assert_problem, leaflet):
    today = timezone.localdate()
    answer = keyed(f"pages/{KEY}/nl/", ends=today)
    with time_machine.travel(f"{today}T23:59:59+00:00", tick=False):
        assert reread(get, answer).status_code == 200
    with time_machine.travel(f"{today + timedelta(days=1)}T00:00:00+00:00", tick=False):
        assert_problem(reread(get, answer), "licence-not-in-force", reason="expired")


def test_a_licence_does_not_begin_early(keyed, assert_problem, leaflet):
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = keyed(f"pages/{KEY}/nl/", starts=tomorrow)
    assert_problem(answer, "licence-not-in-force", reason="not_begun")


def test_amended_terms_hold_from_the_next_read_on(keyed, get, leaflet):
    answer = keyed(f"pages/{KEY}/nl/")
    terms = make_terms(parts=frozenset({"text"}))
    amend_licence(answer.licence, terms, by="a test", reason="photos left out")
    assert reread(get, answer).json()["media"] == {}


def rotate_at_once(key, by):
    rotate_key(key, by=by, overlap=timedelta())


@pytest.mark.parametrize("end", [revoke_key, rotate_at_once])
def test_a_key_that_ended_is_unknown(get, assert_problem, leaflet, end):
    key, text = issue_key(make_licence(), "Website", by="a test")
    end(key, by="a test")
    answer = get(f"pages/{KEY}/nl/", {"Authorization": f"Bearer {text}"})
    assert_problem(answer, "unknown-access-key", reason="revoked")


@pytest.mark.parametrize("spoilt", ["", "abc", "{}x", "x{}", "{} {}"])
def test_a_spoilt_key_is_malformed(get, assert_problem, leaflet, spoilt):
    _key, text = issue_key(make_licence(), "Website", by="a test")
    answer = get(f"pages/{KEY}/nl/", {"Authorization": "Bearer " + spoilt.replace("{}", text)})
    assert_problem(answer, "unknown-access-key", reason="malformed")


def test_another_key_of_the_same_name_is_unknown(get, assert_problem, leaflet):
    from patientinfo.licensing.guard import Kind
    from patientinfo.licensing.keys import key_text

    key, _text = issue_key(make_licence(), "Website", by="a test")
    forged = key_text(Kind.LICENCE, key.name, "0" * 32)
    answer = get(f"pages/{KEY}/nl/", {"Authorization": f"Bearer {forged}"})
    assert_problem(answer, "unknown-access-key", reason="unknown")


def test_a_browser_key_is_for_its_pages(get, assert_problem, leaflet):
    origin = "https://www.harbour.example"
    _key, text = issue_key(make_licence(), "Page", by="a test", origins=[origin])
    bearer = {"Authorization": f"Bearer {text}"}
    answer = get(f"pages/{KEY}/nl/", {**bearer, "Origin": origin})
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == origin
    assert "Origin" in answer["Vary"]
    other = get(f"pages/{KEY}/nl/", {**bearer, "Origin": "https://evil.example"})
    assert_problem(other, "wrong-origin")
    assert_problem(get(f"pages/{KEY}/nl/", bearer), "wrong-origin")


def test_the_clinics_own_channel_has_everything(get, leaflet, level):
    level("catalogue")
    _key, text = issue_channel_key("Waiting room", by="a test")
    answer = get(f"pages/{KEY}/nl/", {"Authorization": f"Bearer {text}"})
    detail = answer.json()
    assert detail["withheld"] == []
    assert set(detail["media"]) == {"ours", "theirs"}
    assert detail["rights"]["licence"] is None


def test_an_older_edition_is_for_a_licence_that_pins_it(keyed, assert_problem, leaflet):
    put("knee", "nl", summary="Knieën.", **show(OURS))
    assert_problem(keyed(f"pages/{KEY}/nl/editions/1/"), "not-licensed")
    assert keyed(f"pages/{KEY}/nl/editions/2/").status_code == 200
    pinned = {(str(KEY), "nl"): 1}
    assert keyed(f"pages/{KEY}/nl/editions/1/", pinned=pinned).status_code == 200
    assert_problem(keyed(f"pages/{KEY}/nl/", pinned=pinned), "not-licensed")


def test_a_held_leaflet_is_an_entry_to_a_licensee_too(keyed, leaflet):
    set_row("knee", "nl", status="held")
    detail = keyed(f"pages/{KEY}/nl/").json()
    assert {w["reason"] for w in detail["withheld"]} == {"held"}
    assert "document" not in detail


def test_a_list_names_the_licence_where_it_covers(keyed, leaflet):
    answer = keyed("pages/", leaflets=frozenset({str(KEY)}), locales=frozenset({"nl"}))
    PageList.model_validate_json(answer.content)
    named = {
        (item["slug"], item["locale"]): item["rights"]["licence"] for item in answer.json()["items"]
    }
    assert {where for where, licence in named.items() if licence} == {("knee", "nl")}


def test_the_credit_line_is_the_licences(keyed, leaflet):
    credit = {"nl": "Met toestemming van Uplands"}
    assert keyed(f"pages/{KEY}/nl/", credit=credit).json()["rights"]["credit"] == credit["nl"]


def found(answer):
    return {(item["slug"], item["locale"]) for item in answer.json()["items"]}


def test_search_finds_words_only_where_they_may_be_read(keyed, get, leaflet):
    assert found(get(f"pages/?search={BODY_WORD}")) == set()
    dutch = {"locales": frozenset({"nl"}), "leaflets": frozenset({str(KEY)})}
    assert found(keyed(f"pages/?search={BODY_WORD}", **dutch)) == {("knee", "nl")}
    # Words of photos that the key may not have are not found either, nor those of all photos.
    assert found(keyed(f"pages/?search={CAPTION_WORD}", **dutch)) == set()
    assert found(keyed(f"pages/?search={CAPTION_WORD}", parts=frozenset({"text"}))) == set()
    assert found(keyed(f"pages/?search={BODY_WORD}&use=print", **dutch)) == set()
    assert found(keyed(f"pages/?search={BODY_WORD}", parts=frozenset({"photos"}))) == set()


def test_a_channel_key_searches_every_word(get, leaflet):
    _key, text = issue_channel_key("Website", by="a test")
    answer = get(f"pages/?search={CAPTION_WORD}", {"Authorization": f"Bearer {text}"})
    assert len(found(answer)) == 4


def test_no_two_readers_share_an_etag(keyed, get, leaflet, level):
    path = f"pages/{KEY}/nl/"
    level("full")
    etags = [get(path)["ETag"]]
    level("read")
    etags += [get(path)["ETag"], keyed(path)["ETag"], keyed(path)["ETag"]]
    etags += [keyed(path, parts=frozenset({"text"}))["ETag"]]
    assert len(set(etags)) == len(etags)


def test_an_etag_of_a_licence_does_not_outlive_it(keyed, get, assert_problem, leaflet):
    answer = keyed(f"pages/{KEY}/nl/")
    bearer = {"Authorization": f"Bearer {answer.key}"}
    again = get(f"pages/{KEY}/nl/", {**bearer, "If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    revoke_licence(answer.licence, by="a test", reason="over")
    again = get(f"pages/{KEY}/nl/", {**bearer, "If-None-Match": answer["ETag"]})
    assert_problem(again, "licence-not-in-force")


def test_a_key_costs_no_query_more(keyed, get, queries, leaflet, settings):
    settings.PATIENTINFO = {**settings.PATIENTINFO, "USAGE_FLUSH_SECONDS": 3600}
    answer = keyed(f"pages/{KEY}/nl/")
    with queries() as asked:
        assert reread(get, answer).status_code == 200
    assert len(asked) == 1
    with queries() as asked:
        assert reread(get, answer, "pages/").status_code == 200
    assert len(asked) <= 5


def test_a_key_of_a_missing_language_is_told_that(keyed, get, assert_problem, leaflet):
    answer = keyed(f"pages/{KEY}/nl/")
    assert_problem(reread(get, answer, f"pages/{KEY}/es/"), "no-such-language")


@pytest.mark.parametrize("covered", [True, False])
def test_what_is_open_to_all_names_the_licence_that_covers_it(keyed, level, leaflet, covered):
    level("full")
    answer = keyed(f"pages/{KEY}/nl/", locales=frozenset({"nl" if covered else "de"}))
    assert len(answer.json()["document"]["images"]) == 2
    assert answer.json()["rights"]["licence"] == (answer.licence.number if covered else None)


def test_a_key_that_is_no_longer_known_is_judged_anew(keyed, get, leaflet, monkeypatch):
    answers = [keyed(f"pages/{KEY}/nl/") for _number in range(3)]
    monkeypatch.setattr(credentials, "_KNOWN", KnownKeys(2))
    for answer in (*answers, *answers):
        assert reread(get, answer).json()["rights"]["licence"] == answer.licence.number


def test_a_key_moves_to_todays_secret(get, leaflet, settings):
    key, text = issue_key(make_licence(), "Website", by="a test")
    before = key.hash
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-one-" * 6
    assert get(f"pages/{KEY}/nl/", {"Authorization": f"Bearer {text}"}).status_code == 200
    key.refresh_from_db()
    assert key.hash != before
    settings.SECRET_KEY_FALLBACKS = []
    assert get(f"pages/{KEY}/nl/", {"Authorization": f"Bearer {text}"}).status_code == 200


def test_a_browser_key_does_not_tell_why_its_licence_ended(get, leaflet):
    """It stands in a page for everybody to take; the reason is between the parties."""
    licence = make_licence()
    origin = "https://partner.example"
    for origins in ([origin], []):
        _key, text = issue_key(licence, "Website", by="a test", origins=origins)
        headers = {"Authorization": f"Bearer {text}", "Origin": origin}
        assert get("pages/", headers).status_code == 200
        suspend_licence(licence, by="a test", reason="They did not pay")
        answer = get("pages/", headers)
        assert answer.status_code == 403
        assert (b"did not pay" in answer.content) is not bool(origins)
        resume_licence(licence, by="a test", reason="paid")
