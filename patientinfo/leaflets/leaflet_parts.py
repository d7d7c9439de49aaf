"""Rows that belong to one leaflet page: codes, references, and who did what."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from patientinfo.formats.code_systems import (
    ICD_9_CM,
    ICD_10,
    ICD_10_CM,
    ICPC_2,
    LOINC,
    RXNORM,
    SNOMED_CT,
)
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Person

#: Code systems by the canonical URI that FHIR gives them (FHIR R5, "Terminologies Systems").
CODE_SYSTEMS = (
    (SNOMED_CT, "SNOMED CT"),
    (ICD_10, "ICD-10"),
    ("http://id.who.int/icd/release/11/mms", "ICD-11"),
    (LOINC, "LOINC"),
    (ICPC_2, "ICPC-2"),
    (ICD_10_CM, "ICD-10-CM"),
    (ICD_9_CM, "ICD-9-CM"),
    (RXNORM, "RxNorm"),
)


class ClinicalCode(Orderable):
    """What the leaflet is about, as health records say it."""

    page = ParentalKey(LeafletPage, on_delete=models.CASCADE, related_name="codes")
    system = models.CharField(_("system"), max_length=100, choices=CODE_SYSTEMS)
    code = models.CharField(_("code"), max_length=64)
    display = models.CharField(_("meaning"), max_length=200, blank=True)

    panels = [FieldPanel("system"), FieldPanel("code"), FieldPanel("display")]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code} {self.display}".rstrip()

    def clean(self) -> None:
        super().clean()
        if "|" in self.code or any(c.isspace() for c in self.code):
            raise ValidationError({"code": _("A code has no spaces and no vertical bar.")})


class Reference(Orderable):
    """A source that the leaflet rests on."""

    page = ParentalKey(LeafletPage, on_delete=models.CASCADE, related_name="references")
    text = models.CharField(_("reference"), max_length=500)
    url = models.URLField(_("web page"), blank=True)

    panels = [FieldPanel("text"), FieldPanel("url")]

    def __str__(self) -> str:
        return f"{self.text} {self.url}".rstrip()


class Contributor(Orderable):
    """Who wrote, translated or checked the leaflet, and when."""

    ROLES = (
        ("authors", _("Author")),
        ("translators", _("Translator")),
        ("checkers", _("Checker")),
    )

    page = ParentalKey(LeafletPage, on_delete=models.CASCADE, related_name="contributors")
    role = models.CharField(_("role"), max_length=20, choices=ROLES, default="authors")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    done_on = models.DateField(_("on"), null=True, blank=True)

    panels = [FieldPanel("role"), FieldPanel("person"), FieldPanel("done_on")]
