"""Asking addresses and searching the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import override_settings
from django.test.client import Client

from tests.leaks.canaries import Canary
from tests.leaks.clinic import Planted
from tests.leaks.oracle import may_hold
from tests.leaks.places import Stop
from tests.leaks.readers import People, Reader

READS = ("GET", "HEAD")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def at_level(level: str) -> override_settings:
    """The site with another public level."""
    return override_settings(PATIENTINFO={**settings.PATIENTINFO, "PUBLIC_ACCESS": level})


@dataclass(frozen=True)
class Leak:
    """A canary where it must not be."""

    canary: Canary
    reader: str
    asked: str
    status: int

    def __str__(self) -> str:
        return f"{self.canary}: {self.asked} as {self.reader} → {self.status}"


@dataclass
class Walk:
    """
    A walk at one public level: what was found where it must not be, and all that was found at all.
    """

    planted: Planted
    people: People
    level: str
    leaks: list[Leak] = field(default_factory=list)
    seen: set[Canary] = field(default_factory=set)
    asked: int = 0
    shared: list[str] = field(default_factory=list)

    def go(self, reader: Reader, stops: Iterable[Stop], methods: Iterable[str] = ("GET",)) -> None:
        """Asks each address as a reader."""
        client = reader.client()
        with at_level(self.level):
            for stop in stops:
                for method in methods:
                    self._look(client, reader, stop, method)

    def _look(self, client: Client, reader: Reader, stop: Stop, method: str) -> None:
        answer: Any = client.generic(method, stop.path, headers=dict(stop.headers))
        assert answer.status_code != 500, f"{method} {stop.path} as {reader.name} fails"
        self.asked += 1
        # What was asked for may come back in the answer: to sign in, or in an error.
        said = self.planted.register.found(stop.path.encode())
        found = self.planted.register.found_in(answer) - said
        self.seen |= found
        asked = f"{method} {stop.path} {dict(stop.headers) or ''}".strip()
        for canary in found:
            if not may_hold(stop.place, reader, self.level, canary):
                self.leaks.append(Leak(canary, reader.name, asked, answer.status_code))
        if reader.headers.get("Authorization") and found and "/api/" in stop.path:
            self._prove_private(answer, f"{asked} as {reader.name}")

    def _prove_private(self, answer: Any, asked: str) -> None:
        """What a key is answered, no cache may give to another."""
        control = answer.get("Cache-Control", "")
        if not ("private" in control or "no-store" in control):
            self.shared.append(f"{asked}: Cache-Control {control!r}")
        if "Authorization" not in answer.get("Vary", ""):
            self.shared.append(f"{asked}: Vary {answer.get('Vary')!r}")

    def report(self) -> str:
        """The leaks, those alike told once."""
        alike = {(str(leak.canary), leak.asked): leak for leak in self.leaks}
        lines = sorted(map(str, alike.values()))
        return "\n".join([f"{len(lines)} leaks at the level {self.level}:", *lines[:25]])


def living(people: People) -> Iterator[Reader]:
    """
    Readers whom the API answers: all but editors and those whose key opens nothing. To it, one of
    those who are signed in is as good as all.
    """
    readers = people.readers.values()
    return (
        r
        for r in readers
        if not r.refused and not r.editor and (r.user is None or r.name == "nobody")
    )


def refused(people: People) -> Iterator[Reader]:
    return (r for r in people.readers.values() if r.refused)
