"""
Text messages: how many a text becomes on its way to a phone (3GPP TS 23.038 and 23.040).

A message carries 140 bytes. Text of the GSM alphabet takes seven bits a character, any other
sixteen, and one letter outside the alphabet makes the whole text of the second kind. A text that
needs several messages loses six bytes of each to the header that joins them again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

GSM_7, UCS_2 = "GSM-7", "UCS-2"
#: From this many on a text is too long to be called a short one.
MANY = 3

#: 3GPP TS 23.038, 6.2.1: characters of one septet.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: 6.2.1.1: characters of two, the first being an escape.
EXTENDED = frozenset("\f^{}\\[~]|€")

_TYPEWRITER = str.maketrans({"©": "(c)", "–": "-", "—": "-", "’": "'", "“": '"', "”": '"'})
#: Units in a message that stands alone, and in one of several.
_ROOM = {GSM_7: (160, 153), UCS_2: (70, 67)}


@dataclass(frozen=True, slots=True)
class Length:
    """`units` are septets or 16-bit code units; `strangers` the characters outside the alphabet."""

    encoding: str
    units: int
    messages: int
    strangers: str = ""

    @property
    def long(self) -> bool:
        return self.messages > MANY


def measure(text: str) -> Length:
    """
    What a text costs; an empty one is no message.

    >>> measure("Rest today.")
    Length(encoding='GSM-7', units=11, messages=1, strangers='')
    >>> measure("استرح اليوم.").encoding
    'UCS-2'
    """
    strangers = "".join(dict.fromkeys(c for c in text if c not in BASIC and c not in EXTENDED))
    encoding = UCS_2 if strangers else GSM_7
    sizes = list(_sizes(text, encoding))
    alone, joined = _ROOM[encoding]
    units = sum(sizes)
    messages = min(units, 1) if units <= alone else _fill(sizes, joined)
    return Length(encoding, units, messages, strangers)


def message_of(text: str, credit: str, address: str) -> str:
    """
    What is sent: the text, whose it is, and where the whole leaflet stands. Signs of print in the
    credit line are written as on a typewriter: one © would halve the room of every message.
    """
    return "\n".join(filter(None, (text, credit.translate(_TYPEWRITER), address)))


def _sizes(text: str, encoding: str) -> Iterator[int]:
    """Units of each character; none of them is ever cut in two."""
    for character in text:
        if encoding == GSM_7:
            yield 2 if character in EXTENDED else 1
        else:
            yield 2 if ord(character) > 0xFFFF else 1


def _fill(sizes: list[int], room: int) -> int:
    """Messages that characters of these sizes take, of `room` units each."""
    messages, left = 1, room
    for size in sizes:
        if size > left:
            messages, left = messages + 1, room
        left -= size
    return messages
