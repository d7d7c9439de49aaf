"""
How far a unit has come, in the words of each version.

A fuzzy unit is written as one that still needs work, with a mark beside it that keeps our own
state. A tool that finishes the unit changes the state and may leave the mark, so the mark counts
only while the state still says that work is needed.

XLIFF 2.1, 4.3.1.36 `state` and 4.3.1.37 `subState`; XLIFF 1.2, 2.3 `state`, `state-qualifier` and
`approved`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from patientinfo.formats.exchange import STATES, Unit

_TO_21 = {"draft": "initial", "translated": "translated", "checked": "reviewed"}
_FROM_21 = {
    "initial": "draft",
    "translated": "translated",
    "reviewed": "checked",
    "final": "checked",
}
_FUZZY_21 = "patientinfo:fuzzy"

_TO_12 = {"draft": "needs-translation", "translated": "translated", "checked": "signed-off"}
_FROM_12 = {
    "new": "draft",
    "needs-translation": "draft",
    "needs-l10n": "draft",
    "needs-adaptation": "draft",
    "translated": "translated",
    "signed-off": "checked",
    "final": "checked",
}
_FUZZY_12 = "needs-review-translation"
_REVIEWS_12 = (_FUZZY_12, "needs-review-l10n", "needs-review-adaptation")

State = tuple[str, bool]  # a unit's `state` and `fuzzy`


def state_to_21(state: str, *, fuzzy: bool) -> dict[str, str]:
    """The attributes of a `segment`."""
    if fuzzy:
        return {"state": "initial", "subState": f"{_FUZZY_21}-{state}" if state else _FUZZY_21}
    return {"state": _TO_21[state]} if state else {}


def state_from_21(attributes: Mapping[str, str]) -> State | None:
    """What a `segment` says; `None` when that is no state of XLIFF."""
    state = attributes.get("state", "")
    mark, found, ours = attributes.get("subState", "").partition(_FUZZY_21)
    if state == "initial" and found and not mark:
        ours = ours.removeprefix("-")
        return (ours if ours in STATES else ""), True
    if not state:
        return "", False
    return (_FROM_21[state], False) if state in _FROM_21 else None


def state_to_12(state: str, *, fuzzy: bool) -> dict[str, str]:
    """The attributes of a `target`."""
    if fuzzy:
        qualifier = f"x-fuzzy-{state}" if state else "fuzzy-match"
        return {"state": _FUZZY_12, "state-qualifier": qualifier}
    return {"state": _TO_12[state]} if state else {}


def state_from_12(attributes: Mapping[str, str], *, approved: bool) -> State | None:
    """
    What a `target` and its unit's `approved` say; `None` when that is no state of XLIFF.

    Tools' own states (`x-…`) tell us nothing; `approved` counts where no state is given.
    """
    state = attributes.get("state", "")
    if state in _REVIEWS_12:
        ours = attributes.get("state-qualifier", "").removeprefix("x-fuzzy-")
        return (ours if ours in STATES else ""), True
    if not state:
        return ("checked" if approved else ""), False
    if state.startswith("x-"):
        return "", False
    return (_FROM_12[state], False) if state in _FROM_12 else None


def doubted(unit: Unit) -> Unit:
    """
    The unit, fuzzy where it went out so and says nothing now: a tool that drops states has not made
    words of an older source into a translation of this one.
    """
    says_nothing = not unit.state and not unit.fuzzy
    if says_nothing and unit.previous_source and unit.is_as_exported:
        return replace(unit, fuzzy=True)
    return unit
