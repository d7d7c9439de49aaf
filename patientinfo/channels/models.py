"""Renditions that were made already, so that they are made once."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

#: What stands for a channel in the row of a licence's letter.
SIGNED_LETTER = "letter"


class KeptRenditionQuerySet(models.QuerySet["KeptRendition"]):
    def made_before(self, moment: datetime) -> KeptRenditionQuerySet:
        """Those that can be made again as they are: a letter that was signed cannot."""
        return self.filter(made_at__lt=moment).exclude(channel=SIGNED_LETTER)


class KeptRendition(models.Model):
    """
    The bytes of one rendition, known by everything that it was made from.

    Like a print run in the cupboard: never wrong, because another Edition, standing or licence is
    another row, and always to be made again, so any row may be thrown away. The bytes are in the
    row and not in files: a transaction shows all of them or none, and no address serves them.

    One is no rendition: the letter of a licence as it was signed. Thrown away, it is signed anew,
    and a bundle with it has other bytes; so age is no reason to.
    """

    etag = models.CharField(max_length=64, primary_key=True)
    channel = models.CharField(max_length=40)
    edition_digest = models.CharField(max_length=71)
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = KeptRenditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept rendition")
        verbose_name_plural = _("kept renditions")

    def __str__(self) -> str:
        return f"{self.channel} of {self.edition_digest[:15]}"
