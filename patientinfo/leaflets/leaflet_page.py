"""The page in which a clinic writes one leaflet in one language."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry
from wagtail.url_routing import RouteResult

from patientinfo.conf import get_callable
from patientinfo.leaflets import approval, gate
from patientinfo.leaflets.below import setting_below
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.forms import LeafletPageForm
from patientinfo.leaflets.intent import Intent
from patientinfo.leaflets.keys import assign_keys, is_settled, split_paragraphs
from patientinfo.leaflets.panels import leaflet_panels
from patientinfo.leaflets.slots import Raw
from patientinfo.leaflets.snippets import Contact, RightsHolder, Topic
from patientinfo.leaflets.word_rights import require_words

logger = logging.getLogger(__name__)

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
REFUSED = "patientinfo.publish_refused"
SCHEDULED = "wagtail.publish.scheduled"  # the log action by which Wagtail's scheduler publishes


def default_audience() -> list[str]:
    return ["patients"]


class LeafletPage(Page):
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

    #: Set by the edit form. None: no form is involved, and being live says what a save is for.
    intent: Intent | None = None
    #: Set by the edit form: who would publish.
    publisher: Any = None

    edit_handler = leaflet_panels

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
        super().clean()
        self.assign_keys()
        intent = self.intent or (Intent.SUBMIT if self.live else Intent.DRAFT)
        if intent is Intent.DRAFT or self.alias_of_id:
            return
        problems = gate.problems_of(self, self.publisher, approval=intent is Intent.PUBLISH)
        if problems:
            raise gate.NotReadyToPublish(problems)

    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        """
        A full save of a live page puts it before patients. Saving some columns only (a lock, a
        position) does not, so it is not gated.
        """
        some_columns = kwargs.get("update_fields") is not None
        if clean and not some_columns and not self.live:
            self.assign_keys()
        with self._intending(Intent.DRAFT if some_columns else Intent.PUBLISH):
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

    def save_revision(self, user: Any = None, **kwargs: Any) -> Any:
        """
        A revision is a draft, even of a page that is live. When the form publishes it, Wagtail's
        view does not come by `publish()`, so a publisher who may approve does so here.
        """
        publishing = self.intent is Intent.PUBLISH
        with self._intending(Intent.DRAFT):
            if not kwargs.get("clean", True):
                self.assign_keys()
            require_words(self, user)
            revision = super().save_revision(user=user, **kwargs)
        if publishing and user is not None and user == self.publisher:
            approval.approve_as(user, self)
        return revision

    @contextmanager
    def _intending(self, intent: Intent) -> Iterator[None]:
        before, self.intent = self.intent, intent
        try:
            yield
        finally:
            self.intent = before

    # -- publishing -----------------------------------------------------------------------------

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """
        Publishes when nothing is missing; raises `gate.NotReadyToPublish` otherwise.

        Whoever may approve does so by publishing. The scheduler is told nothing but the log: one
        leaflet that is not ready must not keep the others of its run from going live.
        """
        if kwargs.get("log_action") != SCHEDULED:
            return self._publish(revision, user, **kwargs)
        try:
            with transaction.atomic():
                return self._publish(revision, user, **kwargs)
        except ValidationError as error:
            self._log_refusal(revision, error.messages)
        except Exception as error:
            logger.exception("Scheduled publishing of page %s failed", self.pk)
            self._log_refusal(revision, [f"{type(error).__name__}: {error}"])
        return None

    def _publish(self, revision: Any, user: Any, **kwargs: Any) -> Any:
        page = revision.as_object()
        problems = gate.problems_of(page, user)
        if problems:
            raise gate.NotReadyToPublish(problems)
        approval.approve_as(user, page)
        return super().publish(revision, user=user, **kwargs)

    def _log_refusal(self, revision: Any, reasons: list[str]) -> None:
        """The scheduler comes by every few minutes; the same refusal is written down once."""
        logger.error("Scheduled publishing of page %s refused: %s", self.pk, "; ".join(reasons))
        entries = PageLogEntry.objects.filter(page=self, revision=revision, action=REFUSED)
        last = entries.order_by("-timestamp").first()
        if last is None or last.data.get("reasons") != reasons:
            log(instance=self, action=REFUSED, revision=revision, data={"reasons": reasons})

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
