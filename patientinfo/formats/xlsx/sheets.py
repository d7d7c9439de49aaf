"""What stands where in a workbook; its writer and its reader both keep to this."""

from __future__ import annotations

from dataclasses import dataclass

TRANSLATION_SHEET, ABOUT_SHEET = "Translation", "About"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the first sheet; `width` is in characters, `is_open` that one writes in it."""

    title: str
    width: int
    is_open: bool = False


PATH = Column("Path", 16)
SECTION = Column("Section", 22)
NOTE = Column("Kind of text", 18)
SOURCE = Column("Source", 60)
TARGET = Column("Translation", 60, is_open=True)
STATE = Column("State", 12, is_open=True)
FUZZY = Column("Fuzzy", 8, is_open=True)
COMMENTS = Column("Comments", 36, is_open=True)
PREVIOUS_SOURCE = Column("Earlier source", 36)
MARKUP = Column("Markup", 8)
EXPORTED = Column("As exported", 8)

#: Those of every workbook; the last one of `COLUMNS` came later.
ALWAYS = (*(PATH, SECTION, NOTE, SOURCE, TARGET, STATE, FUZZY, COMMENTS, PREVIOUS_SOURCE, MARKUP),)
COLUMNS = (*ALWAYS, EXPORTED)

YES = "yes"
#: In the column `Markup`: texts with tags, and texts in which `&` and `<` stand for themselves.
HTML, PLAIN = "HTML", "plain"

#: What a translator reads on the second sheet.
HINTS = (
    "Write your translation into the white cells of the sheet “Translation”; leave the others.",
    "State: draft, translated or checked. Fuzzy: yes when the translation needs another look;"
    " it was made from the text in “Earlier source”.",
    "Where Markup is HTML keep the tags, as <strong> and <br>, with what stands in them, and write"
    " &amp; &lt; &gt; for & < >.",
    "Comments: one remark a line.",
    "As exported: tells whether a translation was changed here; leave it.",
)

#: What a cell holds at most (Excel's own limit, in UTF-16 units, is no smaller for these texts).
MAX_CELL = 32_767
