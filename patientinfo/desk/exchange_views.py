"""Files to translators and back: of one leaflet and language, or of all that one may work on."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.models import Locale

from patientinfo.bundles.answers import bundle_response
from patientinfo.bundles.orders import editors_bundle
from patientinfo.channels.registry import UnknownChannel, channels
from patientinfo.desk.downloads import DOWNLOADS, attachment, zip_response
from patientinfo.editions.actions import last_edition
from patientinfo.exchange.export import NotExported, export_one, leaflet_memory
from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import ENDINGS, KINDS, TMX, check_size, read_file
from patientinfo.exchange.next_edition import next_edition
from patientinfo.exchange.results import Imported
from patientinfo.exchange.selection import Selection
from patientinfo.exchange.uploads import UploadGone, pack, unpack
from patientinfo.formats.exchange import FileRefused, Problem, TranslationFile
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.pages import source_language
from patientinfo.translation.rights import Act, languages_of, may, require

TEMPLATE = "patientinfo/desk/exchange.html"
SHOWN = 200  # changes that the page lists


def _page(request: HttpRequest, page_id: int | None) -> LeafletPage | None:
    """The translated page, None for all of them; 404 and 403 as at the desk."""
    if page_id is None:
        if not _languages(request):
            raise PermissionDenied(_("You may not work on translations."))
        return None
    page = LeafletPage.objects.filter(pk=page_id).select_related("locale").first()
    if page is None or not source_language(page):
        raise Http404
    if not any(may(request.user, act, page.locale.language_code) for act in Act):
        raise PermissionDenied(_("You may not work on translations into this language."))
    return page


def _languages(request: HttpRequest) -> list[Locale]:
    """The languages that somebody works on in any way."""
    allowed = [languages_of(request.user, act) for act in Act]
    return [
        locale
        for locale in Locale.objects.all()
        if any(codes is None or locale.language_code in codes for codes in allowed)
    ]


@require_http_methods(["GET", "POST"])
def exchange(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Downloads, and an upload that first shows what it would do."""
    page = _page(request, page_id)
    if request.method == "POST":
        if page is not None:
            require(request.user, Act.TRANSLATE, page.locale.language_code)
        return _confirm(request, page) if "upload" in request.POST else _try(request, page)
    return _show(request, page)


def _show(request: HttpRequest, page: LeafletPage | None, **more: Any) -> HttpResponse:
    title = _("Files for translators")
    if page is not None:
        title = _("Files of “%(title)s” in %(language)s") % {
            "title": page.title,
            "language": page.locale.get_display_name(),
        }
    context = {
        "page": page,
        "header_title": title,
        "languages": _languages(request) if page is None else [],
        "downloads": DOWNLOADS,
        "forms": channels().values() if page is None else (),
        "endings": ",".join(ending for ending in ENDINGS if ending != ".tmx"),
        "may_import": page is None or may(request.user, Act.TRANSLATE, page.locale.language_code),
        **more,
    }
    return render(request, TEMPLATE, context, status=422 if more.get("problems") else 200)


def _read(page: LeafletPage | None, name: str, data: bytes) -> TranslationFile:
    """A file as it was sent; `FileRefused` also for one that is not of this page."""
    file = read_file(data, name)
    if page is not None:
        own = str(page.translation_key), page.locale.language_code.lower()
        if (file.key, file.locale.lower()) != own:
            reason = _("this file is of “%(title)s” in %(language)s; choose it where that is") % {
                "title": file.title,
                "language": file.locale,
            }
            raise FileRefused([Problem(name, 1, reason)])
    return file


def _try(request: HttpRequest, page: LeafletPage | None) -> HttpResponse:
    """What the import would do; nothing is stored."""
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        messages.error(request, _("Choose a file first."))
        return _show(request, page)
    name = sent.name
    try:
        check_size(name, sent.size or 0)
        return _look(request, page, name, sent.read())
    except FileRefused as refused:
        return _show(request, page, name=name, problems=refused.problems)


def _look(request: HttpRequest, page: LeafletPage | None, name: str, data: bytes) -> HttpResponse:
    file = _read(page, name, data)
    result = import_file(file, name, user=request.user, dry_run=True, keep_rest=True)
    locale = Locale.objects.get(language_code=result.locale)
    return _show(
        request,
        page,
        name=name,
        result=result,
        changes=result.changes[:SHOWN],
        unlisted=max(0, len(result.changes) - SHOWN),
        upload=pack(name, data, request.user, page.pk if page else None),
        shown=_digest(result),
        locale=locale,
        direction="rtl" if locale.is_bidi else "ltr",
        does_something=bool(result.stored or result.comments or result.new_page),
    )


def _digest(result: Imported) -> str:
    """Of every change that somebody was shown, with the words that it would replace."""
    return hashlib.sha256(repr(result.changes).encode("utf-8", "surrogatepass")).hexdigest()


def _confirm(request: HttpRequest, page: LeafletPage | None) -> HttpResponse:
    """
    Does what was shown; judged anew, for the store may have changed meanwhile. What would replace
    other words than those that were shown is shown again first.
    """
    try:
        name, data = unpack(request.POST["upload"], request.user, page.pk if page else None)
    except UploadGone:
        messages.error(request, _("That took longer than an hour: choose the file again."))
        return _show(request, page)
    keep_rest = request.POST.get("keep_rest") == "1"
    try:
        file = _read(page, name, data)
        now = import_file(file, name, user=request.user, dry_run=True, keep_rest=True)
        if now.changes and request.POST.get("shown") != _digest(now):
            messages.warning(
                request,
                _("Something was changed here since you looked at the file. Look again first."),
            )
            return _look(request, page, name, data)
        result = import_file(file, name, user=request.user, keep_rest=keep_rest)
    except FileRefused as refused:
        return _show(request, page, name=name, problems=refused.problems)
    _say_imported(request, result)
    if page is None:
        return HttpResponseRedirect(reverse("patientinfo_exchange"))
    return HttpResponseRedirect(reverse("patientinfo_desk", args=[page.pk]))


def _say_imported(request: HttpRequest, result: Imported) -> None:
    message = ngettext(
        "%(count)d text of “%(title)s” was imported.",
        "%(count)d texts of “%(title)s” were imported.",
        result.stored,
    )
    messages.success(request, message % {"count": result.stored, "title": result.title})
    if result.refused:
        message = ngettext(
            "%(count)d text was refused and is as it was.",
            "%(count)d texts were refused and are as they were.",
            len(result.refused),
        )
        messages.warning(request, message % {"count": len(result.refused)})


@require_GET
def download(request: HttpRequest, page_id: int) -> HttpResponse:
    """One leaflet's file in `?format=`, of what its translators have of the source."""
    page = cast("LeafletPage", _page(request, page_id))
    kind, locale = request.GET.get("format", ""), page.locale.language_code
    if kind not in DOWNLOADS:
        raise Http404
    written_in = source_language(page)
    draft = next_edition(page.translation_key, written_in)
    edition = draft or last_edition(page.translation_key, written_in)
    if edition is None:
        messages.error(request, _("The source has not been published yet; there is no edition."))
        return HttpResponseRedirect(reverse("patientinfo_exchange_page", args=[page.pk]))
    stem = f"{edition.data['slug']}.{locale}"
    make = leaflet_memory(edition, locale, stem) if kind == TMX else None
    file = make or export_one(edition, locale, stem, kind)
    if isinstance(file, NotExported):
        messages.error(request, f"{file.name}: {file.reason}")
        return HttpResponseRedirect(reverse("patientinfo_exchange_page", args=[page.pk]))
    media_type = "application/x-tmx+xml" if kind == TMX else KINDS[kind].media_type
    return attachment(HttpResponse(file.data, content_type=media_type), file.name)


@require_GET
def download_all(request: HttpRequest) -> HttpResponse:
    """Every leaflet's file in the chosen languages, as one ZIP that is made while it is sent."""
    _page(request, None)
    kind = request.GET.get("format", "")
    if kind not in DOWNLOADS:
        raise Http404
    allowed = {locale.language_code for locale in _languages(request)}
    codes = allowed & set(request.GET.getlist("language"))
    if not codes:
        messages.error(request, _("Choose at least one language."))
        return HttpResponseRedirect(reverse("patientinfo_exchange"))
    return zip_response(kind, Selection(locales=frozenset(codes)))


@require_GET
def download_bundle(request: HttpRequest) -> HttpResponse:
    """Every leaflet as its readers get it, in the chosen languages and forms, as one ZIP."""
    _page(request, None)
    allowed = {locale.language_code for locale in _languages(request)}
    codes = allowed & set(request.GET.getlist("language"))
    if not codes:
        messages.error(request, _("Choose at least one language."))
        return HttpResponseRedirect(reverse("patientinfo_exchange"))
    selection = Selection(locales=frozenset(codes))
    try:
        bundle = editors_bundle(selection, request.GET.getlist("channel"), timezone.now())
    except UnknownChannel as error:
        raise Http404(str(error)) from error
    return bundle_response(bundle)
