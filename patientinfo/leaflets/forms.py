"""
The edit form of a leaflet.

It decides nothing about publishing; it only tells the page what this request is for, which the
model's `clean()` cannot see for itself. Who may not change the page's words is told so here, with
what they typed still in the form.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Locale

from patientinfo.leaflets.intent import Intent
from patientinfo.leaflets.weighing import proposed_significance
from patientinfo.leaflets.word_rights import require_words

AUDIENCE_LABELS = (
    ("patients", _("Patients")),
    ("carers", _("Carers and family")),
    ("children", _("Children and young people")),
    ("professionals", _("Professionals")),
)


class LeafletPageForm(WagtailAdminPageForm):
    """Adds the audience check boxes and tells the page what kind of save this is."""

    audience = forms.MultipleChoiceField(
        choices=AUDIENCE_LABELS,
        widget=forms.CheckboxSelectMultiple,
        initial=["patients"],
        label=_("Audience"),
        help_text=_("For whom the leaflet is written."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.intent = self._intent() if self.is_bound else None
        self.instance.publisher = self.for_user
        self._offer_topics()
        self._propose_significance()

    def _propose_significance(self) -> None:
        """
        What is only punctuation so far is proposed as cosmetic. Anything else counts as content
        without a word, and a change for safety is for people to see.
        """
        page = self.instance
        if self.is_bound or "significance" not in self.fields or page.significance or not page.pk:
            return
        if not page.source_locale and proposed_significance(page) == "cosmetic":
            self.initial["significance"] = "cosmetic"

    def _offer_topics(self) -> None:
        """Each topic once, not in every language: a leaflet shows the row of its own."""
        if "topics" in self.fields:
            field = self.fields["topics"]
            chosen = [topic.pk for topic in self.instance.topics.all()]
            locale = Locale.get_default()
            field.queryset = field.queryset.filter(Q(locale=locale) | Q(pk__in=chosen))

    def _post_clean(self) -> None:
        """The page has the form's words now; before anything of it is saved, may it have them?"""
        super()._post_clean()
        if not self.errors:
            try:
                require_words(self.instance, self.for_user)
            except PermissionDenied as refused:
                self.add_error(None, str(refused))

    def _intent(self) -> Intent:
        """Wagtail's edit view names its button; any other client of the form saves to publish."""
        if "action-publish" in self.data:
            return Intent.PUBLISH
        if "action-submit" in self.data or "action-restart-workflow" in self.data:
            return Intent.SUBMIT
        if "action-workflow-action" in self.data:
            approves = self.data.get("workflow-action-name") == "approve"
            return Intent.SUBMIT if approves else Intent.DRAFT
        return Intent.DRAFT if "action-cancel-workflow" in self.data else Intent.PUBLISH

    def defer_required_fields(self) -> None:
        """Wagtail calls this for drafts, autosave and previews."""
        super().defer_required_fields()
        self.instance.intent = Intent.DRAFT

    def add_error(self, field: str | None, error: Any) -> None:
        """Errors of fields that this user's form does not show go to the top of the form."""
        if field is None and isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            for name in set(error.error_dict) - set(self.fields) - {NON_FIELD_ERRORS}:
                error.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(error.error_dict.pop(name))
        super().add_error(field, error)
