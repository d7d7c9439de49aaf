"""Names of files as commands tell them."""

from __future__ import annotations


def told(name: object) -> str:
    """
    A name with what is no UTF-8 in it replaced: out of an archive of another system it may have
    bytes that can be opened, and neither printed nor logged.
    """
    return str(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
