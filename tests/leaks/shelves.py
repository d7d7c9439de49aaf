"""Addresses that give words of many leaflets at once, and pages of partners who are signed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from patientinfo.channels.registry import channels
from patientinfo.licensing.request_models import PermissionRequest
from tests.leaks.addresses import Kind
from tests.leaks.oracle import Place
from tests.leaks.places import PAPERS, WITH_SOURCE, Stop
from tests.leaks.readers import People

PORTAL = frozenset({"portal"})
_QUESTIONS = (
    "mainSearchCriteria.v.dn=about&informationRecipient.languageCode.c=en",
    "mainSearchCriteria.v.dn=knee&informationRecipient.languageCode.c=nl",
    "mainSearchCriteria.v.c=M79.1&mainSearchCriteria.v.cs=2.16.840.1.113883.6.3",
)
_SCRIPT = "application/javascript&callback=show"


def record_stops() -> Iterator[Stop]:
    """Health records' lists: whole, of a language, of a code, in every form."""
    place = Place(Kind.MANY, uses=PORTAL)
    for kind in ("Composition", "DocumentReference"):
        for query in ("", "?language=nl", "?_count=3&_offset=2", "?code=M79.1", "?use=portal"):
            yield Stop(f"/fhir/R5/{kind}{query}", place)
    for question in _QUESTIONS:
        for form in ("text/xml", "application/json", _SCRIPT):
            yield Stop(f"/infobutton?{question}&knowledgeResponseType={form}", place)


def bundle_stops(path: str = "/api/v1/bundle/", kind: Kind = Kind.MANY, **more: str) -> list[Stop]:
    """The whole bundle, once for the forms that serve the same uses; paper is walked elsewhere."""
    forms: dict[tuple[frozenset[str], str], list[str]] = defaultdict(list)
    for name, channel in channels().items():
        if name not in PAPERS:
            beside = "en" if name in WITH_SOURCE else ""
            forms[frozenset(map(str, channel.uses)), beside].append(name)
    return [
        Stop(
            f"{path}?{'&'.join(f'channel={name}' for name in names)}",
            Place(kind, uses=uses, beside=beside, with_letter=True, **more),
        )
        for (uses, beside), names in forms.items()
    ]


def partner_stops(people: People, *licences: str) -> Iterator[Stop]:
    """Everything of these licences and of the one request that a partner's pages show."""
    uid = PermissionRequest.objects.get().uid
    for path in ("requests/", f"requests/{uid}/", "ask/", f"ask/{uid}/"):
        yield Stop(f"/en/partners/{path}", Place(Kind.PARTNER))
    for name in licences:
        number, place = people.numbers[name], Place(Kind.PARTNER, licence=name)
        page = f"/en/partners/licences/{number}/"
        key = "0123456789AB"
        for path in ("", "keys/", f"keys/{key}/rotate/", f"keys/{key}/revoke/"):
            yield Stop(f"{page}{path}", place)
        yield Stop(f"/en/partners/ask/?renews={number}", place)
        yield from bundle_stops(f"{page}bundle/", Kind.PARTNER, licence=name)[:5]
