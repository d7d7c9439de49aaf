"""The edit form of a leaflet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from patientinfo.leaflets.following import SHARED_FIELDS, follow, followed
from patientinfo.leaflets.gated_form import GatedPageForm
from patientinfo.leaflets.weighing import proposed_significance

AUDIENCE_LABELS = (
    ("patients", _("Patients")),
    ("carers", _("Carers and family")),
    ("children", _("Children and young people")),
    ("professionals", _("Professionals")),
)


class LeafletPageForm(GatedPageForm):
    """Adds the audience check boxes, topics once each, and a proposal of how much changes."""

    audience = forms.MultipleChoiceField(
        choices=AUDIENCE_LABELS,
        widget=forms.CheckboxSelectMultiple,
        initial=["patients"],
        label=_("Audience"),
        help_text=_("For whom the leaflet is written."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._follow_source()
        self._offer_topics()
        self._propose_significance()

    def _follow_source(self) -> None:
        """What a translation has from its source is not typed; references are the desk's."""
        source = followed(self.instance)
        self.follows = source is not None
        if source is not None:
            follow(self.instance, source)
            for name in SHARED_FIELDS:
                self.fields.pop(name.removesuffix("_id"), None)
            self.fields.pop("topics", None)
            for name in ("codes", "references"):
                self.formsets.pop(name, None)

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
