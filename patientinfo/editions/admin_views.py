"""Admin pages of this stage: Editions that a shared snippet would change; pictures of drafts."""

from __future__ import annotations

from mimetypes import guess_type
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.images.views.images import EditView
from wagtail.permissions import policy_registry

from patientinfo.editions.image_files import INERT
from patientinfo.editions.reissue import SHARED, outdated_by, reissue
from patientinfo.leaflets.images import LeafletImage

_MODELS = {model._meta.model_name: model for model in SHARED}


def reissue_view(request: HttpRequest, model_name: str, pk: int) -> HttpResponse:
    """GET lists the Editions that a snippet would change; POST reissues them all."""
    model: Any = _MODELS.get(model_name)
    if model is None:
        raise Http404
    snippet = get_object_or_404(model, pk=pk)
    if not _may_change(request.user, snippet):
        raise PermissionDenied
    if request.method == "POST":
        _tell(request, reissue(snippet))
        return HttpResponseRedirect(request.path)
    context = {
        "snippet": snippet,
        "outdated": outdated_by(snippet),
        "header_title": _("Editions that show “%(name)s”") % {"name": snippet},
    }
    return render(request, "patientinfo/editions/reissue.html", context)


def _may_change(user: Any, snippet: Any) -> bool:
    """Pictures are in collections, and somebody may change those of one."""
    if isinstance(snippet, LeafletImage):
        policy = policy_registry.get_by_type(LeafletImage)
        return bool(policy.user_has_permission_for_instance(user, "change", snippet))
    return bool(user.has_perm(f"patientinfo.change_{snippet._meta.model_name}"))


def reissue_url(snippet: Any) -> str:
    """Where the Editions that a snippet would change are listed."""
    return reverse("patientinfo_reissue", args=[snippet._meta.model_name, snippet.pk])


def tell_outdated(request: HttpRequest, snippet: Any) -> None:
    """After a snippet was changed: how many Editions now say something else, and where to go."""
    count = len(outdated_by(snippet)) if isinstance(snippet, SHARED) else 0
    if count:
        message = ngettext(
            "%(count)d edition shows the old words. Readers see the change when you reissue it.",
            "%(count)d editions show the old words. Readers see the change when you reissue them.",
            count,
        ) % {"count": count}
        link = format_html('{} <a href="{}">{}</a>', message, reissue_url(snippet), _("Look"))
        messages.warning(request, link)


class ImageEditView(EditView):
    """
    Wagtail's, which calls no hook: whoever ends a consent or a permission in the library has to
    know that readers and partners have the picture until its Editions are issued again.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        tell_outdated(self.request, self.object)
        return answer


@require_safe
def draft_picture(request: HttpRequest, digest: str) -> HttpResponse:
    """The library's original with this SHA-256, for the preview of a draft; editors only."""
    image = LeafletImage.objects.filter(sha256=f"sha256:{digest}").first()
    if image is None:
        raise Http404
    with image.open_file() as file:
        data = file.read()
    kind, _encoding = guess_type(image.file.name)
    return HttpResponse(
        data,
        content_type=kind or "application/octet-stream",
        headers={"Cache-Control": "private, max-age=600", **INERT},
    )


def _tell(request: HttpRequest, done: Any) -> None:
    count = len(done.editions)
    if count:
        message = ngettext(
            "%(count)d edition was issued.", "%(count)d editions were issued.", count
        )
        messages.success(request, message % {"count": count})
    for page, reasons in done.refused:
        messages.error(
            request,
            _("“%(title)s” (%(language)s) was not issued: %(reasons)s")
            % {
                "title": page.title,
                "language": page.locale.get_display_name(),
                "reasons": " ".join(reasons),
            },
        )
