"""
Renditions over the API: which channel a request asks for, and its bytes.

A channel is asked for at its own address, or at a leaflet's by the header Accept. JSON is what an
address gives by itself: a client that does not name another media type never comes here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from patientinfo.api import access, readers, refusals, rendering, rows
from patientinfo.api.answers import VARY, Body, respond
from patientinfo.api.errors import Problem
from patientinfo.api.negotiation import MediaRange, media_ranges
from patientinfo.api.readers import Reader
from patientinfo.api.rows import Row
from patientinfo.channels.base import Channel, NothingToRender, NotRenderable
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.registry import UnknownChannel, channel, channels
from patientinfo.channels.renditions import Order, order_of, source_facts
from patientinfo.editions.earlier import as_of
from patientinfo.editions.models import SUPERSEDED, CatalogueEntry
from patientinfo.licensing.guard import Decision, Facts, Reason, Refused, facts_of, of_both

JSON = "application/json"
#: What answers at a leaflet's own address differ by.
NEGOTIATED_VARY = f"Accept, {VARY}"
PROFILE = "urn:channel:patientinfo:"
#: Reasons for which no form is made of an Edition at its number, whoever asks.
NOT_MADE = {Reason.HELD, Reason.RECALLED, Reason.WITHDRAWN, Reason.REDACTED}


def channel_named(name: str) -> Channel:
    """The channel of an address."""
    try:
        return channel(name)
    except UnknownChannel as error:
        raise Problem("no-such-channel", str(error), channels=list(channels())) from error


def accepted_channel(accept: str) -> Channel | None:
    """
    The channel that the header Accept prefers to JSON; None for JSON. A channel is chosen by its
    media type, or by that and its profile, where several have one type.
    """
    if accept in {"", "*/*", JSON}:
        return None
    return _preferred(accept, tuple(channels()))


def profile_of(wanted: Channel) -> str:
    """The URI that tells a channel's form from others of its media type (RFC 6906)."""
    return PROFILE + wanted.name


@cache
def _by_media_type(names: tuple[str, ...]) -> dict[str, str]:
    """The first channel of each media type, JSON's aside."""
    found: dict[str, str] = {}
    for name in names:
        if channel(name).negotiated:
            found.setdefault(_type_of(name), name)
    found.pop(JSON, None)
    return found


def _type_of(name: str) -> str:
    return channel(name).media_type.partition(";")[0]


def _preferred(accept: str, names: tuple[str, ...]) -> Channel | None:
    """
    RFC 9110, 12.5.1, without its finer points: the named type with the highest weight. `*/*` is
    content with what it gets, which is JSON.
    """
    ranges = list(media_ranges(accept))
    best, weight = None, max((r.weight for r in ranges if r.media_type == JSON), default=0.0)
    for wished in ranges:
        name = _named(wished, names)
        if name and wished.weight > weight:
            best, weight = name, wished.weight
    return channel(best) if best else None


def _named(wished: MediaRange, names: tuple[str, ...]) -> str | None:
    """The channel that a member of Accept names; a profile that nobody has names none."""
    if not wished.profiles:
        return _by_media_type(names).get(wished.media_type)
    profiled = (profile.removeprefix(PROFILE) for profile in wished.profiles)
    return next((n for n in profiled if n in names and _type_of(n) == wished.media_type), None)


def answer(request: HttpRequest, row: Row, wanted: Channel, vary: str = VARY) -> HttpResponse:
    """
    What the guard lets through of a leaflet, in a channel; found, if it was made before. Its own
    address is named, as it may have been asked for at the leaflet's.
    """
    reader = readers.reader_of(request)
    access.prove_serves(reader, wanted.uses)
    decision = access.decide_current(reader, row)
    order = _ordered(reader, row, wanted, decision)
    place = rendering.detail_path(row.leaflet, row.locale)
    headers = {**_headers(order, place), **access.headers_for(request, reader, vary)}
    response = _respond(request, order, headers)
    access.count(reader, row, decision, wanted.name)
    return response


def answer_numbered(request: HttpRequest, row: Row, number: int, wanted: Channel) -> HttpResponse:
    """
    The same of an Edition at its number, for whoever may have that one; `row` is the leaflet's as
    it is today. Unlike its JSON, no form of an Edition that was withdrawn is made any more: what is
    printed or shown on a screen would go on.
    """
    reader = readers.reader_of(request)
    access.prove_serves(reader, wanted.uses)
    today = CatalogueEntry.objects.select_related("edition").get(key=row.leaflet, locale=row.locale)
    entry = as_of(today, number) if number <= rows.HIGHEST else today
    decision = access.decide_facts(reader, _facts_at_number(entry))
    if isinstance(decision, Refused) and decision.reason in NOT_MADE:
        raise refusals.not_readable(rows.typed(row), number, entry.status)
    if entry.number != number:
        raise refusals.no_such_edition(rows.typed(row), number)
    then = rows.row_from(entry)
    order = _ordered(reader, then, wanted, decision, entry)
    place = rendering.edition_path(row.leaflet, row.locale, number)
    headers = {**_headers(order, place), **access.headers_for(request, reader)}
    response = _respond(request, order, headers)
    access.count(reader, then, decision, wanted.name)
    return response


def _facts_at_number(entry: CatalogueEntry) -> Facts:
    return facts_of(
        entry.level,
        entry.status,
        key=str(entry.key),
        locale=entry.locale,
        number=entry.number,
        newest=entry.status != SUPERSEDED,
    )


def _headers(order: Order, place: str) -> dict[str, str]:
    """`place`: the address of which the order is a form."""
    return {
        "Content-Language": order.document["locale"],
        "Content-Disposition": str(content_disposition_header(False, order.file_name)),
        "Content-Location": f"{place}renditions/{order.channel.name}/",
        "Link": f'<{profile_of(order.channel)}>; rel="profile"',
        "X-Content-Type-Options": "nosniff",
    }


def _respond(request: HttpRequest, order: Order, headers: Mapping[str, str]) -> HttpResponse:
    name = order.channel.name

    def make() -> Body:
        try:
            made = order.rendition()
        except NothingToRender as error:
            raise Problem(error.reason.replace("_", "-"), str(error), channel=name) from error
        except NotRenderable as error:
            raise Problem(
                "not-renderable", str(error), channel=name, reason=error.reason
            ) from error
        return Body(made.content, order.etag[:32], made.media_type, packed=order.channel.packed)

    return respond(request, order.etag[:32], make, headers)


def order_for(
    reader: Reader,
    row: Row,
    wanted: Channel,
    entry: CatalogueEntry | None = None,
    *,
    is_read: bool = True,
) -> Order:
    """
    What a reader may have of a leaflet in a channel; a Problem when that is nothing. `entry` is the
    row's, with its Edition, where it was read already. It is counted as read, unless what is made
    of it has none of its words (`is_read`).
    """
    access.prove_serves(reader, wanted.uses)
    decision = access.decide_current(reader, row)
    order = _ordered(reader, row, wanted, decision, entry)
    if is_read:
        access.count(reader, row, decision, wanted.name)
    return order


def _ordered(
    reader: Reader,
    row: Row,
    wanted: Channel,
    decision: Decision,
    entry: CatalogueEntry | None = None,
) -> Order:
    _prove_needs(decision, row, wanted)
    if entry is None:
        entries = CatalogueEntry.objects.select_related("edition")
        entry = entries.get(key=row.leaflet, locale=row.locale)
    decision = _beside_source(reader, entry, row, wanted, decision)
    given = access.audience_of(reader, row, decision).given
    licence = None
    if given.licence:
        licence = LicenceLine(given.licence, given.credit, access.is_pinned(reader, row))
    return order_of(wanted, entry, decision, licence)


def _prove_needs(decision: Decision, row: Row, wanted: Channel) -> None:
    """Without the parts that a channel is made of there is nothing to give."""
    if isinstance(decision, Refused):
        if wanted.needs or decision.reason != Reason.NOT_LICENSED:
            raise _refusal(decision.reason, row, wanted)
    elif not wanted.needs <= decision.parts:
        raise _refusal(Reason.PART_NOT_LICENSED, row, wanted)


def _beside_source(
    reader: Reader, entry: CatalogueEntry, row: Row, wanted: Channel, decision: Decision
) -> Decision:
    """
    A channel that shows a translation beside its source gives the words of two Editions, and of
    each only what may leave of both: their levels and a licence's terms can be different for them.
    """
    source = source_facts(entry) if wanted.shows_source else None
    if source is None:
        return decision
    of_source = access.decide_facts(reader, source)
    if isinstance(of_source, Refused):
        raise _refusal(of_source.reason, row, wanted)
    narrowed = of_both(decision, of_source)
    _prove_needs(narrowed, row, wanted)
    return narrowed


def _refusal(reason: Reason, row: Row, wanted: Channel) -> Problem:
    """Why there are no words to render; whoever may ask for permission is told where."""
    if reason in {Reason.WITHDRAWN, Reason.RECALLED}:
        return refusals.gone(rows.typed(row))
    if reason in {Reason.HELD, Reason.REDACTED}:
        return Problem(str(reason), f"Edition {row.number} is {reason} and is not shown.")
    document = orjson.loads(rows.document_texts([row.edition_id])[row.edition_id])
    return Problem(
        "not-licensed",
        f"The words of this leaflet are given as {wanted.name} under a licence only.",
        channel=wanted.name,
        reason=str(reason),
        permission_url=rendering.permission_url(document, rendering.place()),
    )
