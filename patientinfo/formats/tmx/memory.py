"""One text of a translation memory, and what its writer and its reader must both know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: `datatype` of texts that are not HTML.
PLAIN = "plaintext"
#: TMX 1.4b, "Date and time": ISO 8601 basic format in UTC, to the second.
MOMENT = "%Y%m%dT%H%M%SZ"
#: Older dates are no dates of words: they are what a tool writes that does not know.
OLDEST_YEAR = 1980


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """
    A text and its translation.

    `changed_at` is when the translation was last changed, to the second. `inline` says that both
    texts are inline HTML, else they are plain. `whole` is false where another tool keeps something
    in an inline element that may stand for words: the text has a hole there.
    """

    source_locale: str
    locale: str
    source: str
    target: str
    changed_at: datetime | None = None
    inline: bool = True
    whole: bool = True
