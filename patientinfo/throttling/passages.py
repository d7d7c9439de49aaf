"""
Who comes in and has how much left: each key, and each address that sends none.

A request is counted where it comes in, before anything is looked up, so that errors and malformed
keys count too. Only a key that was found here has a bucket of its own; any other is counted for the
address that sent it, and each one that opens nothing costs as much as `GUESS` requests. So does
nobody get further by making keys up. A browser's key is in many hands; its readers are counted one
by one, by their addresses.

Keys and addresses are known here by keyed digests alone, and neither is ever logged.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import time
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from patientinfo.conf import get_setting
from patientinfo.throttling.limits import Buckets, Limit, Turn, limit_from
from patientinfo.throttling.shared_limits import shared_limits

KEY, ADDRESS = "key", "address"
SETTINGS = {KEY: "THROTTLE_KEY", ADDRESS: "THROTTLE_ADDRESS"}
#: What a request with a key that opens nothing costs in all.
GUESS = 10
#: Set in `request.META` by whoever found whether a key is right; no client can set them.
PROVEN, GUESSED = "patientinfo.proven_key", "patientinfo.guessed_key"


def prove(request: HttpRequest) -> None:
    """The key or token of this request is right, and is counted by itself from now on."""
    request.META[PROVEN] = True


def guessed(request: HttpRequest) -> None:
    """The key of this request opens nothing, whatever the answer says; 401 says it by itself."""
    request.META[GUESSED] = True


class Refusal(NamedTuple):
    """Why nothing is answered, and after how many seconds it is again."""

    detail: str
    wait: int
    policy: str


class Passage(NamedTuple):
    """A request that was counted: under which policy, in which bucket, and what came of it."""

    policy: str
    limit: Limit
    buckets: Buckets
    name: bytes
    turn: Turn
    #: The name that its key has a bucket under, or would have.
    key_name: bytes | None

    def refusal(self) -> Refusal | None:
        """Why nothing is answered: too much was asked for."""
        if not self.turn.refused:
            return None
        wait = math.ceil(self.turn.wait)
        of_whom = "with this key" if self.policy == KEY else "from this address"
        return Refusal(
            f"More than {self.limit.quota} requests in {self.limit.window} seconds {of_whom}: "
            f"go on in {wait} s.",
            wait,
            self.policy,
        )

    def finish(self, request: HttpRequest, response: HttpResponse, cost: int = 1) -> HttpResponse:
        """
        Counts what is known only now, and tells the client how much is left. `cost`: of the answer
        in all, in requests.
        """
        if cost > 1:
            self.buckets.charge(self.name, cost - 1, time.monotonic())
        if self.key_name is not None and not self.turn.refused:
            self._settle(request, response, self.key_name)
        quota, window, _burst = self.limit
        turn = self.turn
        response.headers["RateLimit-Policy"] = f'"{self.policy}";q={quota};w={window}'
        response.headers["RateLimit"] = f'"{self.policy}";r={turn.left};t={turn.full}'
        return response

    def _settle(self, request: HttpRequest, response: HttpResponse, key_name: bytes) -> None:
        if response.status_code == 401 or GUESSED in request.META:
            self.buckets.charge(self.name, GUESS - 1, time.monotonic())
            if self.policy == KEY:
                self.buckets.forget(self.name)
        elif self.policy == ADDRESS and PROVEN in request.META:
            by_key = _buckets(KEY)
            if by_key is not None:
                by_key.take(key_name, time.monotonic())


def enter(request: HttpRequest) -> Passage | None:
    """Counts a request; None where nothing is limited."""
    by_key, by_address = _buckets(KEY), _buckets(ADDRESS)
    if by_key is None and by_address is None:
        return None
    authorization = request.META.get("HTTP_AUTHORIZATION")
    key_name = _name_of_key(authorization) if authorization else None
    if by_key is not None and key_name is not None and key_name in by_key:
        policy, buckets, name = KEY, by_key, key_name
    elif by_address is not None:
        policy, buckets, name = ADDRESS, by_address, _digest(client_address(request))
    else:
        return None
    turn = buckets.take(name, time.monotonic())
    return Passage(policy, buckets.limit, buckets, name, turn, key_name)


def client_address(request: HttpRequest) -> str:
    """
    Who asks: the peer, or what the proxy in front of us says of its own peer. Of X-Forwarded-For
    that is the last entry; those before it are whatever the client wrote. A home or a clinic has a
    whole /64 of IPv6.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if get_setting("BEHIND_PROXY"):
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        address = forwarded.rpartition(",")[2].strip() or address
    return _network(address) if ":" in address else address


def forget() -> None:
    """Empties every bucket, for tests."""
    _made.cache_clear()


def _network(address: str) -> str:
    """An address with colons: IPv6, or with a port, as some proxies write it."""
    host = address
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        return host.partition(":")[0]
    try:
        found = ipaddress.IPv6Address(host.partition("%")[0])
    except ValueError:
        return address
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return found.packed[:8].hex()


def _name_of_key(authorization: str) -> bytes:
    """However it is written: with more spaces or other capitals it is the same key."""
    _scheme, _space, key = authorization.strip().partition(" ")
    return _digest(key.strip())


def _digest(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, key=_secret(settings.SECRET_KEY), digest_size=16).digest()


@lru_cache(maxsize=4)
def _secret(secret_key: str | bytes) -> bytes:
    data = secret_key.encode() if isinstance(secret_key, str) else secret_key
    return hashlib.blake2b(data, person=b"pi.throttle", digest_size=32).digest()


def _buckets(policy: str) -> Buckets | None:
    text = get_setting(SETTINGS[policy])
    return _made(policy, text) if text else None


@lru_cache(maxsize=8)
def _made(policy: str, text: str) -> Buckets | None:
    limit = limit_from(text)
    return None if limit is None else Buckets(limit, shared_limits(policy))
