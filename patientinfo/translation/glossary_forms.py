"""The form of a glossary term: whose language it is, and whether its definition is still right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from patientinfo.translation.glossary_rights import may_word
from patientinfo.translation.glossary_standing import is_behind, original_of
from patientinfo.translation.rights import require_any


class GlossaryTermForm(WagtailAdminModelForm):
    """
    Refuses a change in a language that is not the person's, with what was typed still there. Asks
    whether a definition that is behind its original is right all the same.
    """

    still_right = forms.BooleanField(
        required=False,
        label=gettext_lazy("The definition is right beside its original as it is now"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        original = original_of(self.instance) if self.instance.pk else None
        if is_behind(self.instance, original):
            said = {"before": self.instance.made_from, "now": original}
            self.fields["still_right"].help_text = (
                _("The original was: “%(before)s”. It is now: “%(now)s”.") % said
            )
        else:
            del self.fields["still_right"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        locale = self.instance.locale.language_code
        if self.has_changed() and self.for_user and not may_word(self.for_user, locale):
            try:
                require_any(self.for_user, locale)
            except PermissionDenied as refused:
                self.add_error(None, str(refused))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data.get("still_right"):
            self.instance.made_from = original_of(self.instance) or ""
        return super().save(commit=commit)
