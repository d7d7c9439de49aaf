"""
Addresses of the FHIR server, mounted by the project under `/fhir/`.

They have no slash at their end, as FHIR has it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import path, re_path

from patientinfo.api.addresses import READ, guarded
from patientinfo.api.fhir import views
from patientinfo.api.fhir.outcomes import as_outcome


def _read(view: Callable[..., HttpResponse]) -> Any:
    return guarded(view, (*READ, "OPTIONS"), as_outcome)


def _resources(kind: str) -> list[Any]:
    search = partial(views.search_resources, kind=kind)
    read = partial(views.read_resource, kind=kind)
    return [
        path(f"R5/{kind}", _read(search), name=f"patientinfo_fhir_{kind}_search"),
        path(f"R5/{kind}/<str:given>", _read(read), name=f"patientinfo_fhir_{kind}"),
    ]


urlpatterns = [
    path("R5/metadata", _read(views.show_capability), name="patientinfo_fhir_metadata"),
    path(
        "R5/Composition/<str:given>/$document",
        _read(views.read_document),
        name="patientinfo_fhir_document",
    ),
    *_resources("Composition"),
    *_resources("DocumentReference"),
    re_path(r"^(?P<path>.*)$", _read(views.not_here)),
]
