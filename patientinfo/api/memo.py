"""
Answers that were made before, kept in this process.

A memo knows an answer by everything that it was made from. Whoever asks has just read those values
from the database and had the guard decide, so an answer from here is never out of date and never
another reader's; it is only not made twice.
"""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")

#: What a kept answer costs beside its content: key, object, and the compressed form.
OVERHEAD = 2_000


class Memo(Generic[Kept]):
    """Answers by what they were made from; the oldest go when `limit` bytes are reached."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: dict[Hashable, tuple[Kept, int]] = {}
        self._lock = Lock()

    def get(self, made_from: Hashable) -> Kept | None:
        found = self._kept.get(made_from)
        return None if found is None else found[0]

    def keep(self, made_from: Hashable, made: Kept, size: int) -> Kept:
        """Keeps what is `size` bytes long, unless it alone would fill the memo, and returns it."""
        cost = size + OVERHEAD
        if cost > self.limit:
            return made
        with self._lock:
            if made_from not in self._kept:
                self._kept[made_from] = (made, cost)
                self.size += cost
            while self.size > self.limit:
                _oldest, freed = self._kept.pop(next(iter(self._kept)))
                self.size -= freed
        return made

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.size = 0
