"""Which lines of a desk are shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from patientinfo.editions.actions import last_edition
from patientinfo.formats.segments import segments_of
from patientinfo.translation.board import Board, Group, Line
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.states import State


@dataclass(frozen=True, slots=True)
class Filter:
    """
    A way to look at a desk: its name in the address, its label, and what it lets through of the
    lines, when those of some paths are signed off.
    """

    name: str
    label: Any
    shows: Callable[[Line, Collection[str]], bool]


FILTERS = (
    Filter("all", _("All"), lambda line, signed: True),
    Filter("empty", _("Empty"), lambda line, signed: line.state == State.EMPTY),
    Filter("changed", _("Changed in the source"), lambda line, signed: line.state == State.FUZZY),
    Filter(
        "failing",
        _("Failing a check"),
        lambda line, signed: any(not result.dismissed for result in line.results),
    ),
    Filter("unchecked", _("Not checked"), lambda line, signed: line.state != State.CHECKED),
    Filter("unsigned", _("Not signed off"), lambda line, signed: line.path not in signed),
)
_BY_NAME = {found.name: found for found in FILTERS}


def chosen(name: str) -> Filter:
    """The filter of that name; everything for a name that is none."""
    return _BY_NAME.get(name, FILTERS[0])


def signed_paths(board: Board) -> set[str]:
    """
    The lines whose words somebody has signed: all when the words of now are signed as a whole,
    else those that the newest edition says, made from the same source and checked still.
    """
    of = {"key": board.page.translation_key, "locale": board.locale}
    counted = TranslationProgress.objects.filter(**of, signed_off=True)
    changed = max((line.row.updated_at for line in board if line.row), default=None)
    # Counted before the last word was stored, it says nothing of the words of now.
    if board.complete and changed and counted.filter(waiting_since__gte=changed).exists():
        return set(board.lines)
    edition = last_edition(**of)
    if edition is None:
        return set()
    said = {segment.path: segment.text for segment in segments_of(edition.data)}
    return {
        line.path
        for line in board
        if line.state == State.CHECKED
        and said.get(line.path) == line.text
        and edition.made_from.get(line.path) == line.segment.hash
    }


def groups_shown(board: Board, by: Filter, signed: Collection[str]) -> list[Group]:
    """The sections with the lines that pass; sections with none are left out."""
    groups = [
        Group(group.id, group.heading, [line for line in group.lines if by.shows(line, signed)])
        for group in board.groups
    ]
    return [group for group in groups if group.lines]


def counted(board: Board, signed: Collection[str]) -> list[tuple[Filter, int]]:
    """Each filter with the number of lines that it shows."""
    return [(by, sum(1 for line in board if by.shows(line, signed))) for by in FILTERS]
