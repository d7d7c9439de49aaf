"""
Token buckets: how much may be asked at once, and how fast it comes back. No request and no clock.

A bucket holds `burst` tokens when it is full and gains `quota` of them in `window` seconds. What is
asked costs tokens; who has none is told when there will be one. By itself a process has whole
buckets. Where processes share, it *leases* tokens in blocks (`Shared`), spends them without asking
and asks again when they are gone.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import NamedTuple, Protocol

WINDOWS = {"second": 1, "minute": 60, "hour": 3600}
#: Buckets that a process knows; the one that was asked for the longest time ago goes.
MOST = 20_000
#: A lease is this part of a burst, so that few processes cannot hold all of it.
BLOCKS = 20

_LIMIT = re.compile(r"(?P<quota>\d+) ?/ ?(?P<window>second|minute|hour)(?:, burst (?P<burst>\d+))?")


class Limit(NamedTuple):
    """`quota` requests in `window` seconds, and so many at once: `burst`."""

    quota: int
    window: int
    burst: int

    @property
    def rate(self) -> float:
        """Tokens a second."""
        return self.quota / self.window

    @property
    def block(self) -> int:
        return max(1, self.burst // BLOCKS)


@lru_cache
def limit_from(text: str) -> Limit | None:
    """What a setting says: `600/minute` or `600/minute, burst 100`; None for the empty text."""
    if not text:
        return None
    found = _LIMIT.fullmatch(text.strip())
    if found is None or not int(found["quota"]) or found["burst"] == "0":
        raise ValueError(f"{text!r} is no limit like '600/minute' or '600/minute, burst 100'")
    quota = int(found["quota"])
    return Limit(quota, WINDOWS[found["window"]], int(found["burst"] or quota))


class Turn(NamedTuple):
    """
    What came of asking: `wait` seconds until there is room (0: there was), `left` tokens, and
    `full` seconds until all of them are back.
    """

    wait: float
    left: int
    full: int

    @property
    def refused(self) -> bool:
        return self.wait > 0


class Lease(NamedTuple):
    """Tokens that were given, those still there for others, and seconds until the next."""

    given: int
    left: float
    wait: float


class Shared(Protocol):
    """Where buckets are that processes share."""

    def lease(self, name: bytes, limit: Limit, tokens: int) -> Lease | None:
        """At most `tokens`; None when it cannot be asked, and this process is on its own."""


@dataclass(slots=True)
class Bucket:
    """`held` may be below zero: what cost more than was there is paid back first."""

    held: float
    at: float
    #: Tokens that were there for others at the last lease.
    elsewhere: float = 0.0
    leased: bool = False
    #: Until then the store is not asked again.
    shut_until: float = 0.0


class Buckets:
    """The buckets of one limit in this process, by name."""

    def __init__(self, limit: Limit, shared: Shared | None = None, most: int = MOST) -> None:
        self.limit = limit
        self._shared = shared
        self._most = most
        self._buckets: OrderedDict[bytes, Bucket] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def __contains__(self, name: bytes) -> bool:
        return name in self._buckets

    def forget(self, name: bytes) -> None:
        with self._lock:
            self._buckets.pop(name, None)

    def take(self, name: bytes, now: float) -> Turn:
        """One token from a bucket at a moment, which is any clock that only goes on."""
        with self._lock:
            bucket = self._bucket(name, now)
            if bucket.held >= 1:
                bucket.held -= 1
                return self._turn(bucket, 0)
            if self._shared is not None and bucket.shut_until > now:
                return self._turn(bucket, bucket.shut_until - now)
            needed = 1 - bucket.held
        lease = self._lease(name, needed)
        with self._lock:
            return self._after(bucket, lease, now)

    def charge(self, name: bytes, tokens: float, now: float) -> None:
        """What a request cost beyond its one token, known when it was answered."""
        with self._lock:
            bucket = self._bucket(name, now)
            bucket.held = max(bucket.held - tokens, -float(self.limit.burst))

    def _bucket(self, name: bytes, now: float) -> Bucket:
        bucket = self._buckets.get(name)
        if bucket is None:
            # Where buckets are shared a new one is empty: the first request leases.
            full = 0.0 if self._shared else float(self.limit.burst)
            bucket = self._buckets[name] = Bucket(full, now, leased=self._shared is not None)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return bucket
        self._buckets.move_to_end(name)
        self._let_time_pass(bucket, now)
        return bucket

    def _let_time_pass(self, bucket: Bucket, now: float) -> None:
        passed = max(0.0, now - bucket.at)
        if not bucket.leased:
            bucket.held = min(bucket.held + passed * self.limit.rate, float(self.limit.burst))
            bucket.at = now
        elif passed > self.limit.window:
            # Others may have them: what was leased long ago is given up.
            bucket.held = min(bucket.held, 0.0)
            bucket.at = now

    def _lease(self, name: bytes, needed: float) -> Lease | None:
        if self._shared is None:
            return None
        return self._shared.lease(name, self.limit, max(self.limit.block, int(needed + 0.999)))

    def _after(self, bucket: Bucket, lease: Lease | None, now: float) -> Turn:
        """What a lease, or having none, makes of a bucket that was empty."""
        if lease is not None:
            bucket.leased, bucket.at = True, now
            bucket.held += lease.given
            bucket.elsewhere = lease.left
            wait = lease.wait
        else:
            if bucket.leased:
                # On its own from now on: it begins as a new process does.
                bucket.leased, bucket.at = False, now
                bucket.held += self.limit.burst
                bucket.elsewhere = 0.0
            wait = (1 - bucket.held) / self.limit.rate
        if bucket.held >= 1:
            bucket.held -= 1
            return self._turn(bucket, 0)
        bucket.shut_until = now + max(wait, 0.001)
        return self._turn(bucket, bucket.shut_until - now)

    def _turn(self, bucket: Bucket, wait: float) -> Turn:
        left = min(max(bucket.held, 0.0) + bucket.elsewhere, float(self.limit.burst))
        missing = self.limit.burst - (bucket.held if wait else left)
        return Turn(wait, 0 if wait else int(left), int(missing / self.limit.rate + 0.999))
