"""The addresses that are asked, each with what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from patientinfo.channels.fhir.elements import resource_id
from patientinfo.channels.registry import channels
from patientinfo.editions.models import Edition
from patientinfo.licensing.pictures import READER, Pass, picture_templates, sealed
from patientinfo.licensing.request_models import PermissionRequest
from tests.leaks.addresses import ADDRESSES, Kind, kind_of
from tests.leaks.clinic import Planted
from tests.leaks.oracle import Place
from tests.leaks.readers import People, Reader
from tests.leaks.routes import address_of, routes

#: Leaflet and language; the last two were never issued.
SPOTS = (
    ("knee", "en"),
    ("knee", "nl"),
    ("hip", "en"),
    ("hip", "nl"),
    ("shelf", "en"),
    ("page", "en"),
    ("open", "en"),
    ("gone", "en"),
    ("knee", "de"),
    ("secret", "en"),
)
#: Where paper is asked for too: typesetting and reading it takes longer than all else.
PAPER = {("knee", "en"), ("hip", "nl")}
PAPERS = {"pdf", "large-print"}
#: Files for translators hold the words of the original too.
WITH_SOURCE = {"po", "xliff"}
#: Share a media type with another channel, or with what browsers ask for: by their profile only.
_BY_PROFILE = {"large-print", "sms", "fragment", "html"}
#: Forms that are asked for at the number of an edition: with pictures, with words, with neither.
_AT_NUMBERS = {"screen", "text", "jsonld"}
#: The licences whose addresses of pictures are tried.
_ADDRESSED = (
    "text-nl", "all-en", "one-leaflet", "pinned", "print", "revoked", "expired", "revoked-key"
)  # fmt: skip
_FRAMED = ("text-nl", "all-en", "print", "revoked", "revoked-key")


class Stop(NamedTuple):
    """One address of the walk, what it is about, and the headers that choose a form of it."""

    path: str
    place: Place
    headers: Mapping[str, str] = {}


def api_stops(planted: Planted, *, paper: bool) -> list[Stop]:
    """Every address that gives programs words of leaflets, in every form."""
    return [stop for spot in SPOTS for stop in _of_leaflet(planted, *spot, paper=paper)]


def _of_leaflet(planted: Planted, leaflet: str, locale: str, *, paper: bool) -> Iterator[Stop]:
    root = f"/api/v1/pages/{planted.key(leaflet)}/"
    here = f"{root}{locale}/"
    place = Place(Kind.LEAFLET, leaflet, locale)
    yield Stop(here, place)
    yield Stop(f"/api/v1/pages/find/?html_path=/{locale}/{leaflet}/", place)
    yield Stop(f"{here}?use=print", Place(Kind.LEAFLET, leaflet, locale, uses=frozenset({"print"})))
    yield Stop(f"{here}?territory=BE", place)
    yield Stop(root, place, {"Accept-Language": locale})
    yield Stop(f"{here}editions/", Place(Kind.LIST, leaflet, locale))
    for number in (1, 2, 3):
        yield Stop(f"{here}editions/{number}/", Place(Kind.LEAFLET, leaflet, locale, number))
    for name, channel in channels().items():
        if name in PAPERS and not (paper and (leaflet, locale) in PAPER):
            continue
        made = Place(
            Kind.LEAFLET,
            leaflet,
            locale,
            uses=frozenset(map(str, channel.uses)),
            beside="en" if name in WITH_SOURCE else "",
        )
        yield Stop(f"{here}renditions/{name}/", made)
        if name in _AT_NUMBERS:
            for number in (1, 2):
                at_number = replace(made, numbered=number)
                yield Stop(f"{here}editions/{number}/renditions/{name}/", at_number)
        if leaflet == "knee":
            yield from _by_accept(root, made, name, channel.media_type)
    yield from _of_health_records(planted, leaflet, locale)
    asked = f"leaflet={leaflet}&locale={locale}&channel=text"
    yield Stop(f"/api/v1/bundle/?{asked}", Place(Kind.LEAFLET, leaflet, locale, with_letter=True))
    if locale == "de":
        stand_in = Place(Kind.LEAFLET, leaflet, "en")
        yield Stop(f"{here}?fallback=source", stand_in)


def _by_accept(root: str, place: Place, name: str, media_type: str) -> Iterator[Stop]:
    """A channel at the leaflet's own address, by its media type and, or, its profile."""
    if name in PAPERS - _BY_PROFILE:
        return
    profiled = f'{media_type.partition(";")[0]};profile="urn:channel:patientinfo:{name}"'
    yield Stop(f"{root}{place.locale}/", place, {"Accept": profiled})
    if name not in _BY_PROFILE:
        yield Stop(f"{root}{place.locale}/", place, {"Accept": media_type})
        yield Stop(root, place, {"Accept": media_type, "Accept-Language": place.locale})


def _of_health_records(planted: Planted, leaflet: str, locale: str) -> Iterator[Stop]:
    place = Place(Kind.LEAFLET, leaflet, locale, uses=frozenset({"portal"}))
    given = resource_id(str(planted.key(leaflet)), locale)
    for kind in ("Composition", "DocumentReference"):
        yield Stop(f"/fhir/R5/{kind}/{given}", place)
        yield Stop(f"/fhir/R5/{kind}?_id={given}", place)
    yield Stop(f"/fhir/R5/Composition/{given}/$document", place)
    named = f"mainSearchCriteria.v.dn={leaflet}&informationRecipient.languageCode.c={locale}"
    yield Stop(f"/infobutton?{named}&knowledgeResponseType=application/json", place)
    yield Stop(f"/infobutton/?{named}&knowledgeResponseType=text/xml", place)
    script = "&knowledgeResponseType=application/javascript&callback=show"
    yield Stop(f"/infobutton?{named}{script}", place)


def list_stops() -> list[Stop]:
    """Lists, and what is asked of them."""
    queries = ("", "?locale=nl", "?order=-updated_at", "?search=knee", "?limit=3&offset=2")
    place = Place(Kind.LIST)
    return [*(Stop(f"/api/v1/pages/{q}", place) for q in queries), Stop("/api/v1/locales/", place)]


def reader_stops(*, whole: bool) -> list[Stop]:
    """Pages for people; and, for a whole walk, all that can be tried on them or taken home."""
    found = [Stop(f"/{locale}/", Place(Kind.READER, locale=locale)) for locale in ("en", "nl")]
    for leaflet, locale in SPOTS:
        place, path = Place(Kind.READER, leaflet, locale), f"/{locale}/{leaflet}/"
        found.append(Stop(path, place))
        if not whole:
            continue
        tricks = ("?preview=1", "?format=json", "?mode=pdf", "?edition=1", "edition/1/")
        found += [Stop(path + trick, place) for trick in tricks]
        found.append(Stop(path, place, {"Accept": "application/json"}))
        for name in channels():
            if name not in PAPERS or (leaflet, locale) in PAPER:
                found.append(Stop(f"{path}download/{name}/", place))
        found += [Stop(path + below, place) for below in ("embed/", "screen/", "screen/slides/")]
    return found


def frame_stops(people: People) -> list[Stop]:
    """The frame of each leaflet under each of several licences, whoever opens it."""
    found = []
    for leaflet, locale in SPOTS:
        for name, number in people.numbers.items():
            place = Place(
                Kind.FRAME,
                leaflet,
                locale,
                uses=frozenset({"website"}),
                given=people.holder_of(name),
                licence=name,
            )
            found.append(Stop(f"/{locale}/{leaflet}/embed/{number}/", place))
    return found


def proof_stops(people: People) -> list[Stop]:
    """What everybody may know of each licence."""
    found = []
    for name, number in people.numbers.items():
        proof, root = Place(Kind.PROOF, licence=name), f"/permissions/{number}"
        found += [
            Stop(f"{root}/", proof),
            Stop(f"{root}/", proof, {"Accept": "application/json"}),
            Stop(f"{root}.json", proof),
            Stop(f"{root}/proof.jws", proof),
            Stop(f"/permissions/?number={number}", proof),
        ]
    return found


def private_stops(people: People) -> list[Stop]:
    """The letter and the policy of each licence."""
    return [
        Stop(f"/permissions/{number}/{form}", Place(Kind.PARTIES, licence=name))
        for name, number in people.numbers.items()
        for form in ("licence.jsonld", "letter.pdf")
    ]


def picture_stops(planted: Planted, people: People) -> list[Stop]:
    """
    An address for everybody of every photo of every Edition, whether it was ever given or not. They
    are made here, as nobody outside can, so the guard alone stands before the file.
    """
    for_frames = frozenset({"website"})
    whose: dict[str, tuple[Reader, frozenset[str] | None]] = {
        READER: (Reader("reader"), None),
        "public": (people.public, None),
        "key-999999": (Reader("unknown", refused=True), None),
        "P26-0000-0000": (Reader("unknown", refused=True), None),
        **{f"key-{people.keys[name]}": (people.readers[name], None) for name in _ADDRESSED},
        f"key-{people.keys['channel']}": (people.readers["channel"], None),
        **{people.numbers[name]: (people.holder_of(name), for_frames) for name in _FRAMED},
    }
    return [
        stop
        for edition in Edition.objects.all()
        for audience, (given, uses) in whose.items()
        for stop in _pictures(planted, edition, audience, given, uses)
    ]


def _pictures(
    planted: Planted, edition: Edition, audience: str, given: Reader, uses: frozenset[str] | None
) -> Iterator[Stop]:
    leaflet = planted.leaflets[str(edition.key)]
    place = Place(Kind.PICTURE, leaflet, edition.locale, edition.number, uses=uses, given=given)
    seal = sealed(Pass(audience, str(edition.key), edition.locale, edition.number))
    for image in edition.data["images"]:
        path = list(picture_templates(image).values())[-1]
        yield Stop(path.replace("__pass__", seal), place)


def _values(planted: Planted, people: People) -> dict[str, object]:
    """A value for every parameter of a route: what is really there, where that can be."""
    pages, number = planted.pages, people.numbers["all-en"]
    secret = pages["secret"]
    image = planted.images["ours"]
    digest = Edition.objects.all()[0].data["images"][0]["digest"].removeprefix("sha256:")
    ids = ("page_id", "parent_page_id", "page_to_move_id", "parent_id", "pk", "object_id")
    return {
        **dict.fromkeys(ids, secret.pk),
        "revision_id": secret.latest_revision_id,
        "image_id": image.pk,
        "number": number,
        "key": secret.translation_key,
        "locale": "en",
        "channel": "text",
        "digest": digest,
        "uid": PermissionRequest.objects.get().uid,
        "name": image.file.name,
        "given": "reader.x",
        "image": "x",
        "app_label": "patientinfo",
        "content_type_app_name": "patientinfo",
        "model_name": "leafletpage",
        "content_type_model_name": "leafletpage",
        "type": "patientinfo.glossaryterm",
        "type_name": "patientinfo.LeafletPage",
        "filter_spec": "max-400x400",
        "action_name": "publish",
        "action": "delete",
    }


def stops_of_routes(
    planted: Planted, people: People, *kinds: Kind, named: bool = False
) -> list[Stop]:
    """An address on every route of these kinds; `named`: of those alone that the table names."""
    values = _values(planted, people)
    found = {}
    for route in routes():
        kind = kind_of(route.spelling, route.module)
        if kind in kinds and (route.spelling in ADDRESSES or not named):
            prefix = "en/" if route.spelling.startswith(("_util/", "^((", "partners/")) else ""
            address = address_of(prefix + route.spelling, values)
            found[address] = Stop(address, Place(kind, licence="all-en"))
    return list(found.values())
