"""The clinic's words: what a term is called in each language, and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin

from patientinfo.formats.inline import clean_text
from patientinfo.translation.glossary_forms import GlossaryTermForm
from patientinfo.translation.glossary_standing import is_own, original_of

_BETWEEN_FORMS = re.compile(r"[,،、\n\r]+")


def forms_in(variants: str) -> tuple[str, ...]:
    """The forms that a list with commas or lines between them names, each once."""
    forms = (clean_text(form) for form in _BETWEEN_FORMS.split(variants))
    return tuple(dict.fromkeys(form for form in forms if form))


def clean_lines(text: str) -> str:
    """Plain text of several lines in one spelling."""
    return "\n".join(clean_text(line) for line in text.strip().splitlines())


class GlossaryTerm(TranslatableMixin, models.Model):
    """
    One term in one language; the rows of a term in all languages share their `translation_key`.

    Wherever a leaflet says the term in its own language, a translation has to say the row of its
    language, or, with `do_not_translate`, the very same word.
    """

    term = models.CharField(
        _("term"), max_length=200, help_text=_("As it stands in the middle of a sentence.")
    )
    definition = models.TextField(
        _("definition"),
        max_length=1000,
        blank=True,
        help_text=_("What it means, said so that a patient understands it."),
    )
    do_not_translate = models.BooleanField(
        _("do not translate"),
        default=False,
        help_text=_(
            "The term stays as it is: into every language when set in the language that leaflets "
            "are written in, else into this row's language."
        ),
    )
    variants = models.TextField(
        _("other forms"),
        max_length=1000,
        blank=True,
        help_text=_("Plurals, cases and spellings that are right too; one a line, or with commas."),
    )
    show_to_readers = models.BooleanField(
        _("show to readers"),
        default=False,
        help_text=_("Leaflets that say this term show its definition."),
    )
    #: The definition in the site's own language when this one was written (`glossary_standing`).
    made_from = models.TextField(max_length=1000, blank=True, default="", editable=False)

    base_form_class = GlossaryTermForm

    panels = [
        FieldPanel("term"),
        FieldPanel("variants"),
        FieldPanel("do_not_translate"),
        MultiFieldPanel(
            [
                FieldPanel("definition"),
                FieldPanel("still_right"),
                FieldPanel("show_to_readers"),
            ],
            heading=_("For patients"),
        ),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """A definition that is new remembers what its original is at this moment."""
        if self._is_newly_defined():
            self.made_from = "" if is_own(self) else original_of(self) or ""
            update_fields = None if update_fields is None else {*update_fields, "made_from"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def clean(self) -> None:
        """One spelling of what people typed; other forms stand one a line."""
        super().clean()
        self.term = clean_text(self.term)
        self.definition = clean_lines(self.definition)
        self.variants = "\n".join(forms_in(self.variants))

    def _is_newly_defined(self) -> bool:
        if "definition" in self.get_deferred_fields():
            return False
        stored = type(self).objects.filter(pk=self.pk).values_list("definition", flat=True)
        return self.definition not in stored

    @property
    def forms(self) -> tuple[str, ...]:
        """The term and its other forms."""
        return tuple(dict.fromkeys((self.term, *forms_in(self.variants))))
