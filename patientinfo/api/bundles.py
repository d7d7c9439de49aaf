"""Bundles over the API: for a licence's key what it covers, for the clinic's own everything."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils import timezone

from patientinfo.api.errors import Problem
from patientinfo.api.readers import Reader
from patientinfo.bundles.answers import bundle_response
from patientinfo.bundles.making import Bundle
from patientinfo.bundles.orders import editors_bundle, partner_bundle
from patientinfo.channels.registry import UnknownChannel, channels
from patientinfo.exchange.selection import Selection, UnknownName, select
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.models import Licence


def answer(
    reader: Reader, names: Sequence[str], locales: Sequence[str], leaflets: Sequence[str]
) -> HttpResponse:
    """The ZIP, sent while it is made. Whatever can be wrong is found before its first byte."""
    if reader.kind not in {Kind.LICENCE, Kind.CHANNEL}:
        raise _no_key(reader)
    bundle = _bundle(reader, names, _selection(locales, leaflets))
    response = bundle_response(bundle)
    response["Vary"] = "Authorization"
    return response


def _bundle(reader: Reader, names: Sequence[str], selection: Selection) -> Bundle:
    at = reader.at or timezone.now()
    try:
        if reader.kind is Kind.CHANNEL:
            return editors_bundle(selection, names, at)
        licence = Licence.objects.select_related("licensee").get(number=reader.licence)
        return partner_bundle(licence, selection, names, at)
    except UnknownChannel as error:
        raise Problem("no-such-channel", str(error), channels=list(channels())) from error


def _selection(locales: Sequence[str], leaflets: Sequence[str]) -> Selection:
    try:
        selection = select((), locales)
    except UnknownName as error:
        raise Problem("invalid-value", str(error), parameter="locale") from error
    try:
        keys = select(leaflets).keys
    except UnknownName as error:
        raise Problem("no-such-leaflet", str(error)) from error
    return Selection(keys=keys, locales=selection.locales)


def _no_key(reader: Reader) -> Problem:
    if reader.kind is Kind.BROWSER:
        return Problem("forbidden", "A key that stands in a page gets no bundle.")
    return Problem(
        "unknown-access-key",
        "A bundle is given for the key of a licence; send it in the header Authorization.",
        headers={"WWW-Authenticate": "Bearer", "Vary": "Authorization"},
        reason="missing",
    )
