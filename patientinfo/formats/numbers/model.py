"""What is found in a text: numbers with their value, their unit and where they stand."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Literal, NamedTuple

#: What two numbers share when they say the same: a value, a date or a time of day. A date has 0 for
#: the part that it does not say; a time is in minutes since midnight.
Key = (
    tuple[Literal["number"], Fraction]
    | tuple[Literal["date"], int, int, int]
    | tuple[Literal["time"], int]
)


class Strength(Enum):
    """How surely a word or a figure is a number."""

    #: A figure, or a word that is nothing but a number: the other language has to say it too.
    CERTAIN = "certain"
    #: May be a number ("first", "both", "acht"): it answers a number of the other language, and
    #: nobody misses it.
    LIKELY = "likely"
    #: An article or a bare noun that may mean one ("a needle", "een naald", "يوم").
    ARTICLE = "article"


class Number(NamedTuple):
    """
    One number of a text.

    `keys` are its readings, the likeliest first ("2 pm" is a time and 14; "half" of an hour is 1/2
    and 30). `span` counts characters of the text. `unit` is a name from `units.names` or empty.
    `worded` tells a word from a figure. `upto` is the upper end of the range that it begins.
    `unit_end` is where a unit behind it ends.
    """

    keys: tuple[Key, ...]
    span: tuple[int, int]
    strength: Strength = Strength.CERTAIN
    unit: str = ""
    worded: bool = False
    upto: Fraction | None = None
    unit_end: int = 0

    @property
    def whole_span(self) -> tuple[int, int]:
        """Where it stands with its unit."""
        return self.span[0], max(self.span[1], self.unit_end)

    @property
    def value(self) -> Fraction | None:
        """Its value when it is read as a plain number first, else None (a date, a time)."""
        first = self.keys[0]
        return first[1] if first[0] == "number" else None

    @property
    def is_date(self) -> bool:
        return self.keys[0][0] == "date"


def number_key(value: Fraction | int) -> Key:
    return ("number", value if type(value) is Fraction else Fraction(value))
