"""
The words that all translations share, as files: the memory (TMX) and the glossary (CSV), out and
in. As with translators' files, an upload first shows what it would do.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.models import Locale

from patientinfo.exchange.kinds import TMX, ending
from patientinfo.exchange.memory import import_memory_file
from patientinfo.exchange.uploads import UploadGone, pack, unpack
from patientinfo.formats.exchange import FileRefused, Problem
from patientinfo.translation.glossary_csv import import_terms, read_terms, stored_terms, write_terms
from patientinfo.translation.rights import Act, languages_of, languages_worked_on

MEMORY, GLOSSARY = "memory", "glossary"
GLOSSARY_RIGHTS = ("patientinfo.add_glossaryterm", "patientinfo.change_glossaryterm")
#: Bytes that are looked at here; what is signed for the form is shorter still.
MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an upload did or would do: a few counts in words, and whether that is anything."""

    facts: tuple[str, ...]
    does_something: bool


def _may(user: Any) -> dict[str, bool]:
    """What `user` may give files for."""
    return {
        MEMORY: languages_of(user, Act.CHECK) != set(),
        GLOSSARY: user.has_perms(GLOSSARY_RIGHTS),
    }


def _require_any(request: HttpRequest) -> None:
    if not any(_may(request.user).values()) and languages_worked_on(request.user) == set():
        raise PermissionDenied(_("You may not work on translations."))


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Downloads, and an upload of either kind that first shows what it would do."""
    _require_any(request)
    if request.method != "POST":
        return _show(request)
    kind = request.POST.get("kind", "")
    if not _may(request.user).get(kind):
        raise PermissionDenied(_("You may not import this."))
    return _confirm(request, kind) if "upload" in request.POST else _look(request, kind)


def _show(request: HttpRequest, **more: Any) -> HttpResponse:
    works_on = languages_worked_on(request.user)
    locales = [
        locale
        for locale in Locale.objects.all()
        if works_on is None or locale.language_code in works_on
    ]
    context = {
        "header_title": _("Translation memory and glossary"),
        "may": _may(request.user),
        "locales": locales,
        **more,
    }
    status = 422 if more.get("problems") else 200
    return render(request, "patientinfo/desk/words.html", context, status=status)


def _look(request: HttpRequest, kind: str) -> HttpResponse:
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        messages.error(request, _("Choose a file first."))
        return _show(request)
    name = sent.name
    try:
        data = _read(sent, name)
        outcome = _run(kind, name, data, request.user, dry_run=True)
        upload = pack(name, data, request.user, kind)
    except FileRefused as refused:
        return _show(request, name=name, problems=refused.problems)
    return _show(request, name=name, kind=kind, outcome=outcome, upload=upload)


def _read(sent: UploadedFile, name: str) -> bytes:
    if (sent.size or 0) > MOST:
        reason = _("the file is too large to be sent here; use the command line")
        raise FileRefused([Problem(name, 1, reason)])
    data: bytes = sent.read()
    return data


def _confirm(request: HttpRequest, kind: str) -> HttpResponse:
    try:
        name, data = unpack(request.POST["upload"], request.user, kind)
        outcome = _run(kind, name, data, request.user, dry_run=False)
    except UploadGone:
        messages.error(request, _("That took longer than an hour: choose the file again."))
        return _show(request)
    except FileRefused as refused:
        return _show(request, name=request.POST.get("name", ""), problems=refused.problems)
    told = _("“%(name)s” was imported: %(facts)s.")
    messages.success(request, told % {"name": name, "facts": ", ".join(outcome.facts)})
    return HttpResponseRedirect(reverse("patientinfo_words"))


def _run(kind: str, name: str, data: bytes, user: Any, *, dry_run: bool) -> Outcome:
    if kind == GLOSSARY:
        return _run_glossary(name, data, user, dry_run=dry_run)
    if ending(name) != f".{TMX}":
        raise FileRefused([Problem(name, 1, _("a translation memory is a TMX file"))])
    found = import_memory_file(BytesIO(data), name, user=user, dry_run=dry_run)
    known = found.units - found.new
    facts = [
        ngettext("%(n)d new translation", "%(n)d new translations", found.new) % {"n": found.new},
        _("%(n)d known already") % {"n": known},
    ]
    if foreign := found.left_out - found.incomplete:
        facts.append(_("%(n)d in languages that the site has not") % {"n": foreign})
    if found.incomplete:
        facts.append(_("%(n)d left out for codes of another tool") % {"n": found.incomplete})
    if found.not_allowed:
        facts.append(_("%(n)d in languages that you do not check") % {"n": found.not_allowed})
    return Outcome(tuple(facts), bool(found.new))


def _run_glossary(name: str, data: bytes, user: Any, *, dry_run: bool) -> Outcome:
    done = import_terms(read_terms(data, name), name, user=user, dry_run=dry_run)
    facts = (
        ngettext("%(n)d new term", "%(n)d new terms", done.created) % {"n": done.created},
        ngettext("%(n)d term changed", "%(n)d terms changed", done.changed) % {"n": done.changed},
        _("%(n)d known already") % {"n": done.unchanged},
    )
    return Outcome(facts, bool(done.created or done.changed))


@require_GET
def download_glossary(request: HttpRequest) -> StreamingHttpResponse:
    """The whole glossary, or one language's rows, for a spreadsheet."""
    _require_any(request)
    locale = request.GET.get("language") or None
    return StreamingHttpResponse(
        write_terms(stored_terms(locale)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="glossary.csv"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
