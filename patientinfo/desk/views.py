"""The desk: one leaflet in one language, segment by segment."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from patientinfo.conf import get_callable
from patientinfo.desk import filters
from patientinfo.desk.lines import Dresser
from patientinfo.desk.plans import planned
from patientinfo.desk.posted import View, posted
from patientinfo.desk.publishing import is_reworded, publish_translation, told_of_plan
from patientinfo.desk.standing import standing_of
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation import editing
from patientinfo.translation.actions import NotATranslation, filled_draft
from patientinfo.translation.board import Board, Line, load_board
from patientinfo.translation.machine_filling import fill_by_machine, machine_for
from patientinfo.translation.pages import newest
from patientinfo.translation.progress import record_progress
from patientinfo.translation.references import references_of
from patientinfo.translation.rights import Act, may, require_any
from patientinfo.translation.sign_off import missing_for_sign_off
from patientinfo.translation.states import Stored

TEMPLATES = "patientinfo/desk/"

#: What is done to a line of the board, and what came of it.
_Act: TypeAlias = Callable[[HttpRequest, Board, Line], Any]


def open_board(request: HttpRequest, page_id: int) -> Board:
    """The board of a page that this user may work on in some way; 404 and 403 otherwise."""
    page = LeafletPage.objects.filter(pk=page_id).select_related("locale").first()
    if page is None:
        raise Http404
    locale = page.locale.language_code
    require_any(request.user, locale)
    try:
        return load_board(page)
    except NotATranslation:
        raise Http404(_("This leaflet is a source; it has no desk.")) from None


def _context(request: HttpRequest, board: Board) -> dict[str, Any]:
    signed = filters.signed_paths(board)
    rights = {str(act): may(request.user, act, board.locale) for act in Act}
    missing = missing_for_sign_off(board, request.user)
    standing = standing_of(board.page)
    to_sign = not missing and not standing.is_stale and len(signed) < len(board.lines)
    return {
        "board": board,
        "page": board.page,
        "rights": rights,
        "direction": "rtl" if board.page.locale.is_bidi else "ltr",
        "source_direction": "rtl" if board.source.locale.is_bidi else "ltr",
        "chosen": filters.chosen(request.POST.get("show", request.GET.get("show", ""))),
        "signed": signed,
        "filters": filters.counted(board, signed),
        "done": board.counts["checked"],
        "machine": machine_for(board) if rights[Act.TRANSLATE] else None,
        "missing": missing,
        "standing": standing,
        "planned": planned([board.page.pk]).get(board.page.pk),
        "changed": [group for group in board.groups if group.id in standing.sections],
        "reworded": to_sign and is_reworded(board),
        "editable": board.page.permissions_for_user(request.user).can_edit(),
        "references": references_of(newest(board.page), board.source, board.overrides),
    }


@require_GET
def desk(request: HttpRequest, page_id: int) -> HttpResponse:
    """Source and target side by side; `?show=` filters."""
    return _desk(request, open_board(request, page_id))


def _desk(request: HttpRequest, board: Board, status: int = 200, **more: str) -> HttpResponse:
    context: dict[str, Any] = {**_context(request, board), **more}
    groups = filters.groups_shown(board, context["chosen"], context["signed"])
    shown = Dresser(board).dress(line for group in groups for line in group.lines)
    context |= {
        "groups": [(group, [shown[line.path] for line in group.lines]) for group in groups],
        "header_title": _("Translate “%(title)s” into %(language)s")
        % {"title": board.source.title, "language": board.page.locale.get_display_name()},
    }
    return render(request, TEMPLATES + "desk.html", context, status=status)


def line_of(board: Board, path: str) -> Line:
    if path not in board.lines:
        raise Http404(no_such_segment())
    return board.lines[path]


def no_such_segment() -> str:
    return _("The source has no such segment any more.")


def _version(request: HttpRequest) -> int:
    return _number(request, "version")


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0


def segment_act(typed: str = "") -> Callable[[_Act], View]:
    """
    The view of one act on a segment; `typed` names the field in which a person wrote, if any, so
    that nothing written is lost when the act is refused.
    """

    def decorate(act: _Act) -> View:
        @posted
        @wraps(act)
        def view(request: HttpRequest, page_id: int) -> HttpResponse:
            board = open_board(request, page_id)
            line = board.lines.get(request.POST.get("path", ""))
            if line is None:
                return _gone(request, board, typed)
            return _answer(request, board, line, act(request, board, line), typed)

        return view

    return decorate


@segment_act("text")
def save(request: HttpRequest, board: Board, line: Line) -> Any:
    """Stores the words of one segment."""
    edit = editing.Edit(
        text=request.POST.get("text", ""),
        version=_version(request),
        state=request.POST.get("state", Stored.TRANSLATED),
        made_from=request.POST.get("source", ""),
    )
    return editing.save_segment(board.page, line.segment, edit, request.user)


@segment_act()
def check(request: HttpRequest, board: Board, line: Line) -> Any:
    """Says that the words of one segment are right."""
    return editing.check_segment(board.page, line.segment, _version(request), request.user)


@segment_act("comment")
def comment(request: HttpRequest, board: Board, line: Line) -> Any:
    """Adds a remark to one segment."""
    text = request.POST.get("comment", "")
    return editing.add_comment(board.page, line.path, text, request.user)


@segment_act()
def settle(request: HttpRequest, board: Board, line: Line) -> Any:
    """Says of a remark that it is settled, or (`settled` empty) that it is open again."""
    return editing.settle_comment(
        board.page,
        line.path,
        _number(request, "comment"),
        bool(request.POST.get("settled")),
        request.user,
    )


@segment_act("reason")
def dismiss(request: HttpRequest, board: Board, line: Line) -> Any:
    """Overrules one finding, with a reason."""
    dismissal = editing.Dismissal(
        check=request.POST.get("check", ""),
        reason=request.POST.get("reason", ""),
        version=_version(request),
        made_from=request.POST.get("source") or "unread",
    )
    return editing.dismiss_finding(board.page, line.segment, dismissal, request.user)


@posted
def sign(request: HttpRequest, page_id: int) -> HttpResponse:
    """Signs the translation off and publishes it."""
    board = open_board(request, page_id)
    try:
        moment = publish_translation(
            board.page,
            request.user,
            seen=request.POST.get("stamp", "unread"),
            ahead="ahead" in request.POST,
        )
    except NotReadyToPublish as refused:
        for message in refused.messages:
            messages.error(request, message)
    else:
        if moment is None:
            messages.success(request, _("Signed off and published as a new edition."))
        else:
            messages.warning(request, told_of_plan(board.page, moment))
    return HttpResponseRedirect(reverse("patientinfo_desk", args=[page_id]))


@posted
def machine(request: HttpRequest, page_id: int) -> HttpResponse:
    """Fills the empty segments by machine, where the site has one and this person may translate."""
    board = open_board(request, page_id)
    outcome = fill_by_machine(board.page, request.user)
    if isinstance(outcome, editing.Declined):
        messages.error(request, outcome.reason)
    else:
        record_progress(load_board(board.page))
        message = ngettext(
            "%(count)d segment has a machine-made draft now. A person must go through it.",
            "%(count)d segments have machine-made drafts now. A person must go through each.",
            outcome.count,
        )
        messages.warning(request, message % {"count": outcome.count})
        if outcome.left:
            message = ngettext(
                "%(count)d segment is empty still: its codes did not come back whole.",
                "%(count)d segments are empty still: their codes did not come back whole.",
                outcome.left,
            )
            messages.warning(request, message % {"count": outcome.left})
    return HttpResponseRedirect(reverse("patientinfo_desk", args=[page_id]))


@require_GET
def preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The translation as readers would see it, with what is stored now."""
    return _previewed("PREVIEWER", request, page_id)


@require_GET
def preview_pdf(request: HttpRequest, page_id: int) -> HttpResponse:
    """The same on paper, marked as a draft."""
    return _previewed("PDF_PREVIEWER", request, page_id)


def _previewed(previewer: str, request: HttpRequest, page_id: int) -> HttpResponse:
    board = open_board(request, page_id)
    document = get_callable("PREVIEW_DOCUMENT")(filled_draft(board.page))
    answer: HttpResponse = get_callable(previewer)(request, document)
    return answer


def _answer(
    request: HttpRequest, board: Board, line: Line, outcome: Any, typed: str
) -> HttpResponse:
    """JSON with the line drawn anew for the script; a message and the way back without one."""
    fresh = load_board(board.page)
    record_progress(fresh)
    if line.path not in fresh.lines:
        return _gone(request, fresh, typed)
    conflict = outcome if isinstance(outcome, editing.Conflict) else None
    declined = outcome.reason if isinstance(outcome, editing.Declined) else ""
    told = _told(conflict) if conflict else declined
    status = 409 if conflict else 422 if declined else 200
    shown = Dresser(fresh).dress([fresh.lines[line.path]])[line.path]
    context = {**_context(request, fresh), "shown": shown}
    if told:
        context["typed"] = _typed(request, shown.line, typed)
    if conflict:
        context["mine"] = conflict.text
    if _by_script(request):
        return _json(request, context, told, status)
    if conflict or (declined and request.POST.get(typed)):
        context |= {"told": told, "mine": request.POST.get("text", "")}
        return render(request, TEMPLATES + "conflict.html", context, status=status)
    if declined:
        messages.error(request, declined)
    query = urlencode({"show": context["chosen"].name})
    url = reverse("patientinfo_desk", args=[board.page.pk])
    return HttpResponseRedirect(f"{url}?{query}#{shown.anchor}")


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("x-requested-with") == "XMLHttpRequest"


def _typed(request: HttpRequest, line: Line, name: str) -> dict[str, str]:
    """
    What was typed, by the name of its field, and which field of that name it was. A reason for a
    finding that is there no longer has no field: it is `lost`.
    """
    typed = {key: request.POST.get(key, "") for key in (name, "check", "link") if key}
    open_checks = {found.finding.check for found in line.results if not found.dismissed}
    if name == "reason" and typed["check"] not in open_checks:
        typed["lost"] = typed["reason"]
    return typed


def _gone(request: HttpRequest, board: Board, typed: str) -> HttpResponse:
    """The desk without the segment, and the words that somebody had for it."""
    told = no_such_segment()
    if _by_script(request):
        answer: HttpResponse = _json(request, _context(request, board), told, 404)
    else:
        answer = _desk(request, board, 404, told=told, lost=request.POST.get(typed, ""))
    # A language says that this is the answer: nobody is to look for it elsewhere.
    answer["Content-Language"] = get_language() or ""
    return answer


def _told(conflict: editing.Conflict) -> str:
    if conflict.source_changed:
        return _("The source has changed while you were writing. Nothing of yours is lost.")
    who = conflict.row.translated_by if conflict.row else None
    return _("%(who)s saved this segment while you were writing. Nothing of yours is lost.") % {
        "who": who.get_username() if who else _("Somebody")
    }


def _json(request: HttpRequest, context: dict[str, Any], message: str, status: int) -> JsonResponse:
    """The parts of the page that an act may have changed, drawn anew; no line where it is gone."""

    def drawn(name: str) -> str:
        return render_to_string(f"{TEMPLATES}{name}.html", context, request=request)

    board: Board = context["board"]
    body = {
        "html": drawn("line") if "shown" in context else "",
        "parts": {name: drawn(name) for name in ("meter", "filters", "sign")},
        "message": message,
        "counts": dict(board.counts),
        "total": len(board.lines),
        "complete": board.complete,
    }
    return JsonResponse(body, status=status)
