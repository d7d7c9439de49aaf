"""
Image files: each address is signed for whom it was given to, and the guard is asked each time.

An address outlives nothing: when the key or the licence ends, the leaflet is withdrawn, its level
changes or the picture is taken out of it, the next request for the file is a 404, as for an address
that nobody ever made.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from patientinfo.editions.image_files import INERT, MissingFile, read_image, suffix_of, widths_of
from patientinfo.editions.models import CatalogueEntry, Edition, Redaction
from patientinfo.licensing import pictures, usage
from patientinfo.licensing.credentials import frozen_terms
from patientinfo.licensing.cutting import cut_document
from patientinfo.licensing.guard import Asked, Facts, Grant, Use, decide, facts_of
from patientinfo.licensing.models import AccessKey, Licence, LicenceState
from patientinfo.licensing.picture_rights import stamped
from patientinfo.throttling.doors import throttled

Json = dict[str, Any]

logger = logging.getLogger(__name__)

#: What anybody may see, anybody's cache may keep for an hour.
FOR_ALL = "public, max-age=3600"
FOR_ONE = "private, no-cache"


@throttled
@require_safe
def serve_picture(request: HttpRequest, given: str, image: str, name: str) -> HttpResponse:
    """One size of one image of an Edition. Every failure is the same 404."""
    opened = pictures.opened(given)
    if opened is None:
        raise Http404
    document = _document(UUID(opened.key), opened.locale, opened.number)
    entry = _entry(opened)
    if opened.audience == pictures.READER and entry.number != opened.number:
        document = _still_shown(document, entry, image)
    now = timezone.now()
    grant, licence_id = _grant_of(opened.audience, now)
    facts = _facts(document, entry)
    found = _allowed_image(document, facts, grant, Asked(_use(opened.audience), now), image)
    width = {f"{width}.{suffix_of(found)}": width for width in widths_of(found)}.get(name)
    if width is None:
        raise Http404
    response = _answer(request, found, width, opened.audience)
    if licence_id is not None:
        read = (licence_id, now.date(), opened.key, opened.locale, opened.number)
        usage.METER.count(usage.Read(*read, usage.PICTURE))
    return response


def _use(audience: str) -> Use:
    """For what the answer was that the address stood in."""
    if audience == pictures.READER:
        return Use.READER
    by_program = audience == pictures.PUBLIC or audience.startswith(pictures.KEY_PREFIX)
    return Use.API if by_program else Use.WEBSITE


def _document(key: UUID, locale: str, number: int) -> Json:
    text = (
        Edition.objects.filter(key=key, locale=locale, number=number)
        .order_by()
        .values_list("document", flat=True)
        .first()
    )
    if text is None:
        raise Http404
    document: Json = orjson.loads(text)
    return document


def _allowed_image(
    document: Json, facts: Facts, grant: Grant | None, asked: Asked, image: str
) -> Json:
    """The image's member of the Document, if the guard lets it through under the grant today."""
    decision = decide(grant, facts, asked)
    cut = cut_document(document, decision, timezone.localdate())
    allowed = {str(member["id"]): dict(member) for member in cut.images}
    if image not in allowed:
        raise Http404
    return allowed[image]


def _entry(opened: pictures.Pass) -> CatalogueEntry:
    entry = CatalogueEntry.objects.of_leaflet(opened.key).in_locale(opened.locale).first()
    if entry is None:
        raise Http404
    return entry


def _still_shown(document: Json, entry: CatalogueEntry, image: str) -> Json:
    """
    Our pages show the newest Edition alone. One that is still open may be of an earlier one, so its
    picture is given while the newest has the same; one that was taken out goes from readers too.
    """
    newest = entry.edition.data
    then, today = _digest_in(document, image), _digest_in(newest, image)
    if then is None or then != today:
        raise Http404
    return newest


def _digest_in(document: Json, image: str) -> str | None:
    return next((str(i["digest"]) for i in document["images"] if i["id"] == image), None)


def _facts(document: Json, entry: CatalogueEntry) -> Facts:
    """How the Edition stands. Programs have earlier Editions at their own numbers for good."""
    key, locale, number = document["key"], document["locale"], document["edition"]
    newest = entry.number == number
    status = entry.status if newest else "current"
    if Redaction.objects.filter(key=key, locale=locale, edition=number).exists():
        status = "redacted"
    return facts_of(entry.level, status, key=key, locale=locale, number=number, newest=newest)


def _grant_of(audience: str, now: datetime) -> tuple[Grant | None, int | None]:
    """
    The grant that an address was made under, as it stands now, and its licence; 404 when it gives
    nothing.
    """
    if audience in {pictures.READER, pictures.PUBLIC}:
        return None, None
    if audience.startswith(pictures.KEY_PREFIX):
        named = AccessKey.objects.filter(pk=audience.removeprefix(pictures.KEY_PREFIX))
        key = named.select_related("licence").first()
        if key is None or not key.usable_at(now):
            raise Http404
        if key.licence is None:
            return Grant("", "active", None), None
        licence: Licence | None = key.licence
    else:
        licence = Licence.objects.filter(number=audience).first()
    if licence is None or not _runs(licence, now):
        raise Http404
    terms = frozen_terms(licence.pk, licence.terms_digest)
    return Grant(licence.number, licence.state, terms), licence.pk


def _runs(licence: Licence, now: datetime) -> bool:
    return licence.starts_at <= now and licence.state_at(now) == LicenceState.ACTIVE


def _answer(request: HttpRequest, image: Json, width: int, audience: str) -> HttpResponse:
    try:
        data = stamped(read_image(image, width), image)
    except MissingFile as error:
        logger.error("%s", error)  # noqa: TRY400 - where it came from is no news
        raise Http404 from error
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    response = HttpResponse(data, content_type=image["mime"])
    response["ETag"] = etag
    everybody = audience in {pictures.READER, pictures.PUBLIC}
    response["Cache-Control"] = FOR_ALL if everybody else FOR_ONE
    for name, value in INERT.items():
        response[name] = value
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return get_conditional_response(request, etag=etag, response=response) or response
