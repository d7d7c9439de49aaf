"""The front page: the root of one language's pages."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from patientinfo.leaflets.front_page import FrontPage
from patientinfo.leaflets.index_page import LeafletIndexPage


class HomePage(FrontPage):
    """Where a reader arrives in one language.

    Leaflets stand directly below it, so that their addresses stay short enough to be printed:
    ``/en/dry-needling/``.
    """

    intro = RichTextField(
        verbose_name=_("introduction"),
        help_text=_("Who you are and whom these leaflets are for, in a few sentences."),
        features=["bold", "italic", "link", "ol", "ul"],
        blank=True,
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["patientinfo.LeafletPage", "patientinfo.LeafletIndexPage"]
    private_page_options: list[str] = []  # what is below follows each leaflet's own level
    template = "home/home_page.html"

    content_panels = [*Page.content_panels, FieldPanel("intro")]

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, Any]:
        """Adds where all leaflets of this language are listed, if a page lists them."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        index = LeafletIndexPage.objects.live().child_of(self).order_by("path").first()
        context["index_href"] = index.get_url(request) if index else ""
        return context

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
