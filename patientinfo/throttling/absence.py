"""What to do while Redis is away: not to wait for it with every request, and to say so once."""

from __future__ import annotations

import logging
import time

#: Seconds for which nobody asks a server that did not answer.
PAUSE = 5.0


class Absence:
    """Of one server, in one process. `lost` and `found` are what the log says of it."""

    def __init__(self, logger: logging.Logger, lost: str, found: str) -> None:
        self._logger, self._lost, self._found = logger, lost, found
        self._until = 0.0

    def lasts(self) -> bool:
        """Whether nobody need ask yet."""
        return self._until > time.monotonic()

    def begin(self, error: Exception) -> None:
        """It did not answer, but with `error`."""
        if not self._until:
            self._logger.error(self._lost, exc_info=error)
        self._until = time.monotonic() + PAUSE

    def end(self) -> None:
        """It answered."""
        if self._until:
            self._logger.warning(self._found)
            self._until = 0.0
