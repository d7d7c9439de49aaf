"""A leaflet for whoever asks, as a FHIR resource: what the guard lets through, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from patientinfo.api import rendering
from patientinfo.channels.fhir.composition import composition_of
from patientinfo.channels.fhir.elements import Json, filled
from patientinfo.channels.fhir.reference import Form, page_of, reference_of
from patientinfo.channels.registry import channels
from patientinfo.channels.renditions import Order
from patientinfo.conf import public_url

BASE = "/fhir/R5/"


def base_url() -> str:
    return public_url(BASE.rstrip("/"))


def composition(order: Order) -> Json:
    return composition_of(order.document, order.sheet)


def reference(order: Order) -> Json:
    """The page that people read, and every form that a key can fetch from the API."""
    return reference_of(order.document, order.sheet, [*page_of(order.sheet), *_forms(order)])


def _forms(order: Order) -> Iterable[Form]:
    document = order.document
    root = public_url(rendering.detail_path(document["key"], document["locale"]))
    return [
        Form(f"{root}renditions/{found.name}/", found.media_type.partition(";")[0])
        for found in channels().values()
        if found.gives(document)
    ]


#: The types that hold a leaflet's words; the others say what the catalogue says.
WITH_WORDS = {"Composition"}
#: Type of resource → how it is made.
RESOURCES: dict[str, Callable[[Order], Json]] = {
    "Composition": composition,
    "DocumentReference": reference,
}


def searchset(made: Iterable[Json], total: int, links: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A Bundle of the type `searchset`; `links` are relations and query strings with their path."""
    entries = [
        {
            "fullUrl": f"{base_url()}/{resource['resourceType']}/{resource['id']}",
            "resource": resource,
            "search": {"mode": "match"},
        }
        for resource in made
    ]
    urls = [{"relation": name, "url": f"{base_url()}/{where}"} for name, where in links]
    return filled(
        {
            "resourceType": "Bundle",
            "type": "searchset",
            "total": total,
            "link": urls,
            "entry": entries,
        }
    )
