"""
How much a draft changes in what readers have: proposed to the editor, who decides.

Only a later stage knows what readers have; it registers who compares.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from patientinfo.leaflets.leaflet_page import LeafletPage

Weigher = Callable[["LeafletPage"], str]
_weighers: list[Weigher] = []


def register(weigher: Weigher) -> None:
    """`weigher` names a significance; empty when nothing has changed that anybody would tell."""
    _weighers[:] = [weigher]


def proposed_significance(page: LeafletPage) -> str:
    """The significance to propose for what `page` says now."""
    return _weighers[0](page) if _weighers else ""
