"""
Who may change the glossary's rows of a language: whoever works on it in any way.

The rows of the site's own language are what leaflets are written in, which page editors answer for.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from patientinfo.translation.rights import may_any


def may_word(user: Any, locale: str) -> bool:
    return locale == settings.LANGUAGE_CODE or may_any(user, locale)
