"""The page that lists the leaflets of its language."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from patientinfo.conf import get_callable
from patientinfo.leaflets.front_page import FrontPage


class LeafletIndexPage(FrontPage):
    """Lists what has been issued in its language; leaflets may stand under it or beside it."""

    intro = models.TextField(
        _("introduction"),
        blank=True,
        max_length=1000,
        help_text=_("A few words above the list of leaflets."),
    )

    private_page_options: list[str] = []  # see `LeafletPage`
    subpage_types = ["patientinfo.LeafletPage", "patientinfo.LeafletIndexPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("leaflet index")
        verbose_name_plural = _("leaflet indexes")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.elsewhere(request) or self._read(request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return self._read(request)

    def _read(self, request: HttpRequest) -> HttpResponse:
        reader = get_callable("INDEX_READER")
        answer: HttpResponse = reader(request, self.title, self.intro, self.locale.language_code)
        return answer
