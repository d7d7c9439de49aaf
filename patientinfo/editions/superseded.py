"""
Signed words of a translation that a later Edition has replaced.

A signature stays good for what it was given to, so that a leaflet can be withdrawn and published
again, and published tonight while its translators work on. It is no permission to go back: words
that were put right since would be before patients again, with nobody having looked.
"""

from __future__ import annotations

from collections.abc import Iterator

from patientinfo.editions.actions import last_edition
from patientinfo.leaflets.approval import approvals_of
from patientinfo.leaflets.content import fingerprint, fingerprint_of_document
from patientinfo.leaflets.gate import Problem
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.pages import source_page
from patientinfo.translation.sign_off import lacking


def superseded_problems(page: LeafletPage) -> Iterator[Problem]:
    """
    A check of the gate: signed words that the last Edition has replaced are issued again only when
    the desk says the same by now, checked. Those that nobody signed are asked this anyway.
    """
    if source_page(page) is not None and _is_superseded(page):
        yield from lacking(page, load_board(page))


def _is_superseded(page: LeafletPage) -> bool:
    """Whether the last Edition says something else, and was issued after `page` was signed."""
    last = last_edition(page.translation_key, page.locale.language_code)
    if last is None or fingerprint_of_document(last.data) == fingerprint(page):
        return False
    signed_at = [approval.approved_at for approval in approvals_of(page)]
    return bool(signed_at) and max(signed_at) <= last.issued_at
