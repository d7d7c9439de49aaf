"""The public proof: open to all, true at the moment, silent about what is between the parties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from joserfc.util import urlsafe_b64decode

from patientinfo.licensing.actions import (
    grant_licence,
    resume_licence,
    revoke_licence,
    suspend_licence,
)
from patientinfo.licensing.models import Licence
from patientinfo.licensing.numbers import new_number
from patientinfo.proofs.proof import SCHEMA
from tests.licences import make_licence
from tests.proofs.samples import (
    ANKLE,
    CONDITIONS,
    CREDIT,
    LICENSEE,
    LICENSOR,
    PRICE,
    TITLES,
)

PRIVATE = (LICENSEE.contact, LICENSEE.email, LICENSOR.contact, LICENSOR.email, CONDITIONS, PRICE)


def proof(client: Client, number: str, suffix: str = "/", **headers: str):
    return client.get(f"/permissions/{number}{suffix}", headers=headers)


def status_of(client: Client, number: str) -> tuple[bool, str]:
    said = proof(client, number, ".json").json()
    return said["valid"], said["status"]


def test_a_valid_permission_is_shown_with_its_scope(client: Client, sample: Licence) -> None:
    response = proof(client, sample.number)
    page = response.content.decode()
    assert response.status_code == 200
    for shown in (
        sample.number,
        "This permission is valid",
        LICENSEE.name,
        LICENSOR.name,
        "Netherlands",
        "Belgium",
        "Dry needling",
        "A sprained ankle",
        "Dutch",
        "at most 500 copies",
        "January 1, 2026",
        "December 31, 2035",
        *CREDIT.values(),
    ):
        assert shown in page, shown


def test_the_same_as_data(client: Client, sample: Licence) -> None:
    said = proof(client, sample.number, ".json").json()
    assert datetime.fromisoformat(said.pop("checked_at")) <= timezone.now()
    address = f"http://testserver/permissions/{sample.number}/"
    assert said == {
        "schema": SCHEMA,
        "number": sample.number,
        "url": address,
        "valid": True,
        "status": "valid",
        "licensor": {"name": LICENSOR.name, "country": "GB"},
        "licensee": {"name": LICENSEE.name, "country": "NL"},
        "version": 1,
        "granted_on": timezone.localdate(timezone=ZoneInfo("Europe/Amsterdam")).isoformat(),
        "starts": "2026-01-01",
        "ends": "2035-12-31",
        "time_zone": "Europe/Amsterdam",
        "parts": ["text", "photos"],
        "leaflets": [{"key": key, "titles": TITLES[key]} for key in sorted(TITLES)],
        "locales": ["en", "nl"],
        "uses": [{"use": "website"}, {"use": "print", "run": 500}, {"use": "translate"}],
        "territory": ["BE", "NL"],
        "editions": {
            "policy": "current",
            "pinned": [{"leaflet": ANKLE, "locale": "nl", "edition": 1}],
        },
        "adaptation": False,
        "commercial": False,
        "credit": CREDIT,
        "signed_url": f"{address}proof.jws",
        "keys_url": "http://testserver/.well-known/jwks.json",
    }


@pytest.mark.parametrize("suffix", ["/", ".json", "/proof.jws"])
def test_nothing_private_is_said(client: Client, sample: Licence, suffix: str) -> None:
    body = proof(client, sample.number, suffix).content.decode()
    if suffix == "/proof.jws":
        body = urlsafe_b64decode(body.split(".")[1].encode()).decode()
    assert LICENSEE.name in body
    assert [word for word in PRIVATE if word in body] == []


def test_a_program_gets_data_at_the_same_address(client: Client, sample: Licence) -> None:
    response = proof(client, sample.number, accept="application/json")
    assert response["Content-Type"] == "application/json"
    assert response.json()["number"] == sample.number
    assert "Accept" in response["Vary"]


def test_nobody_keeps_it_without_asking_again(client: Client, sample: Licence) -> None:
    for suffix in ("/", ".json", "/proof.jws"):
        response = proof(client, sample.number, suffix)
        assert response["Cache-Control"] == "no-cache"
        assert response.cookies == {}


@pytest.mark.parametrize(
    ("wish", "direction", "word"),
    [
        ("en", "ltr", "What is allowed"),
        ("nl", "ltr", "Nederland"),
        ("de", "ltr", "Niederlande"),
        ("es", "ltr", "Países Bajos"),
        ("ar", "rtl", "هولندا"),
    ],
)
def test_in_the_language_that_the_reader_asks_for(
    client: Client, sample: Licence, wish: str, direction: str, word: str
) -> None:
    by_header = proof(client, sample.number, accept_language=wish)
    by_address = proof(client, sample.number, f"/?lang={wish}", accept_language="en")
    for response in (by_header, by_address):
        page = response.content.decode()
        assert f'<html lang="{wish}" dir="{direction}">' in page
        assert word in page
        assert response["Content-Language"] == wish


def test_it_stands_as_the_licence_stands(client: Client, sample: Licence) -> None:
    licence, number = sample, sample.number
    assert status_of(client, number) == (True, "valid")
    suspend_licence(licence, by="t", reason="a secret reason")
    assert status_of(client, number) == (False, "suspended")
    resume_licence(licence, by="t", reason="paid")
    assert status_of(client, number) == (True, "valid")
    revoke_licence(licence, by="t", reason="a secret reason")
    assert status_of(client, number) == (False, "revoked")
    assert b"a secret reason" not in proof(client, number).content


def test_a_renewed_one_is_replaced(client: Client, sample: Licence) -> None:
    old = sample
    new = grant_licence(old.licensee, old.terms, by="t", replaces=old)
    assert status_of(client, old.number) == (False, "renewed")
    assert status_of(client, new.number) == (True, "valid")
    assert new.number not in proof(client, old.number).content.decode()


def test_it_begins_and_ends_to_the_second(client: Client, sample: Licence) -> None:
    number = sample.number
    start = datetime(2025, 12, 31, 23, tzinfo=UTC)  # midnight in Amsterdam
    end = datetime(2035, 12, 31, 23, tzinfo=UTC)
    second = timedelta(seconds=1)
    for moment, expected in (
        (start - second, (False, "not_begun")),
        (start, (True, "valid")),
        (end - second, (True, "valid")),
        (end, (False, "expired")),
    ):
        with time_machine.travel(moment, tick=False):
            assert status_of(client, number) == expected
            assert proof(client, number).status_code == 200


def test_every_spelling_leads_to_the_one_address(client: Client, sample: Licence) -> None:
    number = sample.number
    for spelling in (number.lower(), number.replace("-", "")):
        response = proof(client, spelling, "/?lang=nl")
        assert response["Location"] == f"/permissions/{number}/?lang=nl"
        assert proof(client, spelling, ".json").json()["number"] == number
    typed = client.get("/permissions/", {"number": f" {number.lower()} "})
    assert typed["Location"] == f"/permissions/{number}/"


def test_the_form_asks_for_a_number(client: Client, db: None) -> None:
    page = client.get("/permissions/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert b"Check a permission" in page.content


def test_mistyped_and_unknown_are_answered_alike(client: Client, sample: Licence) -> None:
    unknown, mistyped = new_number(2026), "P26-0000-0001"
    answers = []
    for number in (unknown, mistyped):
        for suffix in ("/", ".json", "/proof.jws", "/letter.pdf", "/licence.jsonld"):
            response = proof(client, number, suffix)
            assert response.status_code == 404
            assert (suffix == "/") is response["Content-Type"].startswith("text/html")
        answers.append(proof(client, number).content.decode().replace(number, "…"))
    assert answers[0] == answers[1]
    assert "sign by sign" in answers[0]


def test_a_number_that_cannot_be_costs_no_query(client: Client, db: None) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        proof(client, "P26-0000-0001", ".json")
        proof(client, "nonsense")
        client.get("/permissions/", {"number": "<script>alert(1)</script>"})
    assert len(queries) == 0


def test_what_was_typed_is_shown_as_text(client: Client, db: None) -> None:
    page = client.get("/permissions/", {"number": '"><script>alert(1)</script>'})
    assert page.status_code == 404
    assert b"<script>" not in page.content


def test_a_proof_costs_three_queries(client: Client, sample: Licence) -> None:
    with CaptureQueriesContext(connection) as queries:
        proof(client, sample.number)
    assert len(queries) == 3


def test_an_open_ended_licence_of_everything(client: Client, db: None) -> None:
    licence = make_licence(ends=None)
    page = proof(client, licence.number).content.decode()
    said = proof(client, licence.number, ".json").json()
    assert (said["ends"], said["leaflets"], said["locales"], said["territory"]) == (None,) * 4
    for words in ("until it is revoked", "All leaflets of", "Everywhere", "All languages"):
        assert words in page


def test_others_cannot_post(client: Client, sample: Licence) -> None:
    for suffix in ("/", ".json", "/proof.jws", "/letter.pdf", "/licence.jsonld"):
        assert client.post(f"/permissions/{sample.number}{suffix}").status_code == 405
