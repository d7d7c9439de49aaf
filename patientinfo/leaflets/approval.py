"""
Clinical approval: who vouches for which words.

An approval is given to a fingerprint of the page's clinical content, not to a page or a revision:
change a word and the approval does not cover it any more; save the page again unchanged and it
still does. Under a translation it also names the Edition of the source that lay beside it: the same
words under a changed source need a new one, and so does a copy that has no source. Words that
other words have replaced since need a new one too, before patients get them again. It is given by
the workflow (`approval_task`), at the desk, or by a person who may approve and publishes directly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patientinfo.formats.canonical import digest
from patientinfo.leaflets.content import fingerprint
from patientinfo.leaflets.snippets import Person

if TYPE_CHECKING:
    from patientinfo.leaflets.leaflet_page import LeafletPage

PERMISSION = "patientinfo.add_clinicalapproval"
#: Of two who approve and publish at once, one comes second: the words of the other are issued while
#: theirs are on their way, and those would be live and in no Edition if that took their approval.
AT_ONCE = timedelta(seconds=10)


class ClinicalApproval(models.Model):
    """One person's word that this content is right. Like a signature under a printed page."""

    fingerprint = models.CharField(max_length=71, db_index=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("clinical approval")
        verbose_name_plural = _("clinical approvals")
        constraints = [
            # One signature of a person under one content is enough; a second adds nothing.
            models.UniqueConstraint(fields=["fingerprint", "person"], name="one_approval_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.approved_at:%Y-%m-%d}"


#: The digests of the source Editions that an approval of a translation may name, newest first;
#: None for a page that is no translation.
Sources = Callable[["LeafletPage"], "Sequence[str] | None"]
_sources: list[Sources] = []


def register_sources(sources: Sources) -> None:
    """Names who tells the Editions of a translation's source; a later stage knows them."""
    _sources[:] = [sources]


#: When the words of a page that is no translation were replaced by others that patients got; None
#: where they were not.
Replaced = Callable[["LeafletPage"], "datetime | None"]
_replaced: list[Replaced] = []


def register_replaced(replaced: Replaced) -> None:
    """Names who tells since when an approval has to be to count; a later stage knows Editions."""
    _replaced[:] = [replaced]


def _is_translation(page: LeafletPage) -> bool:
    return bool(_sources) and _sources[0](page) is not None


def newest_source(page: LeafletPage) -> str:
    """What an approval of `page` given now names; empty for a page that is no translation."""
    digests = _sources[0](page) if _sources else None
    return digests[0] if digests else ""


def _signed(page: LeafletPage) -> dict[str, str]:
    """What approvals of `page` may be given to → the source Edition that those name."""
    words = fingerprint(page)
    sources = _sources[0](page) if _sources else None
    if sources is None:
        return {words: ""}
    return {_beside(words, source): source for source in sources}


def _beside(words: str, source: str) -> str:
    return digest({"words": words, "source": source})


def signature_of(page: LeafletPage) -> tuple[str, list[ClinicalApproval]]:
    """
    The source Edition (its digest; empty for a source) that the approvals of what `page` says name,
    and those approvals, first one first; of several source Editions the newest. Somebody who does
    not agree to be named any more is left out: what is issued from now on cannot rest on that name.
    """
    signed = _signed(page)
    approvals: dict[str, list[ClinicalApproval]] = {}
    for approval in _given(signed).select_related("person").order_by("approved_at", "pk"):
        approvals.setdefault(approval.fingerprint, []).append(approval)
    newest = next((mark for mark in signed if mark in approvals), "")
    return signed.get(newest, ""), _standing(page, approvals.get(newest, []))


def _standing(page: LeafletPage, approvals: list[ClinicalApproval]) -> list[ClinicalApproval]:
    """Those that were given after other words replaced these, or at once with them, if any did."""
    since = _replaced[0](page) if approvals and _replaced else None
    return [found for found in approvals if since is None or found.approved_at > since - AT_ONCE]


def _given(signed: Iterable[str]) -> models.QuerySet[ClinicalApproval]:
    """Approvals given to one of these by people who agree to be named."""
    return ClinicalApproval.objects.filter(fingerprint__in=signed, person__consent_on__isnull=False)


def approvals_of(page: LeafletPage) -> list[ClinicalApproval]:
    """Who approved exactly what the page says now; see `signature_of`."""
    return signature_of(page)[1]


def was_approved(page: LeafletPage) -> bool:
    """Whether somebody approved what `page` says at any time, whatever replaced it since."""
    return _given(_signed(page)).exists()


def person_of(user: Any) -> Person | None:
    """The person of an account, when that person has agreed to be named."""
    return Person.objects.filter(user=user, consent_on__isnull=False).first()


Signer = Callable[["LeafletPage", Any], "Person | None"]
_signers: list[Signer] = []


def register_signer(signer: Signer) -> None:
    """Names who says as whom a user may approve a translation; a later stage knows languages."""
    _signers[:] = [signer]


def approver_of(user: Any, page: LeafletPage | None = None) -> Person | None:
    """
    The person as whom a user may approve: with the permission, a name and consent to show it. For a
    translated `page` the permission is that to sign off its language, and nobody may while it is
    not ready to be signed.
    """
    if user is None or not user.is_active:
        return None
    if page is not None and _signers and _is_translation(page):
        return _signers[0](page, user)
    return person_of(user) if user.has_perm(PERMISSION) else None


def approve(
    page: LeafletPage,
    person: Person,
    *,
    user: Any = None,
    on: date | None = None,
    source: str | None = None,
    anew: bool = False,
) -> ClinicalApproval:
    """
    Records that `person` approves what `page` says. A second time changes nothing, unless it is
    `anew`, or other words stood in between: the day of the first says too little. A translation is
    approved beside the source Edition `source` (its digest), else beside the newest, and not
    without it: a copy of the page is a leaflet that nobody has approved.

    Asks nothing: whoever calls it has made sure that the words are ready.
    """
    mark = fingerprint(page)
    if _is_translation(page):
        mark = _beside(mark, newest_source(page) if source is None else source)
    approved_at = timezone.localtime()
    if on is not None:
        approved_at = approved_at.replace(year=on.year, month=on.month, day=on.day)
    said = {"user": user, "approved_at": approved_at}
    found, created = ClinicalApproval.objects.get_or_create(
        fingerprint=mark, person=person, defaults=said
    )
    if not created and (anew or not _standing(page, [found])):
        found.user, found.approved_at = user, approved_at
        found.save(update_fields=list(said))
    return found


def approve_as(user: Any, page: LeafletPage) -> None:
    """Records that `user` approves what `page` says, if that is somebody who may approve."""
    source = newest_source(page)  # before anybody looks whether the words are right beside it
    if user is None or _has_approved(user, page, source):
        return
    person = approver_of(user, page)
    if person is not None:
        approve(page, person, user=user, source=source)


def _has_approved(user: Any, page: LeafletPage, source: str) -> bool:
    """Whether `user` approved what `page` says beside that source Edition already."""
    beside, approvals = signature_of(page)
    return beside == source and any(found.person.user_id == user.pk for found in approvals)
