"""The two channels of paper, and the preview of a draft on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib.metadata import version as distribution_version
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from patientinfo.channels.base import Channel, Context, Document, NotRenderable
from patientinfo.channels.pdf.content import Print, content_of, texts_of
from patientinfo.channels.pdf.fonts import fingerprint, packages, refuse_missing_glyphs
from patientinfo.channels.pdf.typesetting import typeset
from patientinfo.channels.renditions import render_draft
from patientinfo.licensing.terms import Use

_TYPST = distribution_version("typst")
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/gif": "gif"}
#: Pixels: at 300 to the inch, a little more than a column is wide.
_PICTURE_WIDTH = 1200


class PdfChannel(Channel):
    """A leaflet for a printer."""

    name = "pdf"
    label = _("PDF")
    media_type = "application/pdf"
    extension = "pdf"
    uses = frozenset({Use.READER, Use.WEBSITE, Use.PORTAL, Use.PRINT, Use.EMAIL, Use.TRAINING})
    packed = True
    shown_by_browsers = True
    size: ClassVar[Print] = Print(body=10.5, small=8.5, margin=20)

    @property
    def version(self) -> str:
        """Also that of the program which sets it, and of the fonts that it is set in."""
        return f"6+typst-{_TYPST}+fonts-{fingerprint(packages())}"

    def render(self, document: Document, context: Context) -> bytes:
        files, pictures = _pictures(document, context)
        content = content_of(document, context.sheet, files, self.size)
        refuse_missing_glyphs(texts_of(content))
        return typeset(content, pictures, context.sheet.issued_at)


class LargePrintChannel(PdfChannel):
    """The same for readers who need large print: nothing on it is smaller than 16 points."""

    name = "large-print"
    label = _("Large print (PDF)")
    size = Print(body=18, small=16, margin=18)

    def file_name(self, document: Document) -> str:
        return super().file_name(document).removesuffix(".pdf") + ".large-print.pdf"


def _pictures(document: Document, context: Context) -> tuple[dict[str, str], dict[str, bytes]]:
    """Each image's file name by its id, and each file's bytes by its name."""
    files: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    for number, image in enumerate(document["images"]):
        picture = context.picture(image, _PICTURE_WIDTH)
        if picture is None:
            continue
        suffix = _SUFFIXES.get(image["mime"])
        if suffix is None:
            raise NotRenderable("failed", f"Pictures of type {image['mime']} cannot be printed.")
        files[image["id"]] = name = f"picture-{number}.{suffix}"
        pictures[name] = picture
    return files, pictures


@require_safe
def preview_pdf(request: HttpRequest, document: Mapping[str, Any]) -> HttpResponse:
    """An editor's draft on paper, said to be one on every page; or what keeps it from paper."""
    make = partial(render_draft, PdfChannel(), document)
    headers = {"Cache-Control": "private, no-store", "Content-Language": document["locale"]}
    try:
        content = make()
    except NotRenderable as problem:
        return HttpResponse(
            str(problem), status=422, content_type="text/plain; charset=utf-8", headers=headers
        )
    name = f"{document['slug'] or 'draft'}.draft.pdf".encode("ascii", "ignore").decode()
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    return HttpResponse(content, content_type="application/pdf", headers=headers)
