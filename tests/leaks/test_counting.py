"""Whatever a licence gives its partner is counted, at whichever address it was had."""

from __future__ import annotations

from django.db.models import Sum
from django.urls import resolve

from patientinfo.licensing.models import UsageCount
from tests.leaks.addresses import ADDRESSES, BELOW, Kind
from tests.leaks.canaries import PHOTO, TEXT
from tests.leaks.conftest import Scene
from tests.leaks.places import Stop, api_stops, frame_stops, picture_stops
from tests.leaks.walk import at_level

#: Of kinds that give words, those that say what the catalogue says: which forms there are, where.
WITHOUT_WORDS = {
    "fhir/R5/DocumentReference",
    "fhir/R5/DocumentReference/<str:given>",
}


def reads() -> int:
    return UsageCount.objects.aggregate(total=Sum("count"))["total"] or 0


def stops_of_one(scene: Scene) -> list[Stop]:
    stops = [s for s in api_stops(scene.planted, paper=False) if s.place.spot == ("knee", "en")]
    pictures = [
        stop
        for stop in picture_stops(scene.planted, scene.people)
        if stop.place.spot == ("knee", "en")
    ]
    frames = [stop for stop in frame_stops(scene.people) if stop.place.leaflet == "knee"]
    return [*stops, *pictures, *frames]


def test_every_answer_with_words_or_photos_is_counted(scene: Scene) -> None:
    client, counted = scene.people.readers["all-en"].client(), set()
    with at_level("catalogue"):
        for stop in stops_of_one(scene):
            before = reads()
            answer = client.get(stop.path, headers=dict(stop.headers))
            kinds = {canary.kind for canary in scene.planted.register.found_in(answer)}
            given = stop.place.given
            if kinds & {TEXT, PHOTO} and (given is None or given.licence):
                assert reads() > before, stop.path
                framed = stop.place.kind is Kind.FRAME
                route = resolve(stop.path.partition("?")[0]).route
                counted.add("embed/<number>/" if framed else route)
    giving = {Kind.LEAFLET, Kind.MANY, Kind.PICTURE, Kind.FRAME}
    expected = {route for route, kind in {**ADDRESSES, **BELOW}.items() if kind in giving}
    assert expected - WITHOUT_WORDS - counted == set()
