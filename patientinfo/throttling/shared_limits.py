"""
Buckets that processes share, in the Redis that `CACHES` names.

A bucket is one hash there that ends by itself when it would be full again. Its name is a keyed
digest, so nobody's address is in it. One script takes a block of tokens at once; the clock is
Redis's own, so the servers' need not agree. While Redis does not answer, every process is on its
own, and says so once.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from django.core.cache.backends.redis import RedisCache
from django.utils.module_loading import import_string
from redis.backoff import NoBackoff
from redis.retry import Retry

from patientinfo.throttling.absence import Absence
from patientinfo.throttling.limits import Lease, Limit

logger = logging.getLogger(__name__)

#: A read does not wait for longer (seconds).
PATIENCE = 0.2

_LEASE = """
local moment = redis.call('TIME')
local now = moment[1] + moment[2] / 1000000
local rate, burst, asked = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'held', 'at')
local held = burst
if kept[1] then
  held = math.min(burst, tonumber(kept[1]) + math.max(0, now - tonumber(kept[2])) * rate)
end
local given = math.max(0, math.min(asked, math.floor(held)))
held = held - given
redis.call('HSET', KEYS[1], 'held', string.format('%.6f', held),
  'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.ceil((burst - held) / rate) + 1)
return {given, string.format('%.6f', held)}
"""


class RedisLimits:
    """`limits.Shared` in Redis."""

    def __init__(self, client: redis.Redis, prefix: str) -> None:
        self._lease: Any = client.register_script(_LEASE)
        self._prefix = prefix.encode()
        self._absence = Absence(
            logger, "Limits are not shared: Redis does not answer.", "Limits are shared again."
        )

    def lease(self, name: bytes, limit: Limit, tokens: int) -> Lease | None:
        if self._absence.lasts():
            return None
        try:
            given, held = self._lease([self._prefix + name], [limit.rate, limit.burst, tokens])
        except redis.RedisError as error:
            self._absence.begin(error)
            return None
        self._absence.end()
        left = float(held)
        return Lease(int(given), left, max(0.0, (1 - left) / limit.rate))


def shared_limits(policy: str) -> RedisLimits | None:
    """Where the project's cache is in Redis, that; None where each process is on its own."""
    cache = settings.CACHES["default"]
    if not issubclass(import_string(cache["BACKEND"]), RedisCache):
        return None
    location = cache["LOCATION"]
    # Of several the first is the one that takes writes, as in Django.
    first = location if isinstance(location, str) else location[0]
    return _at(first.split(",")[0].strip(), f"{cache.get('KEY_PREFIX', '')}:limit:{policy}:")


@lru_cache(maxsize=8)
def _at(url: str, prefix: str) -> RedisLimits:
    client = redis.Redis.from_url(
        url,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
    return RedisLimits(client, prefix)
