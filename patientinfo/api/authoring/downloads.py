"""What a translators' program is given: one file, or an archive of many that is made as it goes."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from patientinfo.api import refusals
from patientinfo.api.answers import EVERYBODY
from patientinfo.api.errors import Problem
from patientinfo.editions.models import CatalogueEntry
from patientinfo.exchange.archive import zip_chunks
from patientinfo.exchange.export import FORMATS, NotExported
from patientinfo.exchange.kinds import KINDS, TMX
from patientinfo.exchange.selection import Selection, language_codes
from patientinfo.translation.rights import languages_worked_on

#: Nobody keeps a draft: not a browser, not a cache on the way.
PRIVATE = {**EVERYBODY, "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}

MEDIA_TYPES = {
    **{name: kind.media_type for name, kind in KINDS.items()},
    TMX: "application/x-tmx+xml",
    "json": "application/json",
}
ZIP = "application/zip"


def allowed_languages(user: Any, locale: str | None) -> frozenset[str]:
    """The languages to export: `locale`, or all that `user` works on. Problems for any other."""
    known = language_codes()
    works_on = languages_worked_on(user)
    allowed = [code for code in known if works_on is None or code in works_on]
    if locale is not None and locale not in known:
        raise Problem("no-such-language", f"The site has no {locale[:40]!r}.", locales=known)
    if not allowed or (locale is not None and locale not in allowed):
        raise Problem(
            "forbidden",
            f"You do not work on translations into {locale[:40]!r}."
            if locale is not None
            else "You do not work on translations.",
            locales=allowed,
        )
    return frozenset(allowed if locale is None else [locale])


def archive(kind: str, locales: frozenset[str]) -> HttpResponseBase:
    """Every leaflet's file in these languages."""
    files = FORMATS[kind](Selection(locales=locales))
    name = f"translations-{kind}.zip"
    return StreamingHttpResponse(
        zip_chunks(files), content_type=ZIP, headers={**PRIVATE, **_attached(name)}
    )


def single(kind: str, key: uuid.UUID, locale: str) -> HttpResponse:
    """One leaflet's file in one language."""
    selection = Selection(keys=frozenset({key}), locales=frozenset({locale}))
    file = next(iter(FORMATS[kind](selection)), None)
    if file is None:
        raise _nothing(kind, key, locale)
    if isinstance(file, NotExported):
        raise Problem("not-exportable", f"{file.name}: {file.reason}")
    return HttpResponse(
        file.data, content_type=MEDIA_TYPES[kind], headers={**PRIVATE, **_attached(file.name)}
    )


def _nothing(kind: str, key: uuid.UUID, locale: str) -> Problem:
    """Why there is no such file: no leaflet, no Document, or the language it is written in."""
    there = list(
        CatalogueEntry.objects.available().filter(key=key).values_list("locale", flat=True)
    )
    if not there:
        return refusals.no_such_leaflet(key)
    detail = (
        f"This leaflet is not there in {locale!r}."
        if kind == "json"
        else f"This leaflet is written in {locale!r}; there is nothing to translate."
    )
    return Problem("no-such-language", detail, locales=sorted(there))


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": str(content_disposition_header(True, name))}
