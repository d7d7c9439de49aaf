"""`/api/v1/translations/`: files to translators and back. Each address asks who it is first."""

from __future__ import annotations

import uuid
from typing import Any, BinaryIO, cast

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router

from patientinfo.api.authoring import downloads, shapes, uploads
from patientinfo.api.authoring.contract import FILE_BODY
from patientinfo.api.authoring.tokens import EditorToken
from patientinfo.api.errors import Problem
from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import TMX, check_size, ending, read_file
from patientinfo.exchange.memory import import_memory_file
from patientinfo.exchange.results import Fate, Imported
from patientinfo.formats.exchange import FileRefused
from patientinfo.translation.rights import Act, languages_of

router = Router(tags=["translations"], auth=EditorToken())


@router.get("/", operation_id="export_translations")
def export_translations(
    request: HttpRequest, asked: Query[shapes.ExportAllQuery]
) -> HttpResponseBase:
    """
    Every leaflet's file in one language, or in all that you work on, as a ZIP that is made while it
    is sent. What could not be exported is named in `NOT-EXPORTED.txt`.
    """
    return downloads.archive(
        asked.format, downloads.allowed_languages(_user(request), asked.locale)
    )


@router.get("/{uuid:key}/{locale}/", operation_id="export_translation")
def export_translation(
    request: HttpRequest, key: uuid.UUID, locale: str, asked: Query[shapes.ExportQuery]
) -> HttpResponse:
    """One leaflet's file in one language, made from the current edition of its source."""
    downloads.allowed_languages(_user(request), locale)
    return downloads.single(asked.format, key, locale)


@router.post(
    "/",
    response=shapes.ImportedFile,
    operation_id="import_translation",
    openapi_extra={"requestBody": FILE_BODY},
)
def import_translation(request: HttpRequest, how: Query[shapes.ImportQuery]) -> HttpResponse:
    """
    Takes in a file that a translator has sent back, whole or not at all, into the store; its
    page stays as it is until somebody signs it off. The file itself names its leaflet,
    language and source edition.
    """
    file = uploads.sent_file(request)
    name = str(file.name)
    try:
        check_size(name, file.size or 0)
        imported = import_file(
            read_file(file.read(), name),
            name,
            user=_user(request),
            dry_run=how.dry_run,
            keep_rest=how.keep_rest,
        )
    except FileRefused as error:
        raise uploads.refused(name, error.problems) from error
    return _answer(_told(imported, dry_run=how.dry_run))


@router.post(
    "/memory/",
    response=shapes.ImportedMemory,
    operation_id="import_memory",
    openapi_extra={"requestBody": FILE_BODY},
)
def import_memory(request: HttpRequest, how: Query[shapes.MemoryQuery]) -> HttpResponse:
    """
    Takes a TMX file into the translation memory, in the languages that you check: what is in the
    memory is taken as right.
    """
    user = _user(request)
    if languages_of(user, Act.CHECK) == set():
        raise Problem("forbidden", "You do not check translations.")
    file = uploads.sent_file(request)
    name = str(file.name)
    try:
        if ending(name) != f".{TMX}":
            raise Problem("bad-request", "A translation memory is a TMX file, and ends in .tmx.")
        found = import_memory_file(cast("BinaryIO", file), name, user=user, dry_run=how.dry_run)
    except FileRefused as error:
        raise uploads.refused(name, error.problems) from error
    counts = {
        "units": found.units,
        "new": found.new,
        "left_out": found.left_out,
        "not_allowed": found.not_allowed,
    }
    return _answer({"dry_run": how.dry_run, **counts})


def _user(request: HttpRequest) -> Any:
    """The owner of the token; a session's user never gets here."""
    return request.auth.user  # type: ignore[attr-defined]


def _told(imported: Imported, *, dry_run: bool) -> dict[str, Any]:
    fates = [outcome.fate for outcome in imported.outcomes]
    merge = imported.merge and {
        "edition": imported.merge.edition,
        "current_edition": imported.merge.current,
        "changed": imported.merge.changed,
    }
    return {
        "dry_run": dry_run,
        "key": imported.key,
        "locale": imported.locale,
        "title": imported.title,
        "source_edition": imported.edition,
        "merge": merge,
        "new_page": imported.new_page,
        "counts": {
            **{str(fate): fates.count(fate) for fate in Fate},
            "drafts": imported.drafts,
            "comments": imported.comments,
            "absent": imported.absent,
        },
        "units": [
            {"unit": one.path, "line": one.line, "outcome": one.fate, "reason": one.reason}
            for one in imported.outcomes
        ],
    }


def _answer(body: dict[str, Any]) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(body), content_type="application/json", headers=downloads.PRIVATE
    )
