"""
The edit form of a page with a gate: it tells the page what a request is for.

It decides nothing about publishing; `clean()` of the model does, and cannot see for itself which
button was pressed. Who may not change the page's words is told so here, with what they typed still
in the form.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from patientinfo.leaflets.intent import Intent
from patientinfo.leaflets.word_rights import require_words


class GatedPageForm(WagtailAdminPageForm):
    """Says what kind of save this is, and shows every refusal where it is seen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.intent = self._intent() if self.is_bound else None
        self.instance.publisher = self.for_user

    def _intent(self) -> Intent:
        """Wagtail's edit view names its button; any other client of the form saves to publish."""
        if "action-publish" in self.data:
            return Intent.PUBLISH
        if "action-submit" in self.data or "action-restart-workflow" in self.data:
            return Intent.SUBMIT
        if "action-workflow-action" in self.data:
            approves = self.data.get("workflow-action-name") == "approve"
            return Intent.SUBMIT if approves else Intent.DRAFT
        return Intent.DRAFT if "action-cancel-workflow" in self.data else Intent.PUBLISH

    def defer_required_fields(self) -> None:
        """Wagtail calls this for drafts, autosave and previews."""
        super().defer_required_fields()
        self.instance.intent = Intent.DRAFT

    def _post_clean(self) -> None:
        """The page has the form's words now; before anything of it is saved, may it have them?"""
        super()._post_clean()
        if not self.errors:
            try:
                require_words(self.instance, self.for_user)
            except PermissionDenied as refused:
                self.add_error(None, str(refused))

    def add_error(self, field: str | None, error: Any) -> None:
        """Errors of fields that this user's form does not show go to the top of the form."""
        if field is None and isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            for name in set(error.error_dict) - set(self.fields) - {NON_FIELD_ERRORS}:
                error.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(error.error_dict.pop(name))
        super().add_error(field, error)
