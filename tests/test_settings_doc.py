"""docs/settings.md says what patientinfo/conf.py says."""

import re
from pathlib import Path

from patientinfo.conf import TABLE

ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| `(?P<default>.*?)` \| (?P<help>.*) \|$", re.MULTILINE)


def test_every_setting_is_documented_as_it_is(root: Path) -> None:
    text = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    said = {row["name"]: (row["default"], row["help"]) for row in ROW.finditer(text)}
    assert said == {name: (repr(known.default), known.help) for name, known in TABLE.items()}
