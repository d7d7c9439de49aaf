"""The matrix page, and what can be done from it to many leaflets at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET
from wagtail.models import Locale

from patientinfo.desk.downloads import DOWNLOADS, zip_response
from patientinfo.desk.matrix import View, languages_across, load_matrix, sources
from patientinfo.desk.posted import posted
from patientinfo.desk.publishing import (
    Together,
    is_up_to_date,
    publish_together,
    publish_translation,
    told_of_plan,
)
from patientinfo.desk.search import searched
from patientinfo.exchange.selection import Selection
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.rights import Act, languages_of
from patientinfo.translation.sending import Original, send
from patientinfo.translation.sending_all import send_tree

MOST = 100  # leaflets that one action may touch
FILTERS = (
    ("", gettext_lazy("All leaflets")),
    ("unfinished", gettext_lazy("Unfinished")),
    ("behind", gettext_lazy("Source has changed")),
    ("late", gettext_lazy("Behind, for readers too")),
    ("held", gettext_lazy("Held back")),
    ("blocked", gettext_lazy("Failing a check")),
    ("waiting", gettext_lazy("Waiting for sign-off")),
    ("missing", gettext_lazy("Languages missing")),
    ("review", gettext_lazy("Review due")),
)
ORDERS = (
    ("title", gettext_lazy("Title")),
    ("-title", gettext_lazy("Title, from the end")),
    ("changed", gettext_lazy("Last changed")),
    ("percent", gettext_lazy("Least translated first")),
    ("-percent", gettext_lazy("Most translated first")),
    ("-findings", gettext_lazy("Most findings first")),
    ("age", gettext_lazy("Longest untouched first")),
    ("review", gettext_lazy("Review due first")),
)


def _allowed(request: HttpRequest) -> None:
    """The matrix is for people who work on some language."""
    if not any(languages_of(request.user, act) != set() for act in Act):
        raise PermissionDenied(_("You may not work on translations."))


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Leaflets × languages; `?show=`, `?q=`, `?order=`, `?in=` (a language), `?p=`."""
    _allowed(request)
    languages = languages_across()
    view = _view(request, languages)
    page, rows = load_matrix(sources(view), request.GET.get("p"))
    mine = languages_worked_on(request.user)
    into = languages_of(request.user, Act.TRANSLATE)
    context = {
        "rows": rows,
        "mine": mine,
        "page_obj": page,
        "languages": languages,
        "may_begin": [loc for loc in languages if into is None or loc.language_code in into],
        "may_sign": languages_of(request.user, Act.SIGN_OFF) != set(),
        "filters": FILTERS,
        "orders": ORDERS,
        "downloads": DOWNLOADS,
        "view": view,
        "query": _query(view),
        "header_title": _("Translations"),
    }
    return render(request, "patientinfo/desk/matrix.html", context)


def _view(request: HttpRequest, languages: list[Any]) -> View:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.GET
    codes = {language.language_code for language in languages}
    return View(
        search=searched(request),
        wanted=asked.get("show", "") if asked.get("show") in dict(FILTERS) else "",
        order=asked.get("order", "") if asked.get("order") in dict(ORDERS) else "title",
        language=asked.get("in", "") if asked.get("in") in codes else "",
    )


def _query(view: View) -> str:
    """The view as an address has it, but for the number of the page."""
    return urlencode(
        {"q": view.search, "show": view.wanted, "order": view.order, "in": view.language}
    )


def languages_worked_on(user: Any) -> set[str]:
    """Codes of the languages whose desks open to this user."""
    every = {locale.language_code for locale in Locale.objects.all()}
    found: set[str] = set()
    for one in Act:
        languages = languages_of(user, one)
        found |= every if languages is None else languages
    return found


@posted
def act(request: HttpRequest) -> HttpResponse:
    """Sends, exports or publishes the chosen leaflets in the chosen languages."""
    _allowed(request)
    action = request.POST.get("action")
    if action == "everything":
        _send_everything(request)
        return _back(request)
    chosen, locales = _chosen(request)
    if not chosen or not locales:
        messages.error(request, _("Choose at least one leaflet and one language."))
    elif action == "export":
        return _export(request, chosen, locales) or _back(request)
    elif action in _ACTIONS:
        _ACTIONS[action](request, chosen, locales)
    else:
        messages.error(request, _("Choose what to do."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the view that the person came from."""
    query = QueryDict(request.POST.get("view", "")[:1000]).urlencode()
    return HttpResponseRedirect(reverse("patientinfo_matrix") + (f"?{query}" if query else ""))


def _chosen(request: HttpRequest) -> tuple[list[LeafletPage], list[Any]]:
    asked = request.POST.getlist("leaflet")
    ids = [int(value) for value in asked if value.isdecimal() and len(value) < 10][:MOST]
    chosen = LeafletPage.objects.filter(pk__in=ids, alias_of=None, source_locale="")
    locales = Locale.objects.filter(language_code__in=request.POST.getlist("language"))
    return list(chosen.select_related("locale").order_by("title", "pk")), list(locales)


def _export(
    request: HttpRequest, chosen: list[LeafletPage], locales: list[Any]
) -> HttpResponse | None:
    """Their files as one ZIP; only of languages that the person works on."""
    kind = request.POST.get("format", "")
    mine = languages_worked_on(request.user)
    codes = frozenset(loc.language_code for loc in locales) & mine
    if kind not in DOWNLOADS or not codes:
        messages.error(request, _("Choose a format, and a language that you work on."))
        return None
    keys = frozenset(page.translation_key for page in chosen)
    return zip_response(kind, Selection(keys=keys, locales=codes))


def _send_everything(request: HttpRequest) -> None:
    locale = Locale.objects.filter(language_code=request.POST.get("into", "")).first()
    if locale is None:
        messages.error(request, _("Choose a language to send everything into."))
        return
    sent = send_tree(locale, request.user)
    message = ngettext(
        "%(count)d leaflet is there in %(language)s now, as a draft with the pages above it.",
        "%(count)d leaflets are there in %(language)s now, as drafts with the pages above them.",
        sent.leaflets,
    )
    language = locale.get_display_name()
    messages.success(request, message % {"count": sent.leaflets, "language": language})
    for reason in sent.refused:
        messages.error(request, reason)


def _send(request: HttpRequest, chosen: Iterable[LeafletPage], locales: list[Any]) -> None:
    sent = 0
    for source in chosen:
        original = Original(source)
        for locale in locales:
            if locale.pk == source.locale_id:
                continue
            try:
                send(original, locale, request.user)
                sent += 1
            except PermissionDenied as refused:
                messages.error(request, str(refused))
    if sent:
        message = ngettext(
            "%(count)d translation is ready to be worked on.",
            "%(count)d translations are ready to be worked on.",
            sent,
        )
        messages.success(request, message % {"count": sent})


def _translations(chosen: Iterable[LeafletPage], locales: list[Any]) -> list[LeafletPage]:
    keys = [source.translation_key for source in chosen]
    pages = LeafletPage.objects.filter(
        translation_key__in=keys, locale__in=locales, alias_of=None
    ).exclude(source_locale="")
    return list(pages.select_related("locale").order_by("title", "pk"))


def _publish(request: HttpRequest, chosen: Iterable[LeafletPage], locales: list[Any]) -> None:
    published = unchanged = 0
    for page in _translations(chosen, locales):
        if is_up_to_date(page):
            unchanged += 1
            continue
        try:
            planned = publish_translation(page, request.user)
        except NotReadyToPublish as refused:
            _say_refused(request, page, refused)
        else:
            if planned is None:
                published += 1
            else:
                messages.warning(request, told_of_plan(page, planned))
    if published:
        messages.success(request, _count_published(published))
    if unchanged:
        message = ngettext(
            "%(count)d translation is published as it stands, and stays as it is.",
            "%(count)d translations are published as they stand, and stay as they are.",
            unchanged,
        )
        messages.info(request, message % {"count": unchanged})


def _count_published(count: int) -> str:
    message = ngettext(
        "%(count)d translation was published.", "%(count)d translations were published.", count
    )
    return message % {"count": count}


def _publish_together(
    request: HttpRequest, chosen: Iterable[LeafletPage], locales: list[Any]
) -> None:
    """Each leaflet with its ready translations at one moment; the others are named."""
    for source in chosen:
        pages = _translations([source], locales)
        try:
            seen = request.POST.get(f"draft-{source.pk}", "")
            done = publish_together(source, pages, request.user, seen=seen)
        except NotReadyToPublish as refused:
            _say_refused(request, source, refused)
        else:
            _say_published(request, source, done)
            if done.newer_draft:
                messages.info(request, _("What was written in the source since stays a draft."))
            for page, moment in done.planned:
                messages.warning(request, told_of_plan(page, moment))
            for page, missing in done.left_out:
                _say_refused(request, page, missing)


def _say_published(request: HttpRequest, source: LeafletPage, done: Together) -> None:
    """What became public: the source with translations, translations alone, or nothing."""
    count = len(done.published)
    if done.source_published:
        message = ngettext(
            "“%(title)s” was published with %(count)d translation.",
            "“%(title)s” was published with %(count)d translations.",
            count,
        )
        messages.success(request, message % {"title": source.title, "count": count})
    elif count:
        messages.success(request, _count_published(count))
    elif not done.planned:
        message = _("Nothing of “%(title)s” was published: the source has no changes to publish.")
        messages.warning(request, message % {"title": source.title})


def _say_refused(request: HttpRequest, page: LeafletPage, refused: NotReadyToPublish) -> None:
    messages.error(
        request,
        _("“%(title)s” (%(language)s): %(reasons)s")
        % {
            "title": page.title,
            "language": page.locale.get_display_name(),
            "reasons": " ".join(refused.messages),
        },
    )


_ACTIONS: dict[str | None, Callable[..., None]] = {
    "send": _send,
    "publish": _publish,
    "together": _publish_together,
}
