"""The table of channels in the docs is the registry."""

from __future__ import annotations

import re
from pathlib import Path

from patientinfo.channels.registry import channels
from patientinfo.licensing.terms import Use

ROW = re.compile(
    r"^\| `(?P<name>[a-z-]+)` \| (?P<standard>[^|]+) \| `(?P<media>[^`]+)` \| (?P<uses>[^|]+) \|"
    r" (?P<judge>[^|]+) \|$",
    re.MULTILINE,
)


def test_every_channel_is_in_the_table(root: Path) -> None:
    text = (root / "docs" / "channels.md").read_text(encoding="utf-8")
    said = {row["name"]: (row["media"], row["uses"]) for row in ROW.finditer(text)}
    known = {
        found.name: (
            found.media_type.partition(";")[0],
            ", ".join(use.value for use in Use if use in found.uses),
        )
        for found in channels().values()
    }
    assert said == known
    assert list(said) == list(known)
