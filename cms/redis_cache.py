"""A cache in Redis without which the site goes on: readers read, and editors sign in and write."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.retry import Retry

from patientinfo.throttling.absence import Absence

#: Nobody waits for it longer (seconds).
PATIENCE = 2.0
#: Of every thread's client: there is one Redis.
_ABSENCE = Absence(
    logging.getLogger(__name__),
    "Nothing is cached: Redis does not answer.",
    "Redis answers again.",
)


class ForgivingClient(RedisCacheClient):
    """
    While Redis does not answer, nothing is found in it and nothing is kept.

    What was deleted meanwhile is there again afterwards; so nothing that must be gone (sessions,
    what a licence covers) is kept in a cache.
    """

    def __init__(self, servers: list[str], **options: Any) -> None:
        ours: dict[str, Any] = {
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            # Once more for a connection that Redis closed since it was last used.
            "retry": Retry(NoBackoff(), 1),
        }
        super().__init__(servers, **{**ours, **options})

    def get(self, key: Any, default: Any) -> Any:
        return _or_else(default, super().get, key, default)

    def incr(self, key: Any, delta: Any) -> int:
        """As of a key that is not there: `ValueError`."""
        count: int | None = _or_else(None, super().incr, key, delta)
        if count is None:
            raise ValueError(f"Key {key!r} not found.")
        return count


class ForgivingRedisCache(RedisCache):
    """Django's, with that client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient


def _or_else(answer: Any, ask: Callable[..., Any], *args: Any) -> Any:
    """What Redis answers; `answer` while it does not."""
    if _ABSENCE.lasts():
        return answer
    try:
        found = ask(*args)
    except redis.RedisError as error:
        _ABSENCE.begin(error)
        return answer
    _ABSENCE.end()
    return found


def _forgiving(ask: Callable[..., Any], answer: Any) -> Callable[..., Any]:
    @wraps(ask)
    def method(*args: Any) -> Any:
        return _or_else(answer, ask, *args)

    return method


_WHILE_AWAY: dict[str, Any] = {
    "add": False,
    "set": None,
    "touch": False,
    "delete": False,
    "get_many": {},
    "has_key": False,
    "set_many": None,
    "delete_many": None,
    "clear": False,
}
for _name, _answer in _WHILE_AWAY.items():
    setattr(ForgivingClient, _name, _forgiving(getattr(RedisCacheClient, _name), _answer))
