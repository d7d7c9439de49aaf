"""What a check is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.functional import cached_property
from django.utils.text import format_lazy

from patientinfo.translation.checks.reading import Reading, read

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: Words for a person, in the language of the moment when they are shown.
Message: TypeAlias = "str | _StrPromise"
#: From and to, in characters of the plain text (`reading.plain_of`).
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary: what it is called here and in the language of the translation."""

    source: str
    target: str
    #: Other translations that are approved too.
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """
    One segment and its translation.

    `source` and `target` are inline HTML when `inline`, else plain text. Locales are codes such as
    `nl` or `pt-br`. `do_not_translate` are words that stay as they are in every language, `names`
    those of clinics and people, which may.
    """

    source: str
    target: str
    source_locale: str
    locale: str
    inline: bool
    glossary: tuple[Term, ...] = ()
    do_not_translate: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @cached_property
    def readings(self) -> tuple[Reading, Reading]:
        """The source and its translation, read once for all checks."""
        return (
            read(self.source, self.inline, self.source_locale),
            read(self.target, self.inline, self.locale),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """
    Something wrong, or perhaps wrong, with a translation.

    The spans count characters of the plain texts; None where a place can not be given.
    """

    check: str
    message: Message
    source_span: Span | None = None
    target_span: Span | None = None


CheckFunction: TypeAlias = Callable[[Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """
    A check by its name, with its words for people.

    `blocking_default` says whether its findings keep a translation from being issued while no
    setting says otherwise. `example` is a translation in which it finds something.
    """

    name: str
    function: CheckFunction
    blocking_default: bool
    label: Message
    help: Message
    example: Context


def say(message: Message, **values: object) -> Message:
    """A message with its named places filled, translated when it is shown."""
    return format_lazy(message, **values)
