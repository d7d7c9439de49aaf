"""
Licensees, what they were granted, and the keys that stand for it.

What was agreed is written once: `LicenceVersion` and `LicenceEvent` are append-only, in the
database too. `Licence` itself holds only what a read needs at once and what changes: its state, and
which version is in force.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from patientinfo.editions.models import AppendOnly
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.terms import LicenceTerms, terms_from


class Licensee(models.Model):
    """A partner clinic: who asked, and who answers for what it was granted."""

    name = models.CharField(_("organisation"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text="ISO 3166-1")
    contact = models.CharField(_("contact person"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), db_index=True)
    language = models.CharField(_("language"), max_length=20, default="en")
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accounts"),
        blank=True,
        related_name="patientinfo_licensees",
        help_text=_("Who may sign in and act for this partner."),
    )

    class Meta:
        verbose_name = _("licensee")
        verbose_name_plural = _("licensees")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class LicenceState(models.TextChoices):
    """
    How a licence stands. `expired` is never stored: the guard reads it off the term, so that no
    clock has to run for a licence to end.
    """

    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    RENEWED = "renewed", _("Renewed")
    EXPIRED = "expired", _("Expired")


class LicenceQuerySet(models.QuerySet["Licence"]):
    def in_force(self, at: datetime) -> LicenceQuerySet:
        """Licences under which something may be read at a moment."""
        begun = self.filter(state=LicenceState.ACTIVE, starts_at__lte=at)
        return begun.filter(models.Q(ends_at=None) | models.Q(ends_at__gt=at))


class Licence(models.Model):
    """Written permission: its number, its holder, how it stands, and which terms are in force."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    licensee = models.ForeignKey(Licensee, on_delete=models.PROTECT, related_name="licences")
    state = models.CharField(
        _("state"), max_length=12, choices=LicenceState.choices, default=LicenceState.ACTIVE
    )
    version = models.PositiveIntegerField(_("version of the terms"), default=1)
    terms_digest = models.CharField(max_length=71)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(
        _("until"), null=True, blank=True, db_index=True, help_text="first moment after the term"
    )
    granted_at = models.DateTimeField(_("granted on"))
    reason = models.TextField(
        _("reason"), blank=True, default="", help_text="why it was suspended or revoked"
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("renewal of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewed_as",
    )
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="of its end")

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["-granted_at", "-pk"]

    def __str__(self) -> str:
        return self.number

    def state_at(self, at: datetime) -> LicenceState:
        """How it stands at a moment, the end of its term included."""
        if self.state == LicenceState.ACTIVE and self.ends_at is not None and at >= self.ends_at:
            return LicenceState.EXPIRED
        return LicenceState(self.state)

    @property
    def terms(self) -> LicenceTerms:
        """The terms in force; one query."""
        return self.versions.get(version=self.version).terms


class LicenceVersion(AppendOnly):
    """Terms as they were frozen when the partner accepted them."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    data = models.JSONField(help_text="`LicenceTerms.as_json()`")
    digest = models.CharField(max_length=71, db_index=True)
    frozen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a licence")
        verbose_name_plural = _("versions of licences")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["licence", "version"], name="one_terms_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} version {self.version}"

    @property
    def terms(self) -> LicenceTerms:
        return terms_from(self.data)


class LicenceEvent(AppendOnly):
    """One act on a licence: who, when, what, why. Never changed, never deleted."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    by = models.CharField(max_length=200, help_text="a user's id, or the program that acted")
    reason = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("event of a licence")
        verbose_name_plural = _("events of licences")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d}"


class AccessKey(models.Model):
    """
    A credential. Of a licence: as many as it likes, made by the partner itself. Of the clinic's own
    channels: no licence. In a browser: bound to origins.

    `name` is in the key and looked up; `label` is what its owner calls it.
    """

    kind = models.CharField(
        _("kind"), max_length=10, choices=[(kind.value, kind.value) for kind in Kind]
    )
    licence = models.ForeignKey(
        Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="keys"
    )
    label = models.CharField(_("name"), max_length=100)
    name = models.CharField(max_length=12, unique=True, editable=False)
    hash = models.CharField(max_length=64, editable=False)
    origins = models.JSONField(_("origins"), default=list, blank=True)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)
    expires_at = models.DateTimeField(_("ends on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("access key")
        verbose_name_plural = _("access keys")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=Kind.CHANNEL.value, licence=None)
                | (~models.Q(kind=Kind.CHANNEL.value) & models.Q(licence__isnull=False)),
                name="a_key_has_its_licence",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.name[:4]}…)"

    def usable_at(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


class UsageCount(models.Model):
    """How often one Edition was read under one licence through one channel on one day (UTC)."""

    licence = models.ForeignKey(Licence, on_delete=models.CASCADE, related_name="usage")
    day = models.DateField()
    key = models.UUIDField()
    locale = models.CharField(max_length=100)
    edition = models.PositiveIntegerField()
    channel = models.CharField(max_length=40)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("usage")
        verbose_name_plural = _("usage")
        constraints = [
            models.UniqueConstraint(
                fields=["licence", "day", "key", "locale", "edition", "channel"],
                name="one_count_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.channel}: {self.count}"


def plain(value: Any) -> str:
    """Who acts, for the log: a user's id, never a name or an address."""
    pk = getattr(value, "pk", None)
    return f"user:{pk}" if pk is not None else str(value or "system")
