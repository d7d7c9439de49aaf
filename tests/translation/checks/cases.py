"""
Translations in which a check finds something, and their like in which it does not.

One table per group of checks (`cases_*.py`); every check has both kinds in at least five scripts.
The source is English unless a case says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from patientinfo.translation.checks import Context


@dataclass(frozen=True)
class Case:
    """One translation, whether its check finds something in it, and what is special about it."""

    check: str
    found: bool
    locale: str
    source: str
    target: str
    special: dict[str, Any] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        given = {"source_locale": "en", "inline": False, **self.special}
        return Context(self.source, self.target, locale=self.locale, **given)

    def __str__(self) -> str:
        return f"{self.check}-{'found' if self.found else 'clean'}-{self.locale}-{self.target}"


def cases(check: str, found: bool, *rows: tuple[Any, ...]) -> list[Case]:
    """Rows of (locale, source, target) and perhaps a dict of what else the context has."""
    return [Case(check, found, *row) for row in rows]
