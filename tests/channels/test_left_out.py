"""What is not in a copy is named in it, with the reason; what a leaflet never had is not."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from patientinfo.channels.fhir import FhirChannel
from patientinfo.channels.parts.cutting import cut_down
from patientinfo.channels.parts.record import left_out
from patientinfo.channels.text import TextChannel
from patientinfo.licensing.guard import EVERYTHING, PARTS, Reason, Refused
from tests import bodies, builders
from tests.channels.rendering import licensed, rendered
from tests.channels.web_documents import DOCUMENT, document

WORLD = "page"
TODAY = date(2026, 1, 1)
ALL = licensed(PARTS, sublicensable_only=True)
TEXT_GONE = "The text: it may be shown only with permission."
PHOTOS_GONE = "The pictures: they may be shown only with permission."
NOT_PASSED_ON = "their owners have not allowed that they are passed on."
CONSENT = "the consent of the people in them has ended."


def photo(name: str, **rights: Any) -> dict[str, Any]:
    image = copy.deepcopy(DOCUMENT["images"][0])
    return {**image, "id": name, "rights": {**image["rights"], **rights}}


def pictured(*images: dict[str, Any]) -> dict[str, Any]:
    blocks = [{"type": "image", "id": image["id"], "image": image["id"]} for image in images]
    section = {"id": "s", "heading": "One", "blocks": blocks}
    return document(images=list(images), sections=[section])


OPEN = photo("open", sublicensable=True)
OWN = photo("own", sublicensable=False)
ENDED = photo("ended", sublicensable=True, consent_until="2025-12-31")


@pytest.mark.parametrize(
    ("decision", "leaflet", "said"),
    [
        (ALL, pictured(OPEN), ()),
        (ALL, pictured(OWN), (f"The pictures: {NOT_PASSED_ON}",)),
        (ALL, pictured(OPEN, OWN), (f"Some pictures: {NOT_PASSED_ON}",)),
        (EVERYTHING, pictured(ENDED), (f"The pictures: {CONSENT}",)),
        (EVERYTHING, pictured(OPEN, ENDED), (f"Some pictures: {CONSENT}",)),
        (
            ALL,
            pictured(OWN, ENDED),
            (f"Some pictures: {NOT_PASSED_ON}", f"Some pictures: {CONSENT}"),
        ),
        (licensed({"text"}), pictured(OPEN), (PHOTOS_GONE,)),
        (licensed({"text"}), document(images=[]), ()),
        (Refused(Reason.NOT_LICENSED), pictured(OPEN), (TEXT_GONE, PHOTOS_GONE)),
        (Refused(Reason.NOT_LICENSED), document(images=[]), (TEXT_GONE,)),
        (Refused(Reason.HELD), pictured(OPEN), ()),
    ],
)
def test_what_was_withheld_is_said_with_its_reason(decision, leaflet, said):
    left = cut_down(leaflet, decision, TODAY)
    assert left_out(left.document, left.withheld) == said


def test_a_copy_says_so():
    made = rendered(TextChannel(), pictured(OPEN, OWN), decision=ALL).decode()
    assert f"Left out: Some pictures: {NOT_PASSED_ON}" in " ".join(made.split())
    assert "Left out" not in rendered(TextChannel(), pictured(OPEN), decision=ALL).decode()
    assert "Left out" not in rendered(TextChannel(), document(images=[]), parts=["text"]).decode()


def test_a_health_record_without_the_text_says_that_it_is_not_there():
    made = json.loads(rendered(FhirChannel(), document(), decision=Refused(Reason.NOT_LICENSED)))
    about = made["entry"][0]["resource"]["section"][-1]["text"]["div"]
    assert TEXT_GONE in about
    assert PHOTOS_GONE in about


@pytest.mark.django_db
def test_our_own_page_and_its_files_say_whose_consent_ended(clinic, client, monkeypatch, settings):
    settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": "read"}
    image = builders.make_image(("en", "nl"))
    image.consent_until = timezone.localdate()
    image.save()
    section = bodies.section("A picture", bodies.picture(image, key="p"))
    page = builders.make_leaflet(clinic, title="Shown", sections=[section])
    assert "Left out" not in client.get(page.url).content.decode()
    monkeypatch.setattr(timezone, "localdate", lambda: date(2099, 1, 1))
    for address in (page.url, f"{page.url}download/text/"):
        made = client.get(address).content.decode()
        assert f"The pictures: {CONSENT}" in " ".join(made.split()), address
