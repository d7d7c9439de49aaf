"""What became of an imported file, or would become of it: for a line of output, and for a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from patientinfo.formats.exchange import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """
    One segment that the import gives other words, or another state. `of_checked` says that somebody
    checked the words that it has now.
    """

    path: str
    line: int
    source: str
    before: str
    after: str
    state: str
    of_checked: bool = False


class Fate(StrEnum):
    """What becomes of one unit of a file."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    FUZZY = "fuzzy"
    UNTRANSLATED = "untranslated"
    OUTDATED = "outdated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    One unit of the file and its fate; `reason` says why it was refused or left out, or that it
    replaces words which somebody checked.
    """

    path: str
    line: int
    fate: Fate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """
    The file was made from `edition`, and the source is at `current` now: what it says is taken as
    made from its own Edition. Of the texts taken, `changed` say something else in the source now.
    """

    edition: int
    current: int
    changed: int


@dataclass(frozen=True, slots=True)
class Imported:
    """
    What became of a file's units, in numbers. `outdated` were left for newer translations; `drafts`
    are those of `stored` that the file calls unfinished or fuzzy, `fuzzy` the fuzzy ones that were
    left out; `absent` are segments of the Edition that have no unit in the file: a file that was
    cut short is well-formed still. `edition` is the one it was made from.

    Two are equal whose numbers are; what they are of is for people to read: `changes`, the units
    that were left alone with the reason (`left_out`), those that are wrong (`refused`; without
    `keep_rest` a file that has any is refused whole), and what became of each (`outcomes`).
    """

    title: str
    locale: str
    stored: int = 0
    unchanged: int = 0
    fuzzy: int = 0
    untranslated: int = 0
    outdated: int = 0
    new_page: bool = False
    drafts: int = 0
    comments: int = 0
    absent: int = 0
    merge: Merge | None = None
    changes: tuple[Change, ...] = field(default=(), compare=False, repr=False)
    left_out: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    refused: tuple[Problem, ...] = field(default=(), compare=False, repr=False)
    outcomes: tuple[Outcome, ...] = field(default=(), compare=False, repr=False)
    key: str = field(default="", compare=False)
    edition: int = field(default=0, compare=False)
