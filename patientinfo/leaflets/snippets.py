"""
What leaflets share: topics, contacts, rights holders, people.

The first three are translatable: one row per language, tied by `translation_key`. A leaflet points
at one of them and shows the row of its own language. People are the same in every language.
"""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale, TranslatableMixin

Translatable = TypeVar("Translatable", bound=TranslatableMixin)


def in_language(snippet: Translatable | None, locale: Locale) -> Translatable | None:
    """The row of `snippet` in `locale`, or None when there is none (never another language's)."""
    if snippet is None or snippet.locale_id == locale.pk:
        return snippet
    found: Translatable | None = snippet.get_translation_or_none(locale)
    return found


class Topic(TranslatableMixin, models.Model):
    """A subject under which patients look for a leaflet."""

    name = models.CharField(_("name"), max_length=120)

    panels = [FieldPanel("name")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Contact(TranslatableMixin, models.Model):
    """Whom a patient asks. Shown in every leaflet that points at it."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    url = models.URLField(_("web page"), blank=True)
    address = models.TextField(_("address"), blank=True, max_length=500)

    panels = [FieldPanel(name) for name in ("name", "email", "phone", "url", "address")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RightsHolder(TranslatableMixin, models.Model):
    """Who owns the words of a leaflet, or a picture, and on what terms they may be used."""

    name = models.CharField(_("name"), max_length=200)
    statement = models.TextField(
        _("rights statement"),
        max_length=1000,
        help_text=_("The sentence that says who may do what, in this row's language."),
    )
    credit_line = models.CharField(
        _("credit line"),
        max_length=300,
        blank=True,
        help_text=_("How the holder wants to be named wherever the work is shown."),
    )
    url = models.URLField(_("policy page"), blank=True)
    email = models.EmailField(_("e-mail for permissions"), blank=True)
    is_ours = models.BooleanField(
        _("this is the clinic itself"),
        default=False,
        help_text=_("What it owns may be licensed to partner clinics."),
    )

    panels = [
        FieldPanel(name) for name in ("name", "statement", "credit_line", "url", "email", "is_ours")
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("rights holder")
        verbose_name_plural = _("rights holders")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """
    Somebody who wrote, translated, checked or approved.

    A Document names people for ever, so a name appears only with the person's recorded consent,
    and as an id and a professional name, nothing more.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    name = models.CharField(
        _("professional name"), max_length=200, help_text=_("As it is to stand in leaflets.")
    )
    consent_on = models.DateField(
        _("consent recorded on"),
        null=True,
        blank=True,
        help_text=_("When this person agreed to be named in published leaflets."),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="patientinfo_person",
        help_text=_("The account that approves as this person."),
    )

    panels = [FieldPanel(name) for name in ("name", "consent_on", "user")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def as_member(self, on: Any = None) -> dict[str, Any]:
        """This person as a member of a Document's `people`; `on` is a date or None."""
        return {"id": str(self.uid), "name": self.name, "on": on.isoformat() if on else None}
