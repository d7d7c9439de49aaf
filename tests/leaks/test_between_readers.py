"""What one reader has is of no use to another: validators, search, addresses after the end."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from patientinfo.licensing.access_keys import revoke_key, rotate_key
from patientinfo.licensing.actions import amend_licence, revoke_licence, suspend_licence
from patientinfo.licensing.models import AccessKey, Licence
from tests.leaks.addresses import Kind
from tests.leaks.canaries import CATALOGUE, PHOTO, TEXT, Canary
from tests.leaks.conftest import Scene
from tests.leaks.oracle import Place, part_is_open
from tests.leaks.places import SPOTS, Stop, api_stops
from tests.leaks.readers import Reader
from tests.leaks.walk import at_level, living

NONSENSE = "xqzaeiouy"


def ask(client: Client, path: str, **headers: str) -> Any:
    return client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})


def test_readers_share_a_validator_only_with_the_same_bytes(scene: Scene) -> None:
    spots = {("knee", "en"), ("hip", "nl")}
    stops = [s for s in api_stops(scene.planted, paper=False) if s.place.spot in spots]
    for stop in stops:
        bytes_of: dict[str, set[bytes]] = defaultdict(set)
        clients = {reader.name: reader.client() for reader in living(scene.people)}
        with at_level("read"):
            for client in clients.values():
                answer = ask(client, stop.path, **stop.headers)
                if answer.status_code == 200 and "ETag" in answer:
                    bytes_of[answer["ETag"]].add(answer.content)
        assert all(len(different) == 1 for different in bytes_of.values()), stop.path


def test_nobody_is_told_that_anothers_copy_is_still_good(scene: Scene) -> None:
    """304 says what is in a copy: it is for those alone who may have it."""
    stops = [s for s in api_stops(scene.planted, paper=False) if s.place.spot == ("knee", "en")]
    names = ("public", "all-en", "pinned", "photos", "channel", "revoked")
    readers = [scene.people.readers[name] for name in names]
    with at_level("read"):
        for stop in stops:
            answers = {r.name: ask(r.client(), stop.path, **stop.headers) for r in readers}
            tags = {
                n: a["ETag"] for n, a in answers.items() if a.status_code == 200 and "ETag" in a
            }
            for reader in readers:
                others = {tag for tag in tags.values() if tag != tags.get(reader.name)}
                sent = {**stop.headers, "If-None-Match": ", ".join(others)}
                answer = ask(reader.client(), stop.path, **sent)
                assert answer.status_code != 304, f"{stop.path} as {reader.name}"


def test_withheld_words_are_found_by_nobody_who_may_not_read_them(scene: Scene) -> None:
    """What a search finds tells what a text says: it has to equal what a nonsense word finds."""
    register = scene.planted.register
    looked_for = {str(canary): (word, canary) for word, canary in register.words.items()}
    with at_level("read"):
        for name in ("public", "text-nl", "all-en", "photos"):
            reader = scene.people.readers[name]
            client = reader.client()
            nothing = client.get(f"/api/v1/pages/?search={NONSENSE}").json()
            assert nothing == {"count": 0, "items": []}
            for word, canary in looked_for.values():
                found = client.get(f"/api/v1/pages/?search={word.decode()}").json()
                assert found == nothing or may_find(scene, found, reader, canary), (name, canary)


def may_find(scene: Scene, found: Any, reader: Reader, canary: Canary) -> bool:
    """Whether a reader may read the canary in each of the leaflets that a search for it found."""
    spots = [(scene.planted.leaflets[item["key"]], item["locale"]) for item in found["items"]]
    places = [Place(Kind.LEAFLET, *spot) for spot in spots]
    if canary.kind == CATALOGUE:
        return len(found["items"]) == found["count"]
    return canary.kind in {TEXT, PHOTO} and all(
        part_is_open(place, reader, "read", canary) for place in places
    )


def test_search_finds_what_may_be_read(scene: Scene) -> None:
    """The control: a search that never found anything would leak nothing either."""
    client = scene.people.readers["channel"].client()
    words = [
        word.decode()
        for word, canary in scene.planted.register.words.items()
        if canary.kind == TEXT and canary.leaflet == "shelf" and canary.what == "words"
    ]
    with at_level("catalogue"):
        counts = [client.get(f"/api/v1/pages/?search={word}").json()["count"] for word in words]
    assert counts == [1] * len(words) != []


def test_words_of_a_photo_of_people_are_not_searched(scene: Scene) -> None:
    """Their consent ends on a day on which no row is written anew."""
    client = scene.people.readers["channel"].client()
    found = {"ours": 0, "lapsed": 0}
    with at_level("full"):
        for word, canary in scene.planted.register.words.items():
            if canary.what == "caption" and canary.photo in found and canary.leaflet == "open":
                answer = client.get(f"/api/v1/pages/?search={word.decode()}")
                found[canary.photo] += answer.json()["count"]
    assert found == {"ours": 1, "lapsed": 0}


# Addresses of pictures


def addresses(scene: Scene, reader: str) -> list[str]:
    path = f"/api/v1/pages/{scene.planted.key('knee')}/en/"
    media = scene.people.readers[reader].client().get(path).json()["media"]
    return [url.removeprefix("http://testserver") for m in media.values() for url in m.values()]


def end(scene: Scene, how: str) -> None:
    licence = Licence.objects.get(number=scene.people.numbers["all-en"])
    if how == "text only":
        terms = licence.terms
        changed = type(terms)(
            **{f: getattr(terms, f) for f in terms.__slots__} | {"parts": frozenset({"text"})}
        )
        amend_licence(licence, changed, by="a test", reason="photos taken back")
    elif how == "key revoked":
        revoke_key(AccessKey.objects.get(pk=scene.people.keys["all-en"]), by="a test")
    elif how == "key replaced":
        key = AccessKey.objects.get(pk=scene.people.keys["all-en"])
        rotate_key(key, by="a test", overlap=timedelta(0))
    else:
        act = {"revoked": revoke_licence, "suspended": suspend_licence}[how]
        act(licence, by="a test", reason="a test")


@pytest.mark.parametrize(
    "how", ["revoked", "suspended", "text only", "key revoked", "key replaced"]
)
def test_an_address_dies_with_the_right_to_it(scene: Scene, how: str) -> None:
    with at_level("read"):
        given = addresses(scene, "all-en")
        askers = [scene.people.readers[name].client() for name in ("public", "all-en", "channel")]
        before = askers[0].get(given[0])
        assert (before.status_code, before["Cache-Control"]) == (200, "private, no-cache")
        assert scene.planted.register.found_in(before)
        end(scene, how)
        for asker in askers:
            for path in given:
                answer = ask(asker, path, if_none_match=before["ETag"])
                assert answer.status_code == 404
                assert not scene.planted.register.found_in(answer)


def test_a_tampered_address_opens_nothing(scene: Scene) -> None:
    with at_level("read"):
        given = addresses(scene, "all-en")[-1]
        number, other = (f"key-{scene.people.keys[name]}" for name in ("all-en", "text-nl"))
        key = scene.planted.key("knee")
        for path in (
            given.replace(number, "reader"),
            given.replace(number, other),
            given.replace(".2.", ".1."),
            given.replace(key, scene.planted.key("shelf")),
            given.replace("photo-ours", "photo-theirs"),
            given.replace("420", "421"),
        ):
            assert path != given
            assert scene.people.public.client().get(path).status_code == 404, path


def test_a_licence_for_text_is_given_no_picture_by_any_address(scene: Scene) -> None:
    with at_level("read"):
        client = scene.people.readers["text-nl"].client()
        for leaflet, locale in SPOTS:
            path = f"/api/v1/pages/{scene.planted.key(leaflet)}/{locale}/"
            body = client.get(path).content
            if leaflet != "open":
                assert b"/images/" not in body, (leaflet, locale)


# Caches


def test_what_a_key_is_answered_stays_its_owners(scene: Scene) -> None:
    """`Walk` looks at each answer that holds a canary; here each answer at all."""
    stops = [Stop("/api/v1/pages/", Place(Kind.LIST)), *api_stops(scene.planted, paper=False)[:12]]
    with at_level("full"):
        for reader in scene.people.readers.values():
            if "Authorization" not in reader.headers:
                continue
            client = reader.client()
            for stop in stops:
                for method in ("get", "head"):
                    answer = getattr(client, method)(stop.path, headers=dict(stop.headers))
                    control = answer.get("Cache-Control", "")
                    told = (reader.name, stop.path, answer.status_code, control)
                    assert "public" not in control, told
                    assert "private" in control or "no-store" in control, told
                    if "no-store" not in control:
                        assert "Authorization" in answer["Vary"], told


def test_pages_for_people_are_the_same_for_everybody(scene: Scene) -> None:
    """They may be kept by caches for all, so no sign-in may change them."""
    with at_level("read"):
        for path in ("/en/knee/", "/en/shelf/", "/en/", "/en/gone/", "/nl/hip/"):
            asked = [
                scene.people.readers[n].client().get(path) for n in ("public", "editor", "all-en")
            ]
            assert len({answer.content for answer in asked}) == 1, path
