"""What HTTP asks of every answer: validators, 304, compression, HEAD, who may fetch and keep it."""

import gzip

import pytest

from patientinfo.api.answers import takes_gzip
from tests.api.shelf import key_of, put, set_row, withdraw

KEY = key_of("knee")
ADDRESSES = [
    "pages/",
    "pages/?locale=en&limit=1",
    f"pages/{KEY}/",
    f"pages/{KEY}/en/",
    "pages/find/?html_path=/en/knee/",
    f"pages/{KEY}/en/editions/",
    f"pages/{KEY}/en/editions/1/",
    "locales/",
    "schemas/document.json",
    "openapi.json",
    "docs",
]


@pytest.fixture(autouse=True)
def a_leaflet():
    put("knee", body="Words of some length. " * 100)


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_a_client_has_is_not_sent_again(get, path):
    whole = get(path)
    etag = whole["ETag"]
    assert etag.startswith('"')
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert not again.has_header("Content-Type")
        for name in ("ETag", "Cache-Control", "Vary"):
            assert again[name] == whole[name]
    assert get(path, headers={"if-none-match": '"other"'}).status_code == 200
    assert get(path)["ETag"] == etag


@pytest.mark.parametrize("path", ADDRESSES)
def test_everybody_may_fetch_and_keep_it_for_a_minute(get, path):
    answer = get(path)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert answer["Cache-Control"] == "public, max-age=60, must-revalidate"
    assert {"Accept-Encoding", "Authorization"} <= set(answer["Vary"].split(", "))
    assert "Cookie" not in answer["Vary"]
    assert not answer.cookies


def test_only_the_negotiated_address_varies_by_language(get):
    assert "Accept-Language" in get(f"pages/{KEY}/")["Vary"]
    assert "Accept-Language" not in get(f"pages/{KEY}/en/")["Vary"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_head_is_get_without_the_body(client, path):
    got = client.get(f"/api/v1/{path}")
    head = client.head(f"/api/v1/{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(got.content))
    assert head["ETag"] == got["ETag"]
    assert client.head("/api/v1/nowhere/").status_code == 404
    known = client.head(f"/api/v1/{path}", headers={"if-none-match": got["ETag"]})
    assert known.status_code == 304


@pytest.mark.parametrize("path", ADDRESSES)
def test_compressed_is_the_same_under_another_etag(get, path):
    plain = get(path)
    for _ in range(2):
        small = get(path, headers={"accept-encoding": "br, gzip"})
        if len(plain.content) < 1400:
            assert not small.has_header("Content-Encoding")
            continue
        assert small["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.content) == plain.content
        assert len(small.content) < len(plain.content)
        assert small["ETag"] != plain["ETag"]
        known = {"accept-encoding": "gzip", "if-none-match": small["ETag"]}
        unchanged = get(path, headers=known)
        assert (unchanged.status_code, unchanged["ETag"]) == (304, small["ETag"])


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000, br", False),
        ("gzip; q=0.001", True),
        ("br", False),
        ("identity", False),
        ("xgzip", False),
        ("", False),
    ],
)
def test_who_takes_gzip(header, takes):
    assert takes_gzip(header) is takes


def test_whatever_changes_an_answer_changes_its_etag(get, level):
    """The edition, how it stands, where it lies, what may be had, which language stands in."""
    path = f"pages/{KEY}/en/"
    seen = {get(path)["ETag"]}
    changes = [
        lambda: set_row("knee", "en", status="behind"),
        lambda: set_row("knee", "en", html_path="/en/knees/"),
        lambda: set_row("knee", "en", level="read"),
        lambda: set_row("knee", "en", level=""),
        lambda: level("catalogue"),
        lambda: level("full"),
        lambda: put("knee", "nl"),
        lambda: put("knee", body="New."),
        lambda: withdraw("knee", "nl"),
    ]
    answers = {get(path).content}
    for change in changes:
        change()
        answer = get(path)
        assert (answer["ETag"] in seen) is (answer.content in answers)
        seen.add(answer["ETag"])
        answers.add(answer.content)
    assert get(f"pages/{KEY}/fr/", fallback="source")["ETag"] not in seen


def test_readers_of_different_parts_share_no_etag(get, level):
    path = f"pages/{KEY}/en/"
    whole = get(path)["ETag"]
    level("read")
    refused = get(path, headers={"if-none-match": whole})
    assert refused.status_code == 200
    assert "document" not in refused.json()


def test_304_does_not_read_the_document(get, queries):
    etag = get(f"pages/{KEY}/en/")["ETag"]
    from patientinfo.api import details

    details.forget()
    with queries() as asked:
        answer = get(f"pages/{KEY}/en/", headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert len(asked) == 1
    assert '"document"' not in asked[0]["sql"]


def test_a_page_of_another_origin_may_ask(client):
    answer = client.options(
        f"/api/v1/pages/{KEY}/en/",
        headers={
            "origin": "https://frontend.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "authorization",
        },
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer["Access-Control-Allow-Methods"]
    allowed = answer["Access-Control-Allow-Headers"].split(", ")
    assert {"Accept", "Authorization"} <= set(allowed)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
