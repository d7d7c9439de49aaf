"""Editions, withdrawals, and the catalogue that is read."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class Immutable(TypeError):
    """An Edition or a withdrawal was to be changed or deleted. Issue a new one instead."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses what the database's triggers refuse too, with an error that says what to do."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable(f"{self.model.__name__} rows are never changed or deleted; add a new one.")

    update = bulk_update = update_or_create = delete = _refuse

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable(f"{self} is never changed; issue a new one.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable(f"{self} is never deleted; withdraw it instead.")


class Edition(AppendOnly):
    """
    A Document issued under (key, locale, number). Like a printed edition: it may be superseded or
    withdrawn, but what it says never changes.

    Holds plain ids, no foreign keys: deleting a page or a person changes nothing here.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=71, help_text="of the canonical document")
    content_digest = models.CharField(max_length=71, help_text="without when and how it was issued")
    part_digests = models.JSONField()
    document = models.TextField(help_text="canonical JSON (RFC 8785)")
    issued_at = models.DateTimeField()
    revision_id = models.BigIntegerField(null=True)
    source_locale = models.CharField(max_length=100, blank=True, default="")
    source_edition = models.PositiveIntegerField(null=True)
    made_from = models.JSONField(
        default=dict, help_text="of a translation: the hash of each segment's source, by path"
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [
            # Two publishers at once cannot make two editions of one number.
            models.UniqueConstraint(fields=["key", "locale", "number"], name="one_edition_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.locale} edition {self.number}"

    @cached_property
    def data(self) -> dict[str, Any]:
        """The Document as values; treat it as read-only."""
        document: dict[str, Any] = json.loads(self.document)
        return document


class Withdrawal(AppendOnly):
    """The current Edition of a leaflet in one language was taken back, until the next one."""

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    edition = models.PositiveIntegerField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale", "edition"], name="one_withdrawal_an_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.locale} edition {self.edition} withdrawn"


class Redaction(AppendOnly):
    """
    A part of an Edition was removed, because a person or a court has the right to that: the one
    exception to "never changed". Number and digest stay, so `verify_editions` says *redacted* and
    not *differs*.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    edition = models.PositiveIntegerField()
    parts = models.JSONField(help_text="what was removed: `section:…`, `image:…`, `person:…`")
    document_digest = models.CharField(max_length=71, help_text="of what was left")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        indexes = [models.Index(fields=["key", "locale", "edition"], name="redaction_by_edition")]

    def __str__(self) -> str:
        return f"{self.key} {self.locale} edition {self.edition} redacted"


class Status(models.TextChoices):
    """How a leaflet's last Edition stands today. `recalled` belongs to a later act."""

    CURRENT = "current", _("Current")
    BEHIND = "behind", _("Behind its source")
    AHEAD = "ahead", _("Ahead of its source")
    HELD = "held", _("Held back")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RECALLED = "recalled", _("Recalled")
    REDACTED = "redacted", _("Redacted")


#: How an Edition stands that is not the newest; `Status` is about the newest.
SUPERSEDED = "superseded"


class CatalogueQuerySet(models.QuerySet["CatalogueEntry"]):
    def available(self) -> CatalogueQuerySet:
        """Entries whose leaflet is there to be read or asked for."""
        return self.exclude(status__in=[Status.WITHDRAWN, Status.RECALLED])

    def in_locale(self, locale: str) -> CatalogueQuerySet:
        return self.filter(locale=locale)

    def of_leaflet(self, key: Any) -> CatalogueQuerySet:
        return self.filter(key=key)

    def with_term(self, kind: str, value: str) -> CatalogueQuerySet:
        """Entries that carry a topic, code or audience; see `CatalogueTerm`."""
        terms = CatalogueTerm.objects.filter(entry=models.OuterRef("pk"), kind=kind)
        return self.filter(models.Exists(terms.filter(Q(value=value) | Q(label=value))))


class CatalogueEntry(index.Indexed, models.Model):
    """
    One leaflet in one language as it stands today: everything a read needs that is not in the
    Document. Made from Editions, withdrawals and the page; `catalogue.refresh` rebuilds it.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)
    type = models.CharField(max_length=40)
    slug = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    summary = models.TextField()
    html_path = models.CharField(max_length=2000, blank=True, default="")
    level = models.CharField(max_length=10, blank=True, default="")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CURRENT)
    is_source = models.BooleanField(default=True)
    source_locale = models.CharField(max_length=100, blank=True, default="")
    source_edition = models.PositiveIntegerField(null=True)
    source_current_edition = models.PositiveIntegerField(null=True)
    behind = models.JSONField(default=list)
    translations = models.JSONField(default=list)
    catalogue_text = models.TextField(blank=True, default="")
    full_text = models.TextField(blank=True, default="", help_text="without words of photos")
    photo_text = models.TextField(blank=True, default="", help_text="with the words of photos")

    objects = CatalogueQuerySet.as_manager()

    search_fields = [
        index.SearchField("catalogue_text"),
        index.SearchField("full_text"),
        index.FilterField("key"),
        index.FilterField("locale"),
        index.FilterField("status"),
        index.FilterField("level"),
    ]

    class Meta:
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        ordering = ["title", "locale", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="one_entry_a_locale")]
        indexes = [
            models.Index(fields=["html_path"], name="entry_by_path"),
            models.Index(fields=["locale", "title"], name="entry_by_title"),
            models.Index(fields=["-issued_at"], name="entry_by_issue"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.locale})"


class CatalogueTerm(models.Model):
    """
    A word by which entries are filtered: `topic` (value: its id, label: its name), `code` (value:
    `system|code`, label: the code) or `audience`.
    """

    entry = models.ForeignKey(CatalogueEntry, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=200)
    label = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("catalogue term")
        verbose_name_plural = _("catalogue terms")
        indexes = [
            models.Index(fields=["kind", "value"], name="term_by_value"),
            models.Index(fields=["kind", "label"], name="term_by_label"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.label or self.value}"
