"""The store of translations."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patientinfo.formats.segments import source_hash
from patientinfo.translation.states import Origin, Stored


class SegmentTranslation(models.Model):
    """
    The words of one segment in one language, and the words that they were made from.

    Belongs to a leaflet's key, not to a page: deleting and re-creating a page loses no translation.
    A row whose `source_hash` is not that of the segment today was made from older words. `version`
    grows with every save, so that of two people who save at once the second is told; a new row goes
    on above `EmptiedSegment`, so that no version stands for two texts. `helpers` are the ids of the
    accounts that wrote at the words before `translated_by` did, since somebody last checked them.
    `imported` is the `target_digest` of the last words that a file brought, whoever mended them
    since: the same file sent again brings nothing new.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    source_text = models.TextField()
    source_hash = models.CharField(max_length=32)
    text = models.TextField()
    state = models.CharField(max_length=12, choices=Stored.choices, default=Stored.TRANSLATED)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.HUMAN)
    version = models.PositiveIntegerField(default=1)
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    translated_at = models.DateTimeField(null=True)
    helpers = models.JSONField(default=list, blank=True)
    imported = models.CharField(max_length=16, default="", blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("segment translation")
        verbose_name_plural = _("segment translations")
        constraints = [
            models.UniqueConstraint(fields=["key", "locale", "path"], name="one_translation_a_path")
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.path}"

    @property
    def makers(self) -> set[int]:
        """Ids of the accounts whose work these words are; none of them may check it."""
        last = {self.translated_by_id} if self.translated_by_id else set()
        return last | set(self.helpers)

    def helpers_of(self, user: Any) -> list[int]:
        """What `helpers` is when `user` changes the words: checked ones are a new beginning."""
        if self.state == Stored.CHECKED:
            return []
        return sorted(self.makers - {getattr(user, "pk", None)})

    def set(self, source_text: str, text: str) -> None:
        """Changes the words and remembers from which source they were made."""
        self.source_text, self.source_hash, self.text = source_text, source_hash(source_text), text


class EmptiedSegment(models.Model):
    """
    The last version of a segment whose words somebody took away, with their row, and when.

    Whoever has the desk open still shows that version. Words that come later must have another, or
    such a page would check and overwrite what its reader has never seen. Drafts of the page may say
    the words still: what they said before `emptied_at` is not typed since.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    emptied_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "locale", "path"], name="one_emptied_a_path")
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.path}"


def emptied_at(key: uuid.UUID | str, locale: str) -> dict[str, datetime]:
    """When the words at each path were taken away, whatever came there later. One query."""
    emptied = EmptiedSegment.objects.filter(key=key, locale=locale)
    return dict(emptied.values_list("path", "emptied_at"))


def first_versions(key: uuid.UUID, locale: str, paths: Iterable[str]) -> dict[str, int]:
    """
    With which version new words at each path begin. One query, which must come after the one that
    found no words there: who empties a segment in between has then said so.
    """
    wanted = list(paths)
    emptied = EmptiedSegment.objects.filter(key=key, locale=locale, path__in=wanted)
    last = dict(emptied.values_list("path", "version"))
    return {path: last.get(path, 0) + 1 for path in wanted}
