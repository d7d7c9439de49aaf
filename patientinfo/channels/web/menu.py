"""What a reader may take home: the menu of downloads, which are below a leaflet's address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from patientinfo.channels.registry import channels


@dataclass(frozen=True, slots=True)
class Download:
    """One link of the menu; `label` is translated when it is shown."""

    name: str
    label: Any
    href: str
    media_type: str


def downloads_of(html_path: str) -> tuple[Download, ...]:
    """The files that a leaflet's reader may take; none where it has no page."""
    if not html_path:
        return ()
    return tuple(
        Download(
            found.name,
            found.label,
            f"{html_path}download/{found.name}/",
            found.media_type.partition(";")[0],
        )
        for found in channels().values()
        if found.for_readers
    )
