"""What people say about a translation: remarks, dismissed findings; and how far it has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SegmentComment(models.Model):
    """A remark on one segment, for the people who work on it; never published."""

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("segment comment")
        verbose_name_plural = _("segment comments")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["key", "locale", "path"], name="comments_of_segment")]

    def __str__(self) -> str:
        return f"{self.locale} {self.path}: {self.text[:40]}"


class FindingDismissal(models.Model):
    """
    A checker's word that a finding is wrong for these very words.

    Bound to the hashes of both texts: when either changes, the finding counts again.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    check_name = models.CharField(max_length=40)
    source_hash = models.CharField(max_length=32)
    target_hash = models.CharField(max_length=32)
    reason = models.CharField(_("reason"), max_length=500)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("dismissed finding")
        verbose_name_plural = _("dismissed findings")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale", "path", "check_name", "source_hash", "target_hash"],
                name="one_dismissal_a_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.path}: {self.check_name}"


class TranslationProgress(models.Model):
    """
    How far one leaflet is in one language. A projection: `progress.refresh_progress` makes it anew,
    so that the matrix of a thousand leaflets reads a thousand rows and no text.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    total = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    draft = models.PositiveIntegerField(default=0)
    fuzzy = models.PositiveIntegerField(default=0)
    machine = models.PositiveIntegerField(default=0)
    translated = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    blocking = models.PositiveIntegerField(default=0)
    advisory = models.PositiveIntegerField(default=0)
    signed_off = models.BooleanField(default=False)
    waiting_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("translation progress")
        verbose_name_plural = _("translation progress")
        constraints = [
            models.UniqueConstraint(fields=["key", "locale"], name="one_progress_a_language")
        ]
        indexes = [models.Index(fields=["locale", "key"], name="progress_by_language")]

    def __str__(self) -> str:
        return f"{self.key} {self.locale}: {self.percent} %"

    @property
    def percent(self) -> int:
        """Share of segments that are translated or checked, in whole per cent, never rounded up."""
        done = self.translated + self.checked
        return done * 100 // self.total if self.total else 0

    @property
    def ready(self) -> bool:
        """Whether only the signature is missing."""
        return bool(self.total) and self.checked == self.total and not self.blocking
