"""The draft of a live leaflet that its translators have."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from patientinfo.leaflets.leaflet_page import LeafletPage


class ReleasedDraft(models.Model):
    """
    A draft of a live source that was given to translators, so that its translations can be ready
    when it is published. Publishing the source ends it; see `releases`.
    """

    page = models.OneToOneField(LeafletPage, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    released_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft given to translators")
        verbose_name_plural = _("drafts given to translators")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.revision_id}"
