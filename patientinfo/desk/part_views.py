"""Parts that one language has of its own: where a link leads, and a picture."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.images.widgets import AdminImageChooser
from wagtail.permissions import policy_registry

from patientinfo.desk.lines import Dresser, Picture, anchor_of
from patientinfo.desk.views import TEMPLATES, line_of, open_board, segment_act
from patientinfo.leaflets.images import LeafletImage
from patientinfo.translation.board import Board, Line, load_board
from patientinfo.translation.editing import Declined
from patientinfo.translation.overrides import picture_of
from patientinfo.translation.overriding import (
    LONGEST,
    override_link,
    override_picture,
    take_picture_back,
)
from patientinfo.translation.progress import record_progress
from patientinfo.translation.rights import Act, require


class PictureForm(forms.Form):
    """A picture of the library that the person may choose, and its caption where it needs one."""

    image = forms.ModelChoiceField(
        queryset=LeafletImage.objects.none(),
        widget=AdminImageChooser,
        label=gettext_lazy("Picture for this language"),
    )
    caption = forms.CharField(
        max_length=LONGEST, required=False, label=gettext_lazy("Caption"), strip=True
    )

    def __init__(self, *args: Any, user: Any, captioned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(LeafletImage)
        self.fields["image"].queryset = policy.instances_user_has_permission_for(  # type: ignore[attr-defined]
            user, "choose"
        )
        if captioned:
            del self.fields["caption"]  # the source's caption is a segment, and translated as one


@segment_act("href")
def link(request: HttpRequest, board: Board, line: Line) -> Any:
    """Says where a link of one segment leads in this language."""
    return override_link(
        board.page,
        line.segment,
        request.POST.get("link", ""),
        request.POST.get("href", ""),
        request.user,
    )


@require_http_methods(["GET", "POST"])
def picture(request: HttpRequest, page_id: int) -> HttpResponse:
    """The page on which a picture of this language's own is chosen or taken back."""
    board = open_board(request, page_id)
    require(request.user, Act.TRANSLATE, board.locale)
    path = request.GET.get("path", "")
    line = line_of(board, path)
    found = Dresser(board).picture(picture_of(path))
    if found is None or not path.endswith("/alt"):
        raise Http404
    form = _form(request, board, found)
    if request.method == "POST":
        outcome = _decide(request, board, found, form)
        if isinstance(outcome, Declined):
            messages.error(request, outcome.reason)
        elif outcome is not None:
            record_progress(load_board(board.page))
            messages.success(
                request, _("Done. The description of the picture has to be checked again.")
            )
            back = reverse("patientinfo_desk", args=[page_id])
            return HttpResponseRedirect(f"{back}#{anchor_of(path)}")
    context = {
        "board": board,
        "page": board.page,
        "line": line,
        "picture": found,
        "form": form,
        "back": anchor_of(path),
        "source_direction": "rtl" if board.source.locale.is_bidi else "ltr",
        "direction": "rtl" if board.page.locale.is_bidi else "ltr",
        "header_title": _("A picture of its own in %(language)s")
        % {"language": board.page.locale.get_display_name()},
    }
    return render(request, f"{TEMPLATES}picture.html", context)


def _form(request: HttpRequest, board: Board, found: Picture) -> PictureForm:
    own = board.overrides.pictures.get(found.block)
    return PictureForm(
        request.POST if request.method == "POST" and "take_back" not in request.POST else None,
        initial={"image": found.own, "caption": own.caption if own else ""},
        user=request.user,
        captioned=f"{found.block}/caption" in board.lines,
    )


def _decide(request: HttpRequest, board: Board, found: Picture, form: PictureForm) -> Any:
    """What came of it; None when the form is not filled in as it should be."""
    if "take_back" in request.POST:
        return take_picture_back(board, found.block, request.user)
    if not form.is_valid():
        return None
    words = form.cleaned_data
    return override_picture(
        board, found.block, words["image"], words.get("caption", ""), request.user
    )
