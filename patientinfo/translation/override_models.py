"""What a language has of its own in place of its source's: a picture, a link, references."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PartOverride(models.Model):
    """
    One part of a leaflet that is another one in this language.

    Of a picture `path` is its block's key with `/image`, and `replaces` the digest of the source's
    picture that it was chosen for: when the source gets another one, somebody must look again. Of
    a link `path` is that of its segment, `link` the source's address and `href` its own. Of a
    reference `path` is ``references/`` and its number, `caption` its words and `href` its address.

    Belongs to the leaflet's key like the words do, so it outlives rewording, the next copying of
    the source's structure, and the page.
    """

    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    link = models.CharField(max_length=500, blank=True, default="")
    href = models.CharField(max_length=500, blank=True, default="")
    # A picture that is deleted is shown no more, and the source's comes back: its words have to be
    # checked again (`overriding.reopen_picture`).
    image = models.ForeignKey(
        "patientinfo.LeafletImage", on_delete=models.CASCADE, null=True, related_name="+"
    )
    replaces = models.CharField(max_length=71, blank=True, default="")
    caption = models.CharField(max_length=500, blank=True, default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("part of its own")
        verbose_name_plural = _("parts of their own")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale", "path", "link"], name="one_override_a_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.locale} {self.path}"
