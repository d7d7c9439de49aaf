"""
A page that goes before patients only when nothing is missing, from whatever side it is published.

The form, a workflow, the scheduler, a bulk action, the API and a script all end in `clean()` or
`publish()` of the model, so the gate is asked there and nowhere else. What it asks is the page's
own business (`problems`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from patientinfo.leaflets.gate import NotReadyToPublish, Problem
from patientinfo.leaflets.gated_form import GatedPageForm
from patientinfo.leaflets.intent import Intent
from patientinfo.leaflets.kept_drafts import to_overwrite
from patientinfo.leaflets.word_rights import require_words

logger = logging.getLogger(__name__)

REFUSED = "patientinfo.publish_refused"
SCHEDULED = "wagtail.publish.scheduled"  # the log action by which Wagtail's scheduler publishes


class GatedPage(Page):
    """Base of every page that patients see; a subclass says in `problems` what it may lack."""

    base_form_class = GatedPageForm

    #: Set by the edit form. None: no form is involved, and being live says what a save is for.
    intent: Intent | None = None
    #: Set by the edit form: who would publish.
    publisher: Any = None

    class Meta:
        abstract = True

    def problems(self, publisher: Any = None, *, approval: bool = True) -> list[Problem]:
        """
        Everything that keeps the page from being published by `publisher`. Without `approval` it is
        only asked whether it is ready to be approved.
        """
        raise NotImplementedError

    def vouch(self, user: Any) -> None:
        """What it means for the page that `user`, or nobody in person, is publishing it now."""

    # -- saving ---------------------------------------------------------------------------------

    def clean(self) -> None:
        super().clean()
        intent = self.intent or (Intent.SUBMIT if self.live else Intent.DRAFT)
        if intent is Intent.DRAFT or self.alias_of_id:
            return
        problems = self.problems(self.publisher, approval=intent is Intent.PUBLISH)
        if problems:
            raise NotReadyToPublish(problems)

    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        """
        A full save of a live page puts it before patients. Saving some columns only (a lock, a
        position) does not, so it is not gated.
        """
        some_columns = kwargs.get("update_fields") is not None
        with self._intending(Intent.DRAFT if some_columns else Intent.PUBLISH):
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

    def save_revision(self, user: Any = None, **kwargs: Any) -> Any:
        """A revision is a draft, even of a page that is live. Not everybody may write its words."""
        require_words(self, user)
        if "overwrite_revision" in kwargs:
            kwargs["overwrite_revision"] = to_overwrite(kwargs["overwrite_revision"], user)
        with self._intending(Intent.DRAFT):
            return super().save_revision(user=user, **kwargs)

    def with_content_json(self, content: Any) -> Any:
        """
        With which draft a page is live is the page's own, and no older draft's. Wagtail takes one
        offline, and tells nobody, when a draft is planned that was written before it went live.
        """
        shown = super().with_content_json(content)
        shown.live_revision_id = self.live_revision_id
        return shown

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

        The scheduler is told nothing but the log: one page that is not ready must not keep the
        others of its run from going live.
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
        problems = page.problems(user)
        if problems:
            raise NotReadyToPublish(problems)
        page.vouch(user)
        return super().publish(revision, user=user, **kwargs)

    def _log_refusal(self, revision: Any, reasons: list[str]) -> None:
        """The scheduler comes by every few minutes; the same refusal is written down once."""
        logger.error("Scheduled publishing of page %s refused: %s", self.pk, "; ".join(reasons))
        entries = PageLogEntry.objects.filter(page=self, revision=revision, action=REFUSED)
        last = entries.order_by("-timestamp").first()
        if last is None or last.data.get("reasons") != reasons:
            log(instance=self, action=REFUSED, revision=revision, data={"reasons": reasons})
