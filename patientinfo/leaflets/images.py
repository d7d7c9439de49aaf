"""
Pictures, each with its own words for those who do not see it and its own rights.

A photo may belong to somebody else than the text around it, so the rights holder is the picture's.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from patientinfo.formats.canonical import digest_bytes


class LeafletImage(AbstractImage):
    """A picture of a leaflet; `alt_text` and `caption` are in the source leaflet's language."""

    alt_text = models.CharField(
        _("description"),
        max_length=500,
        blank=True,
        help_text=_("What the picture shows, for people who do not see it. Needed to publish."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(
        _("credit"),
        max_length=300,
        blank=True,
        help_text=_("Who made it, as they want to be named."),
    )
    rights_holder = models.ForeignKey(
        "patientinfo.RightsHolder",
        verbose_name=_("rights holder"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who owns this picture. Needed to publish."),
    )
    rights_statement = models.CharField(
        _("rights statement"),
        max_length=500,
        blank=True,
        help_text=_("Only where it differs from the rights holder's own statement."),
    )
    may_sublicense = models.BooleanField(
        _("may be passed on"),
        default=False,
        help_text=_(
            "Its owner has allowed us in writing to let partner clinics reproduce it. Not needed "
            "for pictures that the clinic owns."
        ),
    )
    consent_until = models.DateField(
        _("consent ends on"),
        null=True,
        blank=True,
        help_text=_(
            "Where people can be recognised: the last day for which they have agreed. From "
            "the next day on nobody is shown the picture."
        ),
    )
    sha256 = models.CharField(max_length=71, blank=True, editable=False)

    admin_form_fields = (
        *Image.admin_form_fields,
        "alt_text",
        "caption",
        "credit",
        "rights_holder",
        "rights_statement",
        "may_sublicense",
        "consent_until",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and (not self.sha256 or not getattr(self.file, "_committed", True)):
            self.sha256 = self._digest_file()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "sha256"}
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """Wagtail's own templates ask for this name."""
        return self.alt_text

    @property
    def is_sublicensable(self) -> bool:
        """Whether the clinic may let others reproduce it: it owns it, or was allowed to."""
        return self.may_sublicense or bool(self.rights_holder and self.rights_holder.is_ours)

    @property
    def file_digest(self) -> str:
        """`sha256:…` of the original file; read from the file when the row does not know it yet."""
        return self.sha256 or self._digest_file()

    def _digest_file(self) -> str:
        with self.open_file() as file:
            return digest_bytes(file.read())


class LeafletRendition(AbstractRendition):
    """A scaled copy for Wagtail's admin; readers get files made when an Edition is issued."""

    image = models.ForeignKey(LeafletImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
