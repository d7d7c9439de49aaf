"""The page on which a language gets references of its own, or its source's again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from patientinfo.desk.views import TEMPLATES, open_board
from patientinfo.leaflets.leaflet_parts import Reference
from patientinfo.translation.board import Board
from patientinfo.translation.choosing_references import (
    MOST,
    choose_references,
    take_references_back,
)
from patientinfo.translation.editing import Declined
from patientinfo.translation.pages import newest
from patientinfo.translation.references import References, references_of
from patientinfo.translation.rights import Act, require

#: Empty rows below those that are there.
SPARE = 3


class ReferenceForm(forms.Form):
    """One reference; a row that is emptied is gone."""

    text = forms.CharField(
        max_length=Reference._meta.get_field("text").max_length,
        required=False,
        label=_lazy("Reference"),
    )
    url = forms.URLField(
        max_length=Reference._meta.get_field("url").max_length,
        required=False,
        assume_scheme="https",
        label=_lazy("Web page"),
    )


class ReferenceFormSet(forms.BaseFormSet):
    """The list, in its order."""

    @property
    def listed(self) -> list[tuple[str, str]]:
        rows = (form.cleaned_data for form in self.forms)
        return [(row.get("text") or "", row.get("url") or "") for row in rows]


_FormSet = forms.formset_factory(
    ReferenceForm, formset=ReferenceFormSet, extra=SPARE, max_num=MOST, absolute_max=MOST
)


@require_http_methods(["GET", "POST"])
def references(request: HttpRequest, page_id: int) -> HttpResponse:
    """Shows what source and language have; takes another list, or `take_back`."""
    board = open_board(request, page_id)
    require(request.user, Act.TRANSLATE, board.locale)
    found = references_of(newest(board.page), board.source, board.overrides)
    form = _form(request, found)
    if request.method == "POST":
        outcome = _decide(request, board, form)
        if isinstance(outcome, Declined):
            messages.error(request, outcome.reason)
        elif outcome is not None:
            messages.success(request, _("Done. Readers see it from the next sign-off on."))
            back = reverse("patientinfo_desk", args=[page_id])
            return HttpResponseRedirect(f"{back}#references")
    context = {
        "board": board,
        "page": board.page,
        "references": found,
        "form": form,
        "source_direction": "rtl" if board.source.locale.is_bidi else "ltr",
        "direction": "rtl" if board.page.locale.is_bidi else "ltr",
        "header_title": _("References in %(language)s")
        % {"language": board.page.locale.get_display_name()},
    }
    return render(request, f"{TEMPLATES}references.html", context)


def _form(request: HttpRequest, found: References) -> Any:
    typed = request.POST if request.method == "POST" and "take_back" not in request.POST else None
    shown = [{"text": text, "url": url} for text, url in found.shown]
    return _FormSet(typed, initial=shown, form_kwargs={"label_suffix": ""})


def _decide(request: HttpRequest, board: Board, form: Any) -> Any:
    """What came of it; None when the form is not filled in as it should be."""
    if "take_back" in request.POST:
        return take_references_back(board.page, request.user)
    return choose_references(board.page, form.listed, request.user) if form.is_valid() else None
