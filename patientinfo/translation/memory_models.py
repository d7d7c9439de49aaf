"""What has been translated before, shared by all leaflets, and the words it is found by."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patientinfo.translation.states import Origin


class MemoryEntry(models.Model):
    """
    A text and one translation of it that a person has checked, or that came from another memory:
    inline HTML both, also where the segment is plain.

    `key` and `path` say where it was last confirmed; an imported entry has neither. `made_by` is
    who wrote the words or sent the file that they came in (None: nobody knows), and `origin` how
    they came about: machine-made words stay marked, wherever they are used again. The hashes are
    there because databases do not index texts of any length.
    """

    source_locale = models.CharField(max_length=100)
    locale = models.CharField(max_length=100)
    source_hash = models.CharField(max_length=32)
    text_hash = models.CharField(max_length=32)
    source_text = models.TextField()
    text = models.TextField()
    key = models.UUIDField(null=True)
    path = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.HUMAN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("translation memory entry")
        verbose_name_plural = _("translation memory entries")
        constraints = [
            # Also the index of every look-up of equal texts.
            models.UniqueConstraint(
                fields=["source_hash", "locale", "source_locale", "text_hash"],
                name="one_entry_a_translation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_locale} → {self.locale}: {self.source_text[:40]}"


class MemoryUse(models.Model):
    """
    A segment whose checked words an entry has; a segment uses one entry.

    When a segment gets other words, its old entry is forgotten only if no other segment uses it.
    """

    entry = models.ForeignKey(
        MemoryEntry, on_delete=models.CASCADE, related_name="uses", db_index=False
    )
    locale = models.CharField(max_length=100)
    key = models.UUIDField()
    path = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("use of a translation memory entry")
        verbose_name_plural = _("uses of translation memory entries")
        constraints = [
            models.UniqueConstraint(fields=["key", "locale", "path"], name="one_entry_a_segment")
        ]
        indexes = [models.Index(fields=["entry", "path"], name="uses_of_entry")]

    def __str__(self) -> str:
        return f"{self.locale} {self.path}"


class MemoryWord(models.Model):
    """
    A word, or two words in a row, of the source texts of one pair of languages.

    `name` holds the pair and the word ("en nl needle"): see `memory_words`. `count` is how many
    entries are listed under it, so that a look-up can begin with the rarest words.
    """

    name = models.CharField(max_length=250, unique=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("translation memory word")
        verbose_name_plural = _("translation memory words")

    def __str__(self) -> str:
        return self.name


class MemoryPosting(models.Model):
    """A line of the word index: this entry's source text has this word."""

    word = models.ForeignKey(
        MemoryWord, on_delete=models.CASCADE, related_name="postings", db_index=False
    )
    entry = models.ForeignKey(MemoryEntry, on_delete=models.CASCADE, related_name="postings")

    class Meta:
        verbose_name = _("translation memory posting")
        verbose_name_plural = _("translation memory postings")
        constraints = [models.UniqueConstraint(fields=["word", "entry"], name="one_posting_a_word")]

    def __str__(self) -> str:
        return f"{self.word_id} → {self.entry_id}"
