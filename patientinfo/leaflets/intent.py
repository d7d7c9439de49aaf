"""What a save is for: it decides how much a page must have."""

from __future__ import annotations

from enum import Enum, auto


class Intent(Enum):
    """
    `DRAFT` keeps whatever is there. `SUBMIT` hands the page to whoever approves: all that patients
    need must be there. `PUBLISH` needs the approval too.
    """

    DRAFT = auto()
    SUBMIT = auto()
    PUBLISH = auto()
