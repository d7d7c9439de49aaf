"""The leaflets that answer a question, each as its reader may have it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from patientinfo.api import access, readers, renditions, rows
from patientinfo.api.answers import Body, respond_with
from patientinfo.api.errors import Problem
from patientinfo.api.infobutton.questions import JSON, SCRIPT, XML, Question, question_of
from patientinfo.api.readers import Reader
from patientinfo.channels.infobutton import Entry, Feed, as_atom, as_json, entry_of
from patientinfo.channels.renditions import order_of
from patientinfo.conf import public_url
from patientinfo.editions.compiled_query import storable
from patientinfo.editions.models import CatalogueEntry, CatalogueQuerySet, CatalogueTerm, Status
from patientinfo.formats.code_systems import meanings_of
from patientinfo.formats.search_text import fold
from patientinfo.licensing.guard import Reason, Refused

MOST = 20
_READABLE = (Status.CURRENT, Status.BEHIND, Status.AHEAD)
_MEDIA_TYPES = {
    XML: "text/xml; charset=utf-8",
    JSON: "application/json",
    SCRIPT: "application/javascript; charset=utf-8",
}


def answer_question(request: HttpRequest) -> HttpResponse:
    """`/infobutton?mainSearchCriteria.v.c=…`"""
    question = question_of(request.GET)
    if question.response == SCRIPT and "HTTP_AUTHORIZATION" in request.META:
        detail = "A script is for everybody who loads it: ask without a key, or for JSON."
        raise Problem("bad-request", detail)
    reader = readers.reader_of(request)
    wanted = renditions.channel_named("infobutton")
    access.prove_serves(reader, wanted.uses)
    entries = [_entry(reader, entry) for entry in _found(question)]
    body = Body(_written(_feed(question, entries), question), media_type=_type(question))
    headers = {
        "Content-Language": question.locale or settings.LANGUAGE_CODE,
        "X-Content-Type-Options": "nosniff",
        **access.headers_for(request, reader),
    }
    return respond_with(request, body, headers)


def _found(question: Question) -> list[CatalogueEntry]:
    """
    The leaflets about it, in the language that was asked for and in no other. The words beside a
    code are looked for when no leaflet has the code.
    """
    if question.locale is None:
        return []
    entries = CatalogueEntry.objects.in_locale(question.locale).filter(status__in=_READABLE)
    entries = entries.select_related("edition").order_by("title", "pk")
    return _about(entries, question) or list(_named(entries, question.name)[:MOST])


def _about(entries: CatalogueQuerySet, question: Question) -> list[CatalogueEntry]:
    """By the code; none when none was given."""
    if not question.code:
        return []
    if not question.system:
        return list(_coded(entries, Q(label=storable(question.code)))[:MOST])
    for system, code in meanings_of(question.system, storable(question.code)):
        if found := list(_coded(entries, Q(value=f"{system}|{code}"))[:MOST]):
            return found
    return []


def _coded(entries: CatalogueQuerySet, condition: Q) -> CatalogueQuerySet:
    terms = CatalogueTerm.objects.filter(condition, entry=OuterRef("pk"), kind="code")
    return entries.filter(Exists(terms))


def _named(entries: CatalogueQuerySet, name: str) -> CatalogueQuerySet:
    """By what the catalogue says, which everybody may read: all the words have to be there."""
    words = fold(storable(name)).split()
    if not words:
        return entries.none()
    for word in words:
        entries = entries.filter(catalogue_text__contains=word)
    return entries


def _entry(reader: Reader, entry: CatalogueEntry) -> Entry:
    """As its reader may have it; a leaflet that a key does not cover, as everybody."""
    wanted = renditions.channel_named("infobutton")
    try:
        order = renditions.order_for(reader, rows.row_from(entry), wanted, entry)
    except Problem as problem:
        if problem.code != "not-licensed":
            raise
        order = order_of(wanted, entry, Refused(Reason.NOT_LICENSED))
    return entry_of(order.document, order.sheet)


def _feed(question: Question, entries: Sequence[Entry]) -> Feed:
    locale = question.locale or settings.LANGUAGE_CODE
    origin = public_url()
    with translation.override(locale):
        what = question.name or question.code
        subtitle = _("Information for patients: %(what)s") % {"what": what[:200]}
    asked = repr((question.code, question.system, question.name, locale))
    return Feed(
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"{origin}/infobutton {asked}").urn,
        title=getattr(settings, "WAGTAIL_SITE_NAME", "") or origin,
        subtitle=_printable(subtitle),
        language=locale,
        base=origin,
        entries=tuple(entries),
        categories=tuple((scheme, _printable(term)) for scheme, term in question.echo),
    )


def _printable(text: str) -> str:
    """What XML can say of what somebody typed."""
    return "".join(c for c in text if c.isprintable())


def _written(feed: Feed, question: Question) -> bytes:
    if question.response == XML:
        return as_atom(feed)
    made = as_json(feed)
    if question.response == JSON:
        return made
    # A comment first keeps what follows from being read as anything but a script.
    script = made.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")
    return b"/**/" + question.callback.encode() + b"(" + script + b");"


def _type(question: Question) -> str:
    return _MEDIA_TYPES[question.response]
