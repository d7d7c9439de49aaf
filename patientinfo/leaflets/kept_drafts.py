"""
Drafts that something rests upon, and that stay as they are.

Wagtail saves by itself while somebody writes, each time over the draft that it made first. That may
have been published, submitted or handed on meanwhile, by somebody else or in another window: then
what is written next is a draft of its own. (Of a page that is planned Wagtail saves none.) What is
live or handed on is not purged either. Only a later stage knows whom a draft was given to; it
registers who says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page, Revision

Given = Callable[[Revision], bool]
_given: list[Given] = []


def register(given: Given) -> None:
    """`given` says whether somebody works with a draft that was given to them."""
    if given not in _given:
        _given.append(given)


def is_kept(revision: Revision) -> bool:
    """Whether a page is live with this draft, or somebody was given it."""
    live = Page.objects.filter(live_revision=revision).exists()
    return live or any(given(revision) for given in _given)


def to_overwrite(revision: Revision | None, user: Any) -> Revision | None:
    """
    The draft that `user` may write over, for `save_revision`; None where a new one has to be made.
    What is not the newest, or somebody else's, is left to Wagtail, which refuses.
    """
    if revision is None or revision.user_id != (user and user.pk):
        return revision
    if not revision.is_latest_revision():
        return revision
    return None if revision.task_states.exists() or is_kept(revision) else revision
