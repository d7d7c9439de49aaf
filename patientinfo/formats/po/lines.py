r"""
The strict line scanner: every line of a PO file is understood, or told.

Grammar: GNU gettext manual, "The Format of PO Files", without what leaflets never have (plurals,
domains) and without escapes that Babel leaves as they are (`\a`, octal, hexadecimal).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from patientinfo.formats.exchange import FORBIDDEN, MAX_PROBLEMS, Fault

_STATEMENT = re.compile(r"([^\s\"]+)(.*)", re.DOTALL)
_QUOTED = r'"([^"\\]*(?:\\.[^"\\]*)*)"'
_STRING = re.compile(_QUOTED, re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_VALUES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_KEYWORDS = ("msgctxt", "msgid", "msgstr")
#: A statement as it should be; what is wrong with another one takes longer to tell.
_USUAL = re.compile(rf"({'|'.join(_KEYWORDS)}) [ \t]*{_QUOTED}", re.DOTALL)
_SPACE = " \t"


@dataclass(slots=True)
class Text:
    """A string of an entry: the line and the value of each of its quoted pieces."""

    pieces: list[Fault] = field(default_factory=list)

    @property
    def value(self) -> str:
        if len(self.pieces) == 1:
            return self.pieces[0][1]
        return "".join([piece for _, piece in self.pieces])

    @property
    def line(self) -> int:
        return self.pieces[0][0]


@dataclass(slots=True)
class Entry:
    """
    An entry as it stands in the file.

    `texts` holds what there is of msgctxt, msgid, msgstr; `lines` the numbers of all its lines that
    carry meaning, comments included. A `broken` entry has a problem of its own already told.
    """

    texts: dict[str, Text] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    fuzzy: bool = False
    previous: str = ""
    broken: bool = False

    @property
    def line(self) -> int:
        return min(text.line for text in self.texts.values())

    @property
    def context(self) -> str:
        return self.texts["msgctxt"].value if "msgctxt" in self.texts else ""

    @property
    def msgid(self) -> str:
        return self.texts["msgid"].value

    @property
    def msgstr(self) -> str:
        return self.texts["msgstr"].value if "msgstr" in self.texts else ""

    @property
    def is_header(self) -> bool:
        return "msgctxt" not in self.texts and not self.msgid


class StringError(ValueError):
    """Why a quoted string cannot be read; `str()` of it is told to the translator."""


def read_string(text: str) -> str:
    """The value of the one quoted string that `text` is; `StringError` otherwise."""
    value, rest = _first_string(text)
    if rest:
        raise StringError(
            f"there is text after the closing quote: {rest[:40]!r}; "
            'write a quote that belongs to the text as \\"'
        )
    return value


def _first_string(text: str) -> tuple[str, str]:
    """The value of the quoted string that `text` begins with, and what follows it."""
    if not text.startswith('"'):
        raise StringError(f'put the text between double quotes: "{text[:40]}"')
    match = _STRING.match(text)
    if match is None:
        raise StringError("the string is not closed; put a double quote at the end of the line")
    return _unescape(match[1]), text[match.end() :].strip(_SPACE)


def _unescape(body: str) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in _VALUES:
            raise StringError(
                f"\\{match[1]} is not a known escape; a backslash that belongs to the text is "
                'written \\\\, and the only escapes are \\n, \\t, \\" and \\\\'
            )
        return _VALUES[match[1]]

    return _ESCAPE.sub(value, body) if "\\" in body else body


class Scanner:
    """Reads lines one by one; afterwards `entries` and `faults` hold all that was found."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self._entry = Entry()
        self._open = ""  # the keyword whose string a following quoted line continues
        self._misread = False  # a line of the entry was no statement: do not complain of its lack

    def scan(self, lines: list[str]) -> None:
        """Read a whole file; `lines` come without their line ends."""
        allowed = FORBIDDEN.search("\n".join(lines)) is None
        for number, line in enumerate(lines, start=1):
            if len(self.faults) > MAX_PROBLEMS:
                return
            stripped = line.strip(_SPACE)
            self._line(number, stripped if allowed else self._allowed(number, stripped))
        self._finish()

    def _allowed(self, number: int, line: str) -> str:
        """The line without characters that may not stand in it, which are told."""
        bad = FORBIDDEN.search(line)
        if bad is None:
            return line
        self._fault(number, _forbidden_reason(bad[0]))
        return FORBIDDEN.sub("", line)

    def _line(self, number: int, line: str) -> None:
        if not line:
            return
        if line.startswith("#"):
            self._comment(number, line)
            return
        if line.startswith('"'):
            self._continuation(number, line)
        else:
            self._statement(number, line)
        self._entry.lines.append(number)

    def _comment(self, number: int, line: str) -> None:
        """A comment ends the entry before it and belongs to the one after it."""
        if self._entry.texts or self._misread:
            self._finish()
        kind = line[:2]
        if kind == "#~":  # obsolete: ignored, together with the comments that belong to it
            self._start()
        elif kind == "#|":
            self._previous(number, line[2:].strip(_SPACE))
        elif kind != "#:":  # references mean nothing for a leaflet
            self._entry.lines.append(number)
            if kind == "#,":
                flags = {flag.strip() for flag in line[2:].split(",")}
                self._entry.fuzzy = self._entry.fuzzy or "fuzzy" in flags

    def _previous(self, number: int, rest: str) -> None:
        """`#| msgid "…"`: Babel writes all pieces of one text on one line, gettext on several."""
        if not rest.startswith('"'):
            keyword, _, rest = rest.partition(" ")
            if keyword not in ("msgctxt", "msgid", "msgid_plural"):
                self._fault(number, f'after "#|" stands msgid and its text, not {keyword[:40]!r}')
                return
            self._open = "#|" + keyword
        rest = rest.strip(_SPACE)
        try:
            while rest:
                value, rest = _first_string(rest)
                if self._open == "#|msgid":
                    self._entry.previous += value
        except StringError as fault:
            self._fault(number, f"previous text: {fault}")

    def _statement(self, number: int, line: str) -> None:
        usual = _USUAL.fullmatch(line)
        if usual is not None and "\\" not in usual[2]:
            self._begin(number, usual[1])
            self._keep(number, usual[1], usual[2])
            return
        match = _STATEMENT.match(line)
        keyword, rest = (match[1], match[2]) if match else (line, "")
        if keyword == "msgid_plural" or keyword.startswith("msgstr["):
            self._plural(number, keyword)
        elif keyword not in _KEYWORDS:
            self._unknown(number, keyword)
        else:
            self._begin(number, keyword)
            if rest.startswith(" "):
                self._piece(number, keyword, rest.strip(_SPACE))
            else:
                reason = f"put a space between {keyword} and its text"
                self._broken_piece(number, keyword, rest, reason)

    def _begin(self, number: int, keyword: str) -> None:
        """End the entry before when `keyword` begins another one."""
        texts = self._entry.texts
        closing = {"msgctxt": _KEYWORDS, "msgid": ("msgid", "msgstr"), "msgstr": ()}[keyword]
        if any(known in texts for known in closing):
            self._finish()
        elif keyword == "msgstr" and "msgstr" in texts:
            line = texts["msgstr"].line
            self._fault(number, f"a second msgstr; the entry has one on line {line}: delete one")
            self._entry.broken = True

    def _continuation(self, number: int, line: str) -> None:
        if self._open in _KEYWORDS:
            self._piece(number, self._open, line)
        elif not self._misread:
            self._fault(number, "this text belongs to no msgctxt, msgid or msgstr above it")
            self._misread = True

    def _piece(self, number: int, keyword: str, text: str) -> None:
        try:
            self._keep(number, keyword, read_string(text))
        except StringError as fault:
            self._broken_piece(number, keyword, text, str(fault))

    def _broken_piece(self, number: int, keyword: str, text: str, reason: str) -> None:
        """An unreadable text stands for itself: its entry must not be called incomplete too."""
        self._fault(number, reason)
        self._entry.broken = True
        self._keep(number, keyword, text or "?")

    def _keep(self, number: int, keyword: str, value: str) -> None:
        self._open = keyword
        self._entry.texts.setdefault(keyword, Text()).pieces.append((number, value))

    def _plural(self, number: int, keyword: str) -> None:
        """Told once an entry: a translator who sees one of its lines finds the others."""
        if not self._misread:
            reason = f"{keyword}: plural entries are not supported; a leaflet has none, delete it"
            self._fault(number, reason)
        self._misread, self._open = True, ""

    def _unknown(self, number: int, keyword: str) -> None:
        if "msgstr" in self._entry.texts:
            self._finish()
        known = ", ".join(_KEYWORDS)
        reason = f"{keyword[:40]!r} is not a keyword; a line begins with {known}, # or a quote"
        self._fault(number, reason)
        self._misread, self._open = True, ""

    def _finish(self) -> None:
        """Keep the entry, and tell what it lacks unless one of its lines was no statement."""
        entry, texts = self._entry, self._entry.texts
        lacks = self._misread or "msgid" not in texts or "msgstr" not in texts
        if texts and not self._misread:
            self._complain_of_lack(texts)
        if "msgid" in texts:
            entry.broken = entry.broken or lacks
            self.entries.append(entry)
        self._start()

    def _complain_of_lack(self, texts: dict[str, Text]) -> None:
        if "msgid" not in texts:
            keyword = "msgstr" if "msgstr" in texts else "msgctxt"
            reason = f"{keyword} without msgid; add the msgid line, or delete the entry"
            self._fault(texts[keyword].line, reason)
        elif "msgstr" not in texts:
            reason = 'msgid without msgstr; add msgstr "" if there is no translation yet'
            self._fault(texts["msgid"].line, reason)

    def _start(self) -> None:
        self._entry, self._open, self._misread = Entry(), "", False

    def _fault(self, line: int, reason: str) -> None:
        self.faults.append((line, reason))


def _forbidden_reason(character: str) -> str:
    if character == "\r":
        return "a carriage return alone; save the file with Unix (LF) or Windows (CRLF) line ends"
    return f"the character U+{ord(character):04X} may not stand in a text; delete it"
