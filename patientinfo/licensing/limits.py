"""
How often something may be done: counted in the shared cache, by whoever does it.

Who that is (an address of the network, of mail) is kept as a keyed hash and only until the window
ends. Windows are fixed: at their border a little more passes, which is enough to hold spam off.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

_SALT = "patientinfo.limits"


class TooMany(Exception):
    """More than the limit allows; `wait` is the number of seconds after which it may be again."""

    def __init__(self, wait: int) -> None:
        super().__init__(_("That was too often in a short time. Please wait a little."))
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` times in `window` seconds for each who."""

    name: str
    most: int
    window: int

    def take(self, who: str) -> None:
        """Counts one more; `TooMany` when that is over the limit."""
        now = int(time.time())
        begun = now - now % self.window
        # The name of the limit and the window are in the hash, so that counts cannot be joined.
        key = salted_hmac(_SALT, f"{self.name}|{begun}|{who.casefold()}", algorithm="sha256")
        name = f"limit:{key.hexdigest()[:40]}"
        cache.add(name, 0, timeout=self.window)
        try:
            count = cache.incr(name)
        except ValueError:  # it ended between the two
            count = 1
        if count > self.most:
            raise TooMany(max(1, begun + self.window - now))
