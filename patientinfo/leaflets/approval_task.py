"""The step of Wagtail's workflow in which a clinician answers for the words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from patientinfo.leaflets.approval import approve, approver_of, newest_source
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.gated_page import GatedPage
from patientinfo.leaflets.leaflet_page import LeafletPage


class ClinicalApprovalTask(AbstractGroupApprovalTask):
    """
    The Document names the person who approves here. Nobody approves what is not ready: an approval
    is what later opens the gate.
    """

    class Meta:
        verbose_name = _("Clinical approval")
        verbose_name_plural = _("Clinical approvals")

    @classmethod
    def get_description(cls) -> str:
        return _now("A clinician of the chosen groups approves the words; the leaflet names them.")

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        if action_name == "approve":
            page = task_state.revision.as_object()
            source = newest_source(page) if isinstance(page, LeafletPage) else ""
            if isinstance(page, GatedPage):
                _refuse_unready(page, user)
            if isinstance(page, LeafletPage):
                _approve(page, user, source)
        return super().on_action(task_state, user, action_name, **kwargs)


def _refuse_unready(page: GatedPage, user: Any) -> None:
    problems = page.problems(user, approval=False)
    if problems:
        raise NotReadyToPublish(problems)


def _approve(page: LeafletPage, user: Any, source: str) -> None:
    person = approver_of(user, page)
    if person is None:
        raise ValidationError(
            _now(
                "You cannot approve yet: your account needs the permission to approve and "
                "a person (under Directory, People) with recorded consent to be named."
            )
        )
    approve(page, person, user=user, source=source)
