"""The judges that are written in Java: EPUBCheck and the HTML checker."""

from __future__ import annotations

from pathlib import Path

#: Each runs for some seconds only. The second compiler and the collector for many processors cost
#: more than they save by then: half of the time.
_SHORT = ("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def java(jar: Path, *options: str) -> list[str]:
    """The command that runs a program; `options` are the machine's, and the program's follow it."""
    return ["java", *_SHORT, *options, "-jar", str(jar)]
