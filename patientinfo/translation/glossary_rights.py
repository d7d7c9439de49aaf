"""
Who may change the glossary's rows of a language: whoever works on it in any way.

The rows of the site's own language are what leaflets are written in, which page editors answer for.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from wagtail.admin.forms import WagtailAdminModelForm

from patientinfo.translation.rights import may_any, require_any


def may_word(user: Any, locale: str) -> bool:
    return locale == settings.LANGUAGE_CODE or may_any(user, locale)


class GlossaryTermForm(WagtailAdminModelForm):
    """Refuses a change in a language that is not the person's, with what was typed still there."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        locale = self.instance.locale.language_code
        if self.has_changed() and self.for_user and not may_word(self.for_user, locale):
            try:
                require_any(self.for_user, locale)
            except PermissionDenied as refused:
                self.add_error(None, str(refused))
        return cleaned
