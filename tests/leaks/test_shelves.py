"""The walk through what gives many leaflets at once, through frames and partners' pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.leaks.addresses import Kind
from tests.leaks.canaries import CATALOGUE, CREDIT, PHOTO, REASON, REQUEST, TERMS, TEXT
from tests.leaks.conftest import Scene, guard_off
from tests.leaks.oracle import Place
from tests.leaks.places import Stop, frame_stops, reader_stops
from tests.leaks.shelves import bundle_stops, partner_stops, record_stops
from tests.leaks.test_walk import LEVELS, assert_no_leaks, named
from tests.leaks.walk import METHODS


@pytest.mark.parametrize("level", LEVELS)
def test_health_records_lists_give_what_the_key_names(scene: Scene, level: str) -> None:
    walk = scene.walk(level)
    for reader in named(scene, "public", "text-nl", "one-leaflet", "photos", "channel", "revoked"):
        walk.go(reader, record_stops())
    assert_no_leaks(walk)
    assert {CATALOGUE, TEXT, CREDIT} <= {canary.kind for canary in walk.seen}


def test_the_whole_bundle_gives_what_the_key_names(scene: Scene) -> None:
    walk = scene.walk("read")
    for reader in named(scene, "text-nl", "all-en", "pinned", "channel"):
        walk.go(reader, bundle_stops())
    for reader in named(scene, "public", "browser", "revoked", "malformed", "nobody-token"):
        walk.go(reader, bundle_stops()[:2], METHODS)
    assert_no_leaks(walk)
    assert {CATALOGUE, TEXT, PHOTO, TERMS, CREDIT} <= {canary.kind for canary in walk.seen}


@pytest.mark.parametrize("level", LEVELS)
def test_a_frame_gives_what_its_licence_does_whoever_opens_it(scene: Scene, level: str) -> None:
    walk = scene.walk(level)
    walk.go(scene.people.public, frame_stops(scene.people))
    if level == "read":
        of_one = [s for s in frame_stops(scene.people) if s.place.spot == ("knee", "en")]
        walk.go(scene.people.readers["all-en"], of_one, METHODS[1:])
    assert_no_leaks(walk)
    assert {TEXT, PHOTO} <= {canary.kind for canary in walk.seen}
    photos = {c.photo for c in walk.seen if c.what == "alt" and c.leaflet != "open"}
    assert photos == ({"ours", "theirs"} if level == "full" else {"ours"})


def test_partners_see_their_own_and_nobody_elses(scene: Scene) -> None:
    walk, licences = scene.walk("read"), ("all-en", "text-nl", "revoked")
    everybody = ("partner-all-en", "partner-text-nl", "partner-revoked", "partner-asker", "nobody")
    for reader in named(scene, *everybody):
        walk.go(reader, partner_stops(scene.people, *licences))
    for reader in named(scene, "partner-text-nl", "public", "all-en"):
        pages = [s for s in partner_stops(scene.people, "all-en") if "bundle" not in s.path]
        walk.go(reader, pages, METHODS)
    assert_no_leaks(walk)
    kinds = {canary.kind for canary in walk.seen}
    assert {TERMS, CREDIT, REASON, REQUEST, TEXT, PHOTO} <= kinds


def test_permissions_tell_their_partners_accounts(scene: Scene) -> None:
    walk = scene.walk("read")
    stops = [
        Stop(f"/permissions/{scene.people.numbers[name]}/{form}", Place(Kind.PARTIES, licence=name))
        for name in ("all-en", "text-nl")
        for form in ("licence.jsonld", "letter.pdf")
    ]
    for reader in named(scene, "partner-all-en", "partner-text-nl", "partner-asker"):
        walk.go(reader, stops)
    assert_no_leaks(walk)
    assert {c.licence for c in walk.seen if c.kind == TERMS} == {"all-en", "text-nl"}


# The walk proves itself


@pytest.mark.parametrize(
    ("reader", "place"),
    [
        ("public", "/fhir/R5/Composition"),
        ("text-nl", "/fhir/R5/Composition"),
        ("public", "/infobutton"),
        ("text-nl", "/api/v1/bundle/"),
        ("public", "/embed/P"),
        ("public", "/screen/slides/"),
        ("public", "/embed/ "),
        ("partner-text-nl", "/bundle/"),
    ],
)
def test_without_the_guard_the_walk_finds_leaks_at_each_address(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, reader: str, place: str
) -> None:
    guard_off(monkeypatch)
    walk = scene.walk("catalogue")
    stops = [
        *record_stops(),
        *bundle_stops()[:3],
        *frame_stops(scene.people),
        *reader_stops(whole=True),
        *partner_stops(scene.people, "text-nl"),
    ]
    asked = [stop for stop in stops if place in f"{stop.path} "]
    assert asked
    walk.go(scene.people.readers[reader], asked[:40])
    assert {leak.canary.kind for leak in walk.leaks} & {TEXT, PHOTO}


def test_a_page_of_another_partner_would_be_found(scene: Scene) -> None:
    walk = scene.walk("read")
    stranger = replace(scene.people.readers["partner-all-en"], party="", licence="")
    asker = replace(scene.people.readers["partner-asker"], asker=False)
    for reader in (stranger, asker):
        walk.go(reader, partner_stops(scene.people, "all-en"))
    assert {TERMS, CREDIT, REQUEST, TEXT} <= {leak.canary.kind for leak in walk.leaks}
