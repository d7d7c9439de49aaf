"""The page in which a clinic writes one leaflet in one language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult

from patientinfo.conf import get_callable
from patientinfo.leaflets import approval, gate
from patientinfo.leaflets.addresses import address_problems
from patientinfo.leaflets.below import setting_below
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.forms import LeafletPageForm
from patientinfo.leaflets.gated_page import GatedPage
from patientinfo.leaflets.gone import without_gone
from patientinfo.leaflets.intent import Intent
from patientinfo.leaflets.keys import assign_keys, is_settled, split_paragraphs
from patientinfo.leaflets.panels import leaflet_panels
from patientinfo.leaflets.slots import Raw
from patientinfo.leaflets.snippets import Contact, RightsHolder, Topic

ACCESS_LEVELS = (
    ("", _("The site's default")),
    ("catalogue", _("Catalogue entry only")),
    ("read", _("Everybody may read it on our own pages")),
    ("full", _("Everybody may have all of it, over every channel")),
)
METHODS = (
    ("human", _("Written or translated by people")),
    ("machine-checked", _("Translated by machine and checked by a person")),
)
SIGNIFICANCES = (
    ("", _("Not said: counts as content")),
    ("cosmetic", _("Cosmetic: punctuation, spacing or case only")),
    ("content", _("Content: translations fall behind until they are updated")),
    ("safety", _("Safety: translations are held back until they are signed off again")),
)


def default_audience() -> list[str]:
    return ["patients"]


class LeafletPage(GatedPage):
    """
    One leaflet in one language. Its words reach readers only as an Edition.

    `source_locale` is empty for the language in which the leaflet was written, and names that
    language in each translation.
    """

    summary = models.TextField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("Two or three sentences. Shown in lists, search results and previews."),
    )
    short_text = models.TextField(_("text message"), max_length=1000, blank=True, default="")
    body = StreamField(LeafletBody(), blank=True, verbose_name=_("sections"))
    audience = models.JSONField(_("audience"), default=default_audience, blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    review_due = models.DateField(_("next review due"), null=True, blank=True)
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leaflets",
    )
    rights_holder = models.ForeignKey(
        RightsHolder,
        verbose_name=_("rights holder"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leaflets",
        help_text=_("Who owns the words. Each picture has an owner of its own."),
    )
    access_level = models.CharField(
        _("who may have it"), max_length=10, choices=ACCESS_LEVELS, blank=True, default=""
    )
    # Not `method`: in a browser that name would hide the form's own, and autosave would fail.
    writing_method = models.CharField(_("method"), max_length=20, choices=METHODS, default="human")
    significance = models.CharField(
        _("how much the change matters"),
        max_length=10,
        choices=SIGNIFICANCES,
        blank=True,
        default="",
    )
    change_note = models.CharField(_("what changed"), max_length=300, blank=True, default="")
    source_locale = models.CharField(max_length=100, blank=True, default="", editable=False)

    subpage_types: list[str] = []
    # `access_level` says who may have a leaflet, over every channel. Wagtail's own page privacy
    # holds for its pages only, so offering it would promise what the API does not keep.
    private_page_options: list[str] = []
    base_form_class = LeafletPageForm

    # A copy is a leaflet of its own in whatever language it is; only `translation` makes it one of
    # another leaflet again.
    exclude_fields_in_copy = ["source_locale", "significance", "change_note"]

    edit_handler = leaflet_panels

    #: Of a draft: the columns that name something that was deleted since, and are empty for it.
    gone: Sequence[str] = ()

    class Meta:
        verbose_name = _("leaflet")
        verbose_name_plural = _("leaflets")

    # -- saving ---------------------------------------------------------------------------------

    def assign_keys(self) -> None:
        """Gives every section and block its identity; see `keys.assign_keys`."""
        body = raw_body(self)
        split_paragraphs(body)
        before = [] if is_settled(body) else self._stored_body()
        self.body = StreamValue(LeafletBody(), assign_keys(body, before), is_lazy=True)

    def _stored_body(self) -> list[Raw]:
        """The body as it was saved last, in the newest draft or else in the page itself."""
        stored = type(self).objects.filter(pk=self.pk).select_related("latest_revision").first()
        if stored is None:
            return []
        if stored.latest_revision is None:
            return raw_body(stored)
        body: list[Raw] = json.loads(stored.latest_revision.content.get("body") or "[]")
        return body

    def clean(self) -> None:
        self.assign_keys()
        super().clean()

    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        """A draft is not cleaned by Wagtail, and has its keys all the same."""
        if clean and kwargs.get("update_fields") is None and not self.live:
            self.assign_keys()
        return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

    def save_revision(self, user: Any = None, **kwargs: Any) -> Any:
        """
        When the form publishes a revision, Wagtail's view does not come by `publish()`, so a
        publisher who may approve does so here.
        """
        publishing = self.intent is Intent.PUBLISH
        if not kwargs.get("clean", True):
            self.assign_keys()
        revision = super().save_revision(user=user, **kwargs)
        if publishing and user is not None and user == self.publisher:
            approval.approve_as(user, self)
        return revision

    @classmethod
    def from_serializable_data(cls, data: Any, **kwargs: Any) -> Any:
        """A draft can be read when what it names is gone, as when it never named it."""
        try:
            return super().from_serializable_data(data, **kwargs)
        except Exception:
            kept, gone = without_gone(cls, data)
            if kept == data:
                raise
        page = super().from_serializable_data(kept, **kwargs)
        page.gone = gone
        return page

    def with_content_json(self, content: Any) -> Any:
        """
        An earlier draft says what the words were, not what they were made from: a copy for
        translation begins as a draft of its source, which says that it is nobody's translation.
        """
        page = super().with_content_json(content)
        page.source_locale = self.source_locale
        return page

    # -- publishing -----------------------------------------------------------------------------

    def problems(self, publisher: Any = None, *, approval: bool = True) -> list[gate.Problem]:
        found = gate.problems_of(self, publisher, approval=approval)
        return [*found, *address_problems(self)]

    def vouch(self, user: Any) -> None:
        """Whoever may approve does so by publishing."""
        approval.approve_as(user, self)

    # -- showing --------------------------------------------------------------------------------

    preview_modes = [("", _("Screen")), ("pdf", _("PDF"))]

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Below a leaflet, where no page can stand, are the addresses of `below.BELOW`."""
        answered_by = setting_below(path_components) if self.live else None
        if answered_by:
            return RouteResult(self, kwargs={"setting": answered_by, "names": path_components[1:]})
        return super().route(request, path_components)

    def serve(
        self,
        request: HttpRequest,
        *args: Any,
        setting: str = "READER",
        names: Sequence[str] = (),
        **kwargs: Any,
    ) -> HttpResponse:
        """Answers with the current Edition; an alias sends the reader to the leaflet it mirrors."""
        if self.alias_of_id:
            return HttpResponseRedirect(self.alias_of.get_url(request) or "/")
        reader = get_callable(setting)
        locale = self.locale.language_code
        answer: HttpResponse = reader(request, self.translation_key, locale, *names)
        return answer

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Shows the draft as readers will see it, through the same renderer."""
        self.assign_keys()
        document = get_callable("PREVIEW_DOCUMENT")(self)
        previewer = get_callable("PDF_PREVIEWER" if mode_name == "pdf" else "PREVIEWER")
        answer: HttpResponse = previewer(request, document)
        return answer
