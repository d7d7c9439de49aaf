"""
Counting what is read under licences: which Edition, how, and how often on a day. Never by whom.

A read adds one to a number in this process and goes on. A thread of its own writes the numbers to
the database, all at once, when they have waited for `USAGE_FLUSH_SECONDS`, when there are many, and
when the process ends. What cannot be written is kept for the next time and never fails a read; a
process that is killed loses what it had not written yet.
"""

from __future__ import annotations

import atexit
import logging
import os
from collections import Counter
from datetime import date
from threading import Event, Lock, Thread
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from patientinfo.conf import get_setting
from patientinfo.licensing.usage_rows import write

logger = logging.getLogger(__name__)

#: Channels of what is no rendition.
JSON, PICTURE, FRAME = "json", "picture", "frame"

#: So many different counts are written without waiting, and so many are kept at the most.
ENOUGH, MOST = 2_000, 50_000


class Read(NamedTuple):
    """What was read under a licence. `key` may be the driver's."""

    licence_id: int
    day: date
    key: UUID | str
    locale: str
    edition: int
    channel: str


class Meter:
    """The counts of one process that are not in the database yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._writing = Lock()
        self._start_anew()

    def _start_anew(self) -> None:
        self._pid = os.getpid()
        self._reads: Counter[Read] = Counter()
        self._keys: dict[int, date] = {}
        self._hurry = Event()
        self._thread: Thread | None = None
        self._failing = False

    def count(self, read: Read) -> None:
        """One more reading."""
        with self._lock:
            self._belong_here()
            if len(self._reads) < MOST or read in self._reads:
                self._reads[read] += 1
        self._see_to_it()

    def note_use(self, key_id: int, day: date) -> None:
        """A key was used on a day, whatever for."""
        with self._lock:
            self._belong_here()
            if len(self._keys) < MOST:
                self._keys[key_id] = day
        self._see_to_it()

    def flush(self) -> bool:
        """Writes what there is; whether that went well."""
        with self._writing:
            with self._lock:
                reads, self._reads = self._reads, Counter()
                keys, self._keys = self._keys, {}
            if not reads and not keys:
                return True
            try:
                write({read: reads[read] for read in reads}, keys)
            except Exception:
                if not self._failing:
                    logger.exception("Use could not be counted; it is kept and tried again.")
                self._failing = True
                self._keep(reads, keys)
                return False
            self._failing = False
            return True

    def forget(self) -> None:
        """Throws away what was not written, for tests."""
        with self._lock:
            self._reads.clear()
            self._keys.clear()

    def _keep(self, reads: Counter[Read], keys: dict[int, date]) -> None:
        lost = 0
        with self._lock:
            for read, times in reads.items():
                if len(self._reads) < MOST or read in self._reads:
                    self._reads[read] += times
                else:
                    lost += times
            self._keys = {**keys, **self._keys}
        if lost:
            logger.error("%d readings are not counted: there is no room to keep them.", lost)

    def _belong_here(self) -> None:
        """A forked child leaves to its parent what that has counted, and has no thread."""
        if self._pid != os.getpid():
            self._start_anew()

    def _see_to_it(self) -> None:
        if not get_setting("USAGE_FLUSH_SECONDS"):
            self.flush()
            return
        # Many counts are no reason to hurry while the database is away.
        if len(self._reads) >= ENOUGH and not self._failing:
            self._hurry.set()
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = Thread(target=self._write_later, name="usage", daemon=True)
                    self._thread.start()

    def _write_later(self) -> None:
        """Lives while counts wait: so they arrive when nobody reads any more, too."""
        waiting = True
        while waiting:
            self._hurry.wait(get_setting("USAGE_FLUSH_SECONDS") or 1)
            self._hurry.clear()
            self.flush()
            connection.close()
            with self._lock:
                waiting = bool(self._reads or self._keys)
                if not waiting:
                    self._thread = None


METER = Meter()


@atexit.register
def write_the_rest() -> None:
    """The process ends: what it has counted is written, if the database is still there."""
    METER.flush()
