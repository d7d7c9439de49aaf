"""
Letters that are drawn as several glyphs are said once.

Many Arabic letters are a shape and its dots, two glyphs for one letter. Typst 0.15 gives the letter
as text to both when the dots stand at a height of their own, so that a screen reader, a search and
whoever copies a sentence find it twice: الوخخزز. Here the glyphs that take no room of their own,
dots and vowel signs, get an empty `ActualText` (ISO 32000-1, 14.9.4); the shape carries the letter.

This reads only what Typst writes: one table of objects, small dictionaries, streams that are
deflated. A file that is made otherwise is left as it is, and tests/channels/test_pdf.py would tell.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

_PLACE = re.compile(rb"startxref\s+(\d+)")
_XREF = re.compile(rb"xref\r?\n0 (\d+)\r?\n((?:\d{10} \d{5} [nf][ \r\n]{1,2})+)")
_OFFSET = re.compile(rb"(\d{10}) \d{5} n")
_STREAM = re.compile(rb"<<(?P<head>.*?)>>\s*stream\r?\n(?P<body>.*)\r?\nendstream", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+")
_PAGE = re.compile(rb"/Type/Page\b")
_FONTS = re.compile(rb"/Font<<(.*?)>>", re.DOTALL)
_FONT = re.compile(rb"/(\w+) (\d+) 0 R")
_WIDTHS = re.compile(rb"/W\[([^\[\]]*)\]")

_STRING = rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]*>"
_LITERAL = re.compile(_STRING, re.DOTALL)
#: What the next piece of shown text says, when that is not what its glyphs say.
_SAID_BEGINS, _SAID_ENDS, _LONGEST_SAID = b"/Span<<", b"BDC", 200
_SAID = re.compile(rb"/Span<</ActualText\s?(?:" + _STRING + rb")>>BDC", re.DOTALL)
#: One short piece of shown text: its font, and its glyphs. A line of words is not looked through:
#: what is all dots and signs has a few glyphs, each at most eight characters in the file. Thousands
#: of pieces stand on a page, so nothing here is tried twice (`++`).
_SHORT = rb"(?:\([^()\\]{0,8}+(?:\\.[^()\\]{0,8}+){0,24}+\)|<[0-9A-Fa-f]{0,64}+>)"
_BETWEEN = rb"[-\d.\s]{0,20}+"
_SHOWN = re.compile(
    rb" 0 Tr/(?P<font>\w++) [\d.]++ Tf [-\d. ]++Tm"
    rb"(?P<glyphs>\[?" + _BETWEEN + rb"(?:" + _SHORT + _BETWEEN + rb"){1,4}+\]?T[jJ])",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
#: Of compression: half the time of the usual one, for a tenth more of the text's few kilobytes.
_LEVEL = 3
_NOTHING = b"/Span<</ActualText<FEFF>>>BDC"

Objects = dict[int, bytes]
#: Glyphs that take room, by the name of their font on a page.
Wide = Mapping[bytes, frozenset[int]]


def say_letters_once(pdf: bytes) -> bytes:
    """The same file, its repeated letters silent. The same file always gives the same bytes."""
    place = _PLACE.search(pdf[-64:])
    table = _XREF.match(pdf, int(place[1])) if place else None
    if table is None:
        return pdf
    objects = _objects(pdf, table)
    changed = dict(_silenced_pages(objects))
    return _written(pdf, table, objects, changed) if changed else pdf


def _objects(pdf: bytes, table: re.Match[bytes]) -> Objects:
    """The bytes of each object by its number, in the order of the file."""
    starts = sorted(int(offset) for offset in _OFFSET.findall(table[2]))
    found: Objects = {}
    for start, end in pairwise([*starts, table.start()]):
        whole = pdf[start:end]
        found[int(whole[: whole.index(b" ")])] = whole
    return found


def _silenced_pages(objects: Objects) -> Iterator[tuple[int, bytes]]:
    """The content of each page in which something is to be silent, by its object's number."""
    for whole in objects.values():
        if not _PAGE.search(whole[:200]):
            continue
        content = _reference(whole, b"Contents")
        stream = _STREAM.search(objects.get(content, b""))
        if stream is None or b"/FlateDecode" not in stream["head"]:
            continue
        before = zlib.decompress(stream["body"])
        after = _silenced(before, _wide_glyphs(whole, objects))
        if after != before:
            body = zlib.compress(after, _LEVEL)
            head = _LENGTH.sub(b"/Length %d" % len(body), stream["head"])
            yield (
                content,
                b"%d 0 obj\n<<%b>>\nstream\n%b\nendstream\nendobj\n" % (content, head, body),
            )


def _silenced(content: bytes, wide: Wide) -> bytes:
    """A page's content in which text that takes no room says nothing."""
    pieces: list[bytes] = []
    done = 0
    silent: dict[tuple[bytes, ...], bool] = {}
    for shown in _SHOWN.finditer(content):
        what = shown.groups()
        quiet = silent.get(what)
        if quiet is None:
            font, glyphs = what
            quiet = font in wide and wide[font].isdisjoint(_glyphs(glyphs))
            silent[what] = quiet
        if not quiet:
            continue
        start, end = shown.span()
        said = _said_before(content, start)
        pieces += [content[done : start if said is None else said], _NOTHING, content[start:end]]
        if said is None:  # what said something has its end behind it already
            pieces.append(b"\nEMC")
        done = end
    return b"".join((*pieces, content[done:]))


def _said_before(content: bytes, start: int) -> int | None:
    """Where the text begins that stands for what is shown at `start`, if there is one."""
    if not content.startswith(_SAID_ENDS, start - len(_SAID_ENDS)):
        return None
    begin = content.rfind(_SAID_BEGINS, max(0, start - _LONGEST_SAID), start)
    return begin if begin >= 0 and _SAID.fullmatch(content, begin, start) else None


@lru_cache(maxsize=10_000)
def _glyphs(shown: bytes) -> list[int]:
    """The glyphs of a Tj or TJ: two bytes each. Short ones come again and again."""
    codes = b"".join(map(_bytes, _LITERAL.findall(shown)))
    return [codes[i] << 8 | codes[i + 1] for i in range(0, len(codes) - 1, 2)]


def _bytes(literal: bytes) -> bytes:
    """ISO 32000-1, 7.3.4: a string in parentheses or in hexadecimal digits."""
    if literal.startswith(b"<"):
        return bytes.fromhex(literal[1:-1].decode())
    return _ESCAPE.sub(_unescaped, literal[1:-1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8) & 255]) if code.isdigit() else _CONTROLS.get(code, code)


def _wide_glyphs(page: bytes, objects: Objects) -> dict[bytes, frozenset[int]]:
    """The glyphs with a width, of each font of a page; those without are in no table."""
    resources = objects.get(_reference(page, b"Resources"), page)
    fonts = _FONTS.search(resources) or _FONTS.search(
        b"/Font" + objects.get(_reference(resources, b"Font"), b"")[7:]
    )
    found: dict[bytes, frozenset[int]] = {}
    for name, number in _FONT.findall(fonts[1] if fonts else b""):
        descendant = re.search(rb"/DescendantFonts\[(\d+) 0 R\]", objects.get(int(number), b""))
        widths = _WIDTHS.search(objects.get(int(descendant[1]), b"")) if descendant else None
        if widths:
            found[name] = _ranges(widths[1])
    return found


@lru_cache(maxsize=64)
def _ranges(widths: bytes) -> frozenset[int]:
    """`first last width` three by three (ISO 32000-1, 9.7.4.3); each page has the same fonts."""
    numbers = widths.split()
    triples = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=False)
    return frozenset(
        glyph
        for first, last, width in triples
        if float(width)
        for glyph in range(int(first), int(last) + 1)
    )


def _reference(whole: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", whole)
    return int(found[1]) if found else 0


def _written(
    pdf: bytes, table: re.Match[bytes], objects: Objects, changed: Mapping[int, bytes]
) -> bytes:
    """The file with some objects changed, and its table of where each begins."""
    start = min(int(offset) for offset in _OFFSET.findall(table[2]))
    parts, places, length = [pdf[:start]], {}, start
    for number, whole in objects.items():
        places[number] = length
        parts.append(changed.get(number, whole))
        length += len(parts[-1])
    entries = [b"0000000000 65535 f\r\n"]
    entries += [b"%010d 00000 n\r\n" % places[number] for number in range(1, int(table[1]))]
    trailer = pdf[table.end() : pdf.rfind(b"startxref")]
    return (
        b"".join((*parts, b"xref\n0 %d\n" % len(entries), *entries, trailer))
        + b"startxref\n%d\n%%%%EOF" % length
    )
