"""A leaflet in the form that somebody needs: paper, an e-book, plain text."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from ninja import Router

from patientinfo.api import refusals, renditions, rows
from patientinfo.api.rows import Row

router = Router(tags=["renditions"])


@router.get("/{uuid:key}/{locale}/renditions/{channel}/", operation_id="get_rendition")
def get_rendition(request: HttpRequest, key: uuid.UUID, locale: str, channel: str) -> HttpResponse:
    """
    The current edition's bytes in a channel. Whatever a reader must be able to see stands in them:
    edition, state, people, rights; and what was left out.
    """
    wanted = renditions.channel_named(channel)
    return renditions.answer(request, _row(key, locale), wanted)


@router.get(
    "/{uuid:key}/{locale}/editions/{int:number}/renditions/{channel}/",
    operation_id="get_edition_rendition",
)
def get_edition_rendition(
    request: HttpRequest, key: uuid.UUID, locale: str, number: int, channel: str
) -> HttpResponse:
    """
    An edition's bytes in a channel, until it is withdrawn: for a licence that names this edition
    and does not follow later ones. They say that it is an earlier one when it is.
    """
    wanted = renditions.channel_named(channel)
    return renditions.answer_numbered(request, _row(key, locale), number, wanted)


def _row(key: uuid.UUID, locale: str) -> Row:
    row = rows.row_of(key, locale)
    if row is None:
        raise refusals.not_in_language(key, locale, rows.rows_of(key))
    return row
