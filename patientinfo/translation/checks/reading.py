"""
A text as the checks read it: plain words, inline codes, and what is no prose.

Read once for all checks (and once for all languages, for a source). Findings' spans count
characters of `plain`: the text without its tags, with entities resolved and `<br>` as a space.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import NamedTuple

from django.utils.functional import cached_property

from patientinfo.formats.numbers import Number, ascii_digits, numbers_in
from patientinfo.formats.numbers.words.tokens import Word, folded_in, words_in
from patientinfo.translation.checks.scripts import scripts_of_text

Span = tuple[int, int]
#: So many readings are kept, with what checks have found in them: those of a few leaflets.
REMEMBERED = 4096

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b([^<>]*)>")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SAME = {"b": "strong", "i": "em"}
PLACEHOLDER = re.compile(
    r"%\([^()\s]{1,60}\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]"
    r"|(?<![\d%٪])%(?:\d+\$)?[sdif](?![^\W_])"
    r"|\{\{[^{}]{1,80}\}\}|\$?\{[^\s{}]{0,60}\}"
)
EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[^\W_][\w-]*(?:\.[\w-]+)+")
_IN_ADDRESS = r"[^\s<>\"'«»“”‘’„()\[\]{}،؛、。，]"
WEB = re.compile(
    rf"(?:https?://|www\.){_IN_ADDRESS}+"
    r"|(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}"
    r"(?:com|org|net|info|health|example|gov|edu|int|eu|uk|nl|de|at|ch|es|fr|be|ie|us|ca|au|tr|ua"
    r"|sa|ae|eg|ma|in|gr|cn|jp)(?![\w-])"
    rf"(?:/{_IN_ADDRESS}*)?",
    re.IGNORECASE,
)
#: What every web address has: a quick look before a long one.
_MAY_BE_WEB = re.compile(r"://|\.\S")
#: The same of placeholders, addresses and telephone numbers; most texts have nothing of it.
_MAY_BE_NO_PROSE = re.compile(r"[%{@\d]|://|\.\S")
_WEB_END = re.compile(r"[.,;:!?؟]+$")
_PHONE = re.compile(r"(?<![\w.,/:])(?:\+|\(\+?)?\d+(?:[\s.()/\u2011-]{1,2}\d+)*(?![\w])")
_GROUPS_OF_AMERICA = re.compile(r"\d{3}-\d{3}-\d{4}")
_DATE = re.compile(r"\d{1,2}([-./])\d{1,2}\1\d{2,4}")
_DIGIT = re.compile("[0-9]")
_ASIDE = re.compile(r"[(\[«“„‘][^()\[\]«»“”„‘’]*[)\]»”’]")
_PHONE_DIGITS = (7, 15)


class Tag(NamedTuple):
    """An inline code: its name, where it stands in the plain text, and of a link the address."""

    name: str
    at: int
    closing: bool = False
    href: str = ""


class Address(NamedTuple):
    """A telephone number, an e-mail or a web address, as it is written."""

    text: str
    span: Span


class Reading:
    """One text in one language."""

    def __init__(self, text: str, inline: bool, locale: str) -> None:
        self.text, self.inline, self.locale = text, inline, locale
        self.tags: list[Tag] = []
        coded = inline and ("<" in text or "&" in text)
        self.plain = self._without_tags() if coded else text
        if _MAY_BE_NO_PROSE.search(self.plain) is None:
            self.placeholders = self.emails = self.web_addresses = self.telephones = []
            self.prose = self.plain

    def _without_tags(self) -> str:
        parts: list[str] = []
        length = last = 0
        for match in _TAG.finditer(self.text):
            words = html.unescape(self.text[last : match.start()])
            length += len(words)
            name = match[2].lower()
            name = _SAME.get(name, name)
            self.tags.append(Tag(name, length, bool(match[1]), _href(match[3])))
            parts.append(words)
            if name == "br":
                parts.append(" ")
                length += 1
            last = match.end()
        parts.append(html.unescape(self.text[last:]))
        return "".join(parts)

    @cached_property
    def placeholders(self) -> list[Address]:
        if "{" not in self.plain and "%" not in self.plain:
            return []
        return [Address(m[0], m.span()) for m in PLACEHOLDER.finditer(self.plain)]

    @cached_property
    def emails(self) -> list[Address]:
        if "@" not in self.plain:
            return []
        return [Address(m[0], m.span()) for m in EMAIL.finditer(self.plain)]

    @cached_property
    def web_addresses(self) -> list[Address]:
        if "." not in self.plain or _MAY_BE_WEB.search(self.plain) is None:
            return []
        found = []
        for match in WEB.finditer(blanked(self.plain, [e.span for e in self.emails])):
            text = _WEB_END.sub("", match[0])
            found.append(Address(text, (match.start(), match.start() + len(text))))
        return found

    @cached_property
    def telephones(self) -> list[Address]:
        digits = ascii_digits(self.plain)
        if len(_DIGIT.findall(digits)) < _PHONE_DIGITS[0]:
            return []
        digits = blanked(digits, [found.span for found in (*self.emails, *self.web_addresses)])
        return [
            Address(self.plain[slice(*m.span())], m.span())
            for m in _PHONE.finditer(digits)
            if is_telephone(m[0])
        ]

    @cached_property
    def prose(self) -> str:
        """The plain text with blanks for placeholders, addresses and telephone numbers."""
        found = (*self.placeholders, *self.emails, *self.web_addresses, *self.telephones)
        if not found:
            return self.plain
        return blanked(self.plain, [address.span for address in found])

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts of its letters."""
        return scripts_of_text(self.plain)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words of the prose, folded; those of `words`."""
        return folded_in(self.prose)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_in(self.prose)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        return numbers_in(self.prose, self.locale)


def blanked(text: str, spans: list[Span]) -> str:
    """`text` with spaces at the spans: what follows them stays where it is."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def without_asides(text: str) -> str:
    """`text` with blanks for what stands in brackets or quotes: names and titles of other texts."""
    return _ASIDE.sub(lambda match: " " * len(match[0]), text)


def is_telephone(written: str) -> bool:
    """
    Whether digits with separators are a telephone number.

    It begins with a plus, a nought or a bracket, or is grouped as in America; it has 7 to 15 digits
    (ITU-T E.164). A short one, 112 say, is a number like any other.
    """
    digits = re.sub(r"\D", "", written)
    begins = written[0] in "+(0" and not re.match(r"0[.,]", written)
    fewest, most = _PHONE_DIGITS
    return (
        fewest <= len(digits) <= most
        and not _DATE.fullmatch(written)
        and (begins or _GROUPS_OF_AMERICA.fullmatch(written) is not None)
    )


def _href(attributes: str) -> str:
    match = _HREF.search(attributes)
    return html.unescape(next((g for g in match.groups() if g), "")) if match else ""


@lru_cache(maxsize=REMEMBERED)
def read(text: str, inline: bool, locale: str) -> Reading:
    return Reading(text, inline, locale)


def plain_of(text: str, inline: bool) -> str:
    """The plain text that the spans of findings count in."""
    return Reading(text, inline, "").plain
