"""What stands below a leaflet's page, where no page can stand: the one table of such addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Below(NamedTuple):
    """
    `setting` names the function that answers: (request, key, locale, *names), the names being what
    stands in the address after the place, from `least` to `most` of them.
    """

    setting: str
    least: int
    most: int


#: First part of the address → who answers there.
BELOW = {
    "download": Below("DOWNLOADER", 1, 1),  # a file for the reader, by its channel
    "embed": Below("EMBEDDER", 0, 1),  # for a frame in other pages; of a licence by its number
    "screen": Below("SCREEN", 0, 1),  # the player of a screen, and the slides that it plays
}


def setting_below(parts: Sequence[str]) -> str | None:
    """The setting that names who answers an address below a leaflet; None where nobody does."""
    found = BELOW.get(parts[0]) if parts else None
    if found is None or not found.least <= len(parts) - 1 <= found.most:
        return None
    return found.setting
