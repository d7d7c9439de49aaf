"""Permission requests: what a partner asks for, what it was offered, and every move between."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from patientinfo.editions.models import AppendOnly
from patientinfo.licensing.models import Licence, Licensee
from patientinfo.licensing.terms import LicenceTerms, terms_from


class RequestState(models.TextChoices):
    """Where a request stands; `moves` says which way leads from one to the next."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    NEEDS_INFORMATION = "needs_information", _("Waiting for your answer")
    OFFERED = "offered", _("Terms offered")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PermissionRequest(models.Model):
    """
    One question: may we reproduce this, there, for that.

    `wish` is what is asked for, in the shape of `wishes.Wish.as_json()`. Nobody reviews it before
    `confirmed_at`: an address of mail that was never confirmed is nobody's.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=20, choices=RequestState.choices, default=RequestState.DRAFT
    )
    licensee = models.ForeignKey(
        Licensee, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="the account that asks, once its address is confirmed",
    )
    organisation = models.CharField(_("organisation"), max_length=200, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    contact = models.CharField(_("contact person"), max_length=200, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    language = models.CharField(_("language"), max_length=20, default="en")
    wish = models.JSONField(default=dict)
    message = models.TextField(_("message"), max_length=5000, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("answer due"), null=True, blank=True)
    renews = models.ForeignKey(
        Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="renewal_requests"
    )
    licence = models.OneToOneField(
        Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="request"
    )

    class Meta:
        verbose_name = _("permission request")
        verbose_name_plural = _("permission requests")
        ordering = ["due_on", "pk"]
        permissions = [
            ("decide_permissionrequest", "Can decide on permission requests"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="request_queue")]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_state_display()})"


class RequestEvent(AppendOnly):
    """One move of a request, or a message between partner and officer. Append-only."""

    request = models.ForeignKey(PermissionRequest, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    move = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=RequestState.choices)
    by = models.CharField(max_length=200, help_text="a user's id, `asker`, or a program")
    note = models.TextField(blank=True, default="")
    internal = models.BooleanField(default=False, help_text="not shown to the asker")

    class Meta:
        verbose_name = _("event of a request")
        verbose_name_plural = _("events of requests")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.move} {self.at:%Y-%m-%d}"


class Offer(AppendOnly):
    """Terms that an officer offered. The partner accepts the newest one, or none."""

    request = models.ForeignKey(PermissionRequest, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveIntegerField()
    data = models.JSONField(help_text="`LicenceTerms.as_json()`")
    digest = models.CharField(max_length=71)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="one_offer_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} offer {self.number}"

    @property
    def terms(self) -> LicenceTerms:
        return terms_from(self.data)


class OfferConsent(AppendOnly):
    """A second officer agrees to an offer, where the site asks for two."""

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="consent")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("consent to an offer")
        verbose_name_plural = _("consents to offers")

    def __str__(self) -> str:
        return f"{self.offer_id}"
