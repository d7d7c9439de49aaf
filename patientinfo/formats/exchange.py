"""
What goes to a translator and comes back, whatever the file format.

One `TranslationFile` is one leaflet in one language pair. PO, XLIFF and the others each write these
values and read them back unchanged, so the stage that stores translations knows no format.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn
from uuid import UUID

from patientinfo.formats.inline import clean_words

#: What XML 1.0 cannot say (section 2.2, "Char"), and the carriage return, which every XML reader
#: turns into a line feed. Text without these is the same in every exchange format.
FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: An Edition's digest: `sha256:` and 64 lower-case hex digits.
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")

#: Ends the mark of a target that went out as a finished one.
FINISHED = "+"

#: A language code as Wagtail writes it (`nl`, `pt-br`, `zh-hans`).
LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

#: How far a translation has come, as far as a file says; "" is a file that says nothing.
STATES = ("", "draft", "translated", "checked")

#: More problems than this are not listed: such a file is of another kind.
MAX_PROBLEMS = 500

#: A line of a file, from 1, and what is wrong there (in headers: the value that stands there).
Fault = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """
    One segment in its two languages.

    `path` is the segment's, unique in the file. `target` is empty when there is no translation.
    `section` (its section's heading) and `note` tell the translator where the text stands; both are
    one line and come back as `one_line` spells them. `fuzzy` says that the target is not to be
    trusted yet, and `previous_source` is the source text that it was made from, if that is known.

    `state` is one of `STATES`; PO has no place for it that its editors keep true, so there it is
    always empty. `comments` are people's remarks, each one line and none twice. `inline` says that
    the texts are inline HTML, else they are plain and `&` stands for itself.

    `exported` is the `target_mark` of the target that went out, empty where none did: what comes
    back with that target was not translated anew. In files of before it never says “finished”.

    `line` is where the unit stood in the file it was read from; two units are equal without it.
    """

    path: str
    source: str
    target: str
    section: str
    note: str
    fuzzy: bool = False
    previous_source: str = ""
    line: int | None = field(default=None, compare=False)
    state: str = ""
    comments: tuple[str, ...] = ()
    inline: bool = True
    exported: str = ""

    @property
    def clean_target(self) -> str:
        """The target in the spelling in which words are stored, and so go out."""
        return clean_words(self.target, inline=self.inline)

    @property
    def exported_digest(self) -> str:
        return self.exported.removesuffix(FINISHED)

    @property
    def is_as_exported(self) -> bool:
        """
        Whether the target is the one that went out; nobody knows that of an older file. Tools add
        white space and take characters apart, which makes no other words.
        """
        targets = (self.target, self.clean_target)
        return bool(self.exported) and self.exported_digest in map(target_digest, targets)

    @property
    def is_untouched(self) -> bool:
        """Whether the target went out finished and is the same: that it still is says nobody."""
        return self.exported.endswith(FINISHED) and self.is_as_exported


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """
    A leaflet on its way to or from a translator.

    `key` is the leaflet's UUID. `source_edition` and `source_digest` name the Edition whose words
    the units' sources are; `issued_at` is when it was issued ("2026-11-23T12:00:00Z") and gives the
    file its dates, so that one value always makes the same bytes; empty is allowed. `lines` are the
    lines of the file on which members stand, by name, for formats that have lines.

    `about` says whose words these are, in lines for people; it is written where a format has notes
    on the whole file (PO, XLIFF 2.1), and not read back.
    """

    key: str
    source_locale: str
    locale: str
    source_edition: int
    source_digest: str
    title: str
    units: tuple[Unit, ...]
    issued_at: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    about: tuple[str, ...] = field(default=(), compare=False)

    def line_of(self, member: str) -> int:
        """The line to tell a problem of this member at; the first where it is not known."""
        return self.lines.get(member, 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One thing wrong in a file, said so that a translator knows what to do; lines from 1.

    `unit` is the path of the unit that it is about, empty where it is about the file: an editor of
    XLIFF or a workbook shows no lines, and a program wants no words.
    """

    file: str
    line: int
    reason: str
    unit: str = ""

    def __str__(self) -> str:
        named = not self.unit or self.unit in self.reason
        about = "" if named else f"{self.unit}: "
        return f"{self.file}:{self.line}: {about}{self.reason}"


class FileRefused(Exception):
    """A file was not taken in; `problems` names everything that was found wrong, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Faults:
    """What is wrong in the file `name`, gathered while it is read so that all of it is told."""

    name: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int | None, reason: str) -> None:
        self.found.append((line or 1, reason))

    def refuse(self) -> NoReturn:
        """Refuse the file for what was found."""
        raise FileRefused(Problem(self.name, *fault) for fault in listed(sorted(self.found)))

    def refuse_if_any(self) -> None:
        if self.found:
            self.refuse()


def listed(faults: list[Fault]) -> list[Fault]:
    """`faults`, of which a file of another kind may have one a line, cut short."""
    if len(faults) <= MAX_PROBLEMS:
        return faults
    more = (faults[MAX_PROBLEMS][0], "there are more problems from here on that are not listed")
    return [*faults[:MAX_PROBLEMS], more]


def one_line(text: str) -> str:
    """`text` with every run of white space, line ends included, as one space."""
    return " ".join(text.split())


def target_digest(text: str) -> str:
    """What tells a target from others in a few characters; empty for none."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text else ""


def target_mark(text: str, *, finished: bool) -> str:
    """What a file says of a target that goes out in it: which it is, and whether it is finished."""
    return target_digest(text) + FINISHED if text and finished else target_digest(text)


def line_feeds(text: str) -> str:
    """`text` with every line end as a line feed, as XML and PO have it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def remarks(comments: Iterable[str]) -> tuple[str, ...]:
    """`comments` as a unit has them: each on one line, none empty, none twice."""
    return tuple(dict.fromkeys(filter(None, map(one_line, comments))))


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID in its usual spelling, lower case with hyphens."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """Whether `text` is a date and time of ISO 8601 that names its offset from UTC."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def check_writable(file: TranslationFile) -> None:
    """`ValueError` naming everything in `file` that some exchange format could not carry."""
    faults = [*_header_faults(file), *_unit_faults(file.units)]
    if faults:
        raise ValueError("; ".join(faults))


def _header_faults(file: TranslationFile) -> Iterator[str]:
    if not is_uuid(file.key):
        yield f"{file.key!r} is not a leaflet's key"
    for code in (file.source_locale, file.locale):
        if not LOCALE.fullmatch(code):
            yield f"{code!r} is not a language code"
    if not DIGEST.fullmatch(file.source_digest):
        yield f"{file.source_digest!r} is not a digest"
    if file.source_edition < 1:
        yield "editions are numbered from 1"
    if file.issued_at and not is_moment(file.issued_at):
        yield f"{file.issued_at!r} is not a date and time with an offset"
    if FORBIDDEN.search(file.title):
        yield "the title has a forbidden character"
    if any(map(FORBIDDEN.search, file.about)):
        yield "what is said about the file has a forbidden character"


def _unit_faults(units: tuple[Unit, ...]) -> Iterator[str]:
    for path, times in Counter(unit.path for unit in units).items():
        if times > 1:
            yield f"{times} units have the path {path!r}"
    for unit in units:
        if not unit.path or not unit.source:
            yield f"unit {unit.path!r} lacks its path or its source text"
        if unit.state not in STATES:
            yield f"unit {unit.path!r} has the unknown state {unit.state!r}"
        if any(map(FORBIDDEN.search, _texts(unit))):
            yield f"unit {unit.path!r} has a forbidden character"


def _texts(unit: Unit) -> tuple[str, ...]:
    texts = (unit.path, unit.source, unit.target, unit.section, unit.note, unit.previous_source)
    return (*texts, *unit.comments)
