"""Every route of the site from Django's resolver, and addresses made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

_LANGUAGE = re.compile(r"^en/")
_PARAMETER = re.compile(r"<(?:(?P<type>\w+):)?(?P<name>\w+)>")
_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")
_BARE = re.compile(r"[\^$\\]")


class Route(NamedTuple):
    """One route: how it is spelt, and the module whose code answers."""

    spelling: str
    module: str


def routes(urlconf: str | None = None) -> list[Route]:
    """All of them, each once."""
    return list(dict.fromkeys(_walk(get_resolver(urlconf), "")))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        spelling = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, spelling)
        elif isinstance(pattern, URLPattern):
            view: Any = pattern.callback
            module = getattr(view, "__module__", type(view).__module__)
            yield Route(_LANGUAGE.sub("", spelling), module)


def address_of(route: str, values: Mapping[str, Any]) -> str:
    """
    An address on a route. Parameters are taken from `values` by name, else `1`; regular expressions
    lose their signs.
    """

    def fill(match: re.Match[str]) -> str:
        return str(values.get(match["name"], 1))

    return "/" + _BARE.sub("", _GROUP.sub(fill, _PARAMETER.sub(fill, route)))
