"""
Whether somebody may change a page's words at all, whatever their page permissions.

Wagtail's permissions know no languages. A later stage does, and registers its guard here; page
editor, programs and every other way of saving a draft ask it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from patientinfo.leaflets.gated_page import GatedPage

Guard = Callable[["GatedPage", Any], None]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """`guard` raises `PermissionDenied` for one who may not change what the page now says."""
    if guard not in _guards:
        _guards.append(guard)


def require_words(page: GatedPage, user: Any) -> None:
    """Asks every guard. Nobody in person (the scheduler, a command) is asked nothing."""
    if user is not None:
        for guard in _guards:
            guard(page, user)
