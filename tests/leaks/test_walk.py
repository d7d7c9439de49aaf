"""A walk through the whole site finds every canary where it may be, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patientinfo.editions.models import Edition
from patientinfo.proofs import private_views
from tests.leaks.addresses import Kind
from tests.leaks.canaries import (
    CATALOGUE,
    CREDIT,
    DRAFT,
    GLOSSARY,
    KINDS,
    PHOTO,
    REASON,
    REQUEST,
    STORE,
    TERMS,
    TEXT,
)
from tests.leaks.clinic import PHOTOS
from tests.leaks.conftest import Scene, guard_off
from tests.leaks.oracle import Place, part_is_open
from tests.leaks.places import (
    Stop,
    api_stops,
    list_stops,
    picture_stops,
    private_stops,
    proof_stops,
    reader_stops,
    stops_of_routes,
)
from tests.leaks.readers import Reader
from tests.leaks.walk import METHODS, Walk, at_level, living, refused

LEVELS = ("catalogue", "read", "full")
#: Readers of each sort, for the levels at which not all of them are asked.
SAMPLE = ("public", "all-en", "photos", "text-nl", "channel")


def assert_no_leaks(walk: Walk) -> None:
    if walk.leaks:
        pytest.fail(walk.report(), pytrace=False)
    assert walk.shared == []


def named(scene: Scene, *names: str) -> list[Reader]:
    return [scene.people.readers[name] for name in names]


@pytest.mark.parametrize("level", LEVELS)
def test_programs_get_what_their_key_names(scene: Scene, level: str) -> None:
    walk, everybody = scene.walk(level), level == "read"
    stops = [*list_stops(), *api_stops(scene.planted, paper=everybody)]
    for reader in living(scene.people) if everybody else named(scene, *SAMPLE[:3]):
        walk.go(reader, stops)
    assert_no_leaks(walk)
    assert {CATALOGUE, TEXT, PHOTO, CREDIT} <= {canary.kind for canary in walk.seen}


@pytest.mark.parametrize("level", LEVELS)
def test_a_key_that_opens_nothing_gets_not_even_what_is_public(scene: Scene, level: str) -> None:
    walk = scene.walk(level)
    knee = [s for s in api_stops(scene.planted, paper=False) if s.place.leaflet == "knee"]
    stops = [s for s in knee if not s.headers and (level == "full" or s.place.locale == "en")]
    for reader in refused(scene.people):
        walk.go(reader, [*list_stops(), *stops])
    assert_no_leaks(walk)
    assert {canary.kind for canary in walk.seen} == {REASON}


@pytest.mark.parametrize("level", LEVELS)
def test_people_read_what_the_level_allows(scene: Scene, level: str) -> None:
    walk = scene.walk(level)
    for reader in named(scene, "public", "nobody", "editor", "all-en"):
        walk.go(reader, reader_stops(whole=reader.name == "public" and level != "full"))
    assert_no_leaks(walk)
    assert {CATALOGUE, TEXT, PHOTO} <= {canary.kind for canary in walk.seen}


@pytest.mark.parametrize("level", ["read", "full"])
def test_pictures_are_given_to_whom_they_were_addressed(scene: Scene, level: str) -> None:
    walk = scene.walk(level)
    walk.go(scene.people.public, picture_stops(scene.planted, scene.people))
    assert_no_leaks(walk)
    assert {canary.photo for canary in walk.seen} == {"ours", "theirs"}


def test_permissions_tell_their_parties_alone(scene: Scene) -> None:
    walk = scene.walk("read")
    parties = ("public", "nobody", "text-nl", "revoked", "revoked-key", "browser", "channel")
    for reader in named(scene, *parties):
        walk.go(reader, private_stops(scene.people))
    walk.go(scene.people.readers["editor"], private_stops(scene.people)[:4])
    for reader in named(scene, "public", "all-en", "revoked"):
        walk.go(reader, proof_stops(scene.people))
    assert_no_leaks(walk)
    assert {TERMS, CREDIT} <= {canary.kind for canary in walk.seen}


@pytest.mark.parametrize("level", LEVELS)
def test_no_other_method_says_more(scene: Scene, level: str) -> None:
    walk = scene.walk(level)
    of_one = [s for s in api_stops(scene.planted, paper=False) if s.place.spot == ("knee", "en")]
    for reader in named(scene, *SAMPLE, "one-leaflet", "browser", "revoked", "malformed"):
        walk.go(reader, [stop for stop in of_one if not stop.headers], METHODS[1:])
    others = [
        *reader_stops(whole=False),
        *private_stops(scene.people)[:4],
        *picture_stops(scene.planted, scene.people)[:12],
    ]
    for reader in named(scene, "public", "text-nl"):
        walk.go(reader, others, METHODS[1:])
    assert_no_leaks(walk)


@pytest.mark.parametrize("ending", [".json", "?format=json", "?format=api", ".pdf", "/.json"])
def test_no_suffix_opens_another_door(scene: Scene, ending: str) -> None:
    walk = scene.walk("catalogue")
    stops = [
        Stop(stop.path.rstrip("/") + ending, stop.place)
        for stop in [*api_stops(scene.planted, paper=False), *reader_stops(whole=False)]
        if not stop.headers and "?" not in stop.path and stop.place.leaflet in {"knee", "gone"}
    ]
    for reader in named(scene, "public", "text-nl"):
        walk.go(reader, stops)
    assert_no_leaks(walk)


@pytest.mark.parametrize("reader", SAMPLE)
def test_a_detail_holds_all_that_it_may_hold(scene: Scene, reader: str) -> None:
    """Not only no more: the walk would be blind if readers were given less than they may have."""
    asker = scene.people.readers[reader]
    for leaflet, locale in (("knee", "en"), ("knee", "nl"), ("shelf", "en"), ("open", "en")):
        place, walk = Place(Kind.LEAFLET, leaflet, locale), scene.walk("read")
        path = f"/api/v1/pages/{scene.planted.key(leaflet)}/{locale}/"
        walk.go(asker, [Stop(path, place, {"Accept-Encoding": "gzip"})])
        planted = [
            canary
            for canary in {*scene.planted.register.words.values()}
            if canary.kind in {TEXT, PHOTO}
            and (canary.leaflet, canary.locale) == place.spot
            and place.edition in canary.editions
        ]
        may = {canary for canary in planted if part_is_open(place, asker, "read", canary)}
        if walk.seen & {*planted} != may:  # a licence that does not cover it gives nothing
            assert asker.scope is not None
            assert not may
        if asker.everything:
            assert {canary.photo for canary in may} == {"", *PHOTOS} - {"lapsed"}
    assert_no_leaks(walk)


# Every other address


@pytest.mark.parametrize("reader", ["public", "nobody", "all-en"])
def test_nothing_is_told_where_nothing_is_to_be_told(scene: Scene, reader: str) -> None:
    """Every address there is, filled in with what is there and was never published."""
    walk = scene.walk("full")
    asker = scene.people.readers[reader]
    kinds = set(Kind) - {Kind.MANY, Kind.FRAME}
    named_ones = stops_of_routes(scene.planted, scene.people, *kinds, named=True)
    walk.go(asker, named_ones, METHODS if reader == "public" else METHODS[:1])
    if reader != "all-en":  # Wagtail's admin does not know of keys
        walk.go(asker, stops_of_routes(scene.planted, scene.people, *kinds))
    assert_no_leaks(walk)


def test_authoring_asks_for_an_editors_token(scene: Scene) -> None:
    stops = stops_of_routes(scene.planted, scene.people, Kind.TOKEN)
    for name in ("public", "editor", "channel", "nobody-token"):
        client = scene.people.readers[name].client()
        with at_level("full"):
            answers = {stop.path: client.get(stop.path).status_code for stop in stops}
        assert {p: s for p, s in answers.items() if s not in {401, 403, 405}} == {}, name


@pytest.mark.parametrize("reader", ["public", "nobody", "all-en"])
def test_files_cannot_be_guessed(scene: Scene, reader: str) -> None:
    client = scene.people.readers[reader].client()
    names = [image.file.name for image in scene.planted.images.values()]
    names += [name.replace("original_images", "images") for name in names]
    for member in Edition.objects.all()[0].data["images"]:
        digest = member["digest"].removeprefix("sha256:")
        root = f"editions/{digest[:2]}/{digest}"
        names += [f"{root}-{width}.{end}" for width in (400, 420) for end in ("jpg", "png")]
    for name in names:
        for path in (f"/media/{name}", f"/media//{name}", f"/static/../media/{name}", f"/{name}"):
            assert client.get(path).status_code in {301, 302, 404}, path


# The walk proves itself


def _behind_the_doors(scene: Scene) -> list[Stop]:
    pages = scene.planted.pages
    german = pages["knee"].get_translations().get(locale__language_code="de")
    paths = (
        f"/admin/pages/{pages['secret'].pk}/edit/",
        f"/admin/pages/{pages['knee'].pk}/view_draft/",
        f"/admin/translations/{german.pk}/preview/",
        f"/media/{scene.planted.images['theirs'].file.name}",
        "/admin/translations/words/glossary/?format=csv",
    )
    return [Stop(path, Place(Kind.EDITORS)) for path in paths]


def test_what_only_editors_may_see_would_be_found(scene: Scene) -> None:
    """An editor who is taken for somebody without rights: the walk cries out."""
    walk = scene.walk("catalogue")
    walk.go(replace(scene.people.readers["editor"], editor=False), _behind_the_doors(scene))
    assert {DRAFT, STORE, GLOSSARY} <= {leak.canary.kind for leak in walk.leaks}
    assert "file" in {leak.canary.what for leak in walk.leaks}


def test_without_the_guard_the_walk_finds_leaks_of_every_kind(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard_off(monkeypatch)
    walk = scene.walk("catalogue")
    walk.go(
        scene.people.public,
        [
            *api_stops(scene.planted, paper=True),
            *reader_stops(whole=True),
            *picture_stops(scene.planted, scene.people),
        ],
    )
    leaked = {leak.canary for leak in walk.leaks}
    assert {"words", "definition", "note"} <= {c.what for c in leaked if c.kind == TEXT}
    photos = {c.what for c in leaked if c.kind == PHOTO}
    assert photos >= {"alt", "caption", "credit", "file", "digest"}
    assert {c.photo for c in leaked} >= {"ours", "theirs"}
    spots = {(c.leaflet, c.locale) for c in leaked}
    issued = {("knee", "en"), ("knee", "nl"), ("hip", "nl"), ("shelf", "en"), ("gone", "en")}
    assert issued <= spots
    assert {1, 2} <= {number for c in leaked for number in c.editions if len(c.editions) == 1}
    forms = {leak.asked.rpartition("renditions/")[2] for leak in walk.leaks}
    assert {f"{form}/" for form in ("pdf", "large-print", "epub", "text", "speech")} <= forms


def test_without_its_door_the_letter_is_found_to_leak(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_views, "may_read_private", lambda *_args: True)
    walk = scene.walk("read")
    walk.go(scene.people.public, private_stops(scene.people)[:2])
    assert {TERMS} <= {leak.canary.kind for leak in walk.leaks}


def test_a_reason_told_to_a_stranger_is_found(scene: Scene) -> None:
    walk = scene.walk("read")
    stranger = replace(scene.people.readers["revoked"], party="")
    walk.go(stranger, [Stop("/api/v1/pages/", Place(Kind.LIST))])
    assert REASON in {leak.canary.kind for leak in walk.leaks}


def test_every_kind_of_canary_was_planted(scene: Scene) -> None:
    register = scene.planted.register
    planted = {canary.kind for canary in register.words.values()}
    assert planted == {*KINDS}
    word = next(w for w, canary in register.words.items() if canary.kind == REQUEST)
    assert {c.kind for c in register.found(b"<p>" + word.upper() + b"nl</p>")} == {REQUEST}
