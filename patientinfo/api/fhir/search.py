"""
What a search asks for (https://hl7.org/fhir/R5/search.html), and the leaflets that answer it.

Values between commas are alternatives, a repeated parameter has to hold each time. A parameter that
is not known here is refused, not passed over: the answer would be to another question.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from patientinfo.api.errors import Problem
from patientinfo.api.filters import MAX_OFFSET
from patientinfo.api.readers import PARAMETERS
from patientinfo.channels.fhir.elements import parsed_id
from patientinfo.editions.compiled_query import storable
from patientinfo.editions.models import CatalogueEntry, CatalogueQuerySet, CatalogueTerm, Status

MOST, USUAL = 50, 20
#: Search parameter → its type in FHIR and what it is about, as the CapabilityStatement says it.
DECLARED = {
    "_id": ("token", "A leaflet in one language"),
    "_language": ("token", "The language, as `language`"),
    "language": ("token", "The language of the words"),
    "category": ("token", "A clinical code that the leaflet is about: `system|code`, or the code"),
    "code": ("token", "The same"),
}
_FORMATS = {"json", "application/json", "application/fhir+json"}
_READABLE = (Status.CURRENT, Status.BEHIND, Status.AHEAD)


@dataclass
class Search:
    """What is asked for; `wanted` has to hold in each of its conditions."""

    asked: list[tuple[str, str]]
    count: int = USUAL
    offset: int = 0
    wanted: list[Q] = field(default_factory=list)

    def entries(self) -> CatalogueQuerySet:
        """What the catalogue has of it, as far as it may be shown to anybody at all."""
        found = CatalogueEntry.objects.filter(status__in=_READABLE)
        for condition in self.wanted:
            found = found.filter(condition)
        return found.select_related("edition").order_by("title", "locale", "pk")

    def query(self, offset: int) -> str:
        """The same search from another place on."""
        return urlencode([*self.asked, ("_count", self.count), ("_offset", offset)])


def search_of(parameters: QueryDict) -> Search:
    """The search of a query string; `Problem` for what is not understood."""
    search = Search([])
    for name, values in parameters.lists():
        if name in _CONDITIONS:
            search.asked += [(name, value) for value in values]
            search.wanted += [_CONDITIONS[name](name, value) for value in values]
        elif name == "_count":
            search.count = min(_number(name, values[-1], MAX_OFFSET), MOST)
        elif name == "_offset":
            search.offset = _number(name, values[-1], MAX_OFFSET)
        elif name == "_format":
            prove_format(values[-1])
        elif name not in PARAMETERS and name != "_pretty":
            raise _unknown(name)
    return search


def prove_format(given: str) -> None:
    if given.replace(" ", "+") not in _FORMATS:
        raise Problem("invalid-value", "_format: only JSON is given.", parameter="_format")


def _unknown(name: str) -> Problem:
    return Problem(
        "unknown-parameter",
        f"{name[:40]!r} is no search parameter here. There are: {', '.join(DECLARED)}.",
        parameter=name[:40],
    )


def _number(name: str, given: str, most: int) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 12 and int(given) <= most):
        raise Problem("invalid-value", f"{name} has to be a number from 0.", parameter=name)
    return int(given)


def _ids(name: str, value: str) -> Q:
    found = Q(pk__in=())
    for given in value.split(","):
        if parsed := parsed_id(given):
            found |= Q(key=uuid.UUID(parsed[0]), locale=parsed[1])
    return found


def _languages(name: str, value: str) -> Q:
    return Q(locale__in=[storable(_code(given)) for given in value.split(",")])


def _code(token: str) -> str:
    """The code of a token whose system is known already."""
    return token.rpartition("|")[2]


def _codes(name: str, value: str) -> Q:
    full, bare = [], []
    for token in map(storable, value.split(",")):
        system, bar, code = token.rpartition("|")
        if not code:
            raise Problem("invalid-value", f"{name}: {token[:80]!r} has no code.", parameter=name)
        if bar and system:
            full.append(token)
        else:
            bare.append(code)
    terms = CatalogueTerm.objects.filter(entry=OuterRef("pk"), kind="code")
    return Q(Exists(terms.filter(Q(value__in=full) | Q(label__in=bare))))


_CONDITIONS: dict[str, Callable[[str, str], Q]] = {
    "_id": _ids,
    "_language": _languages,
    "language": _languages,
    "category": _codes,
    "code": _codes,
}
