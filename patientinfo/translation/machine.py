"""
Machine translators: none is called unless the setting `MACHINE_TRANSLATOR` names one.

    PATIENTINFO = {"MACHINE_TRANSLATOR": {"CLASS": "clinic.mt.Translator", "OPTIONS": {...}}}

A translator is a class with the interface of wagtail-localize's backends, so that those (DeepL,
Google, LibreTranslate and others) work as they are; wagtail-localize itself is not needed.
`MachineTranslator` documents it and can be inherited from.

What a machine makes is only ever a draft, marked as machine-made; it is worth nothing until a
person has saved it as translated and another has checked it.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.utils.module_loading import import_string
from wagtail.models import Locale

from patientinfo.conf import get_setting
from patientinfo.formats.inline import clean_inline, plain_text
from patientinfo.formats.segments import Segment

_LOCALIZE = "wagtail_localize"
_OPENING = re.compile(r'<a href="([^"]*)">')
_NUMBERED = re.compile(r"<a\b[^>]*\bid=[\"']?a(\d+)[\"']?[^>]*>")
_TAG = re.compile(r"</?[a-z]+(?:\s[^>]*)?>")


class StringValue:
    """
    One string for a translator: `data` is HTML of inline tags, links as `<a id="a1">`. Compares by
    its data, as wagtail-localize's own does.
    """

    def __init__(self, data: str) -> None:
        self.data = data

    @classmethod
    def from_plaintext(cls, text: str) -> StringValue:
        return cls(html.escape(text, quote=False))

    @classmethod
    def from_translated_html(cls, data: str) -> StringValue:
        return cls(data)

    def render_text(self) -> str:
        return plain_text(self.data)

    def get_translatable_html(self) -> str:
        return self.data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StringValue) and other.data == self.data

    def __hash__(self) -> int:
        return hash(self.data)


class MachineTranslator:
    """
    Base for a translator of one's own. `options` are `OPTIONS` of the setting; `display_name` is
    what the desk calls it. Errors may be raised: the desk says that it failed, and stores nothing.
    """

    display_name: Any = "Machine translation"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        """Whether it knows this pair of languages; the desk does not offer it otherwise."""
        return False

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[Any]
    ) -> Mapping[Any, Any]:
        """
        A translation (`StringValue`) for each of `strings` that it could do. Tags must come back:
        a string whose tags are others than its source's is left out.
        """
        raise NotImplementedError


def configured() -> Any:
    """The translator of the site, made anew; None when there is none."""
    setting = get_setting("MACHINE_TRANSLATOR")
    if not setting:
        return None
    return import_string(setting["CLASS"])(setting.get("OPTIONS", {}))


def translator_for(source: Locale, target: Locale) -> Any:
    """The site's translator if it knows the pair of languages, else None."""
    translator = configured()
    return translator if translator and translator.can_translate(source, target) else None


def string_class(translator: type) -> Any:
    """
    What the translator's strings are made of: what its own module calls `StringValue`, so that it
    meets the class that it returns; wagtail-localize's for its own; else ours.
    """
    for base in translator.__mro__:
        module = sys.modules.get(base.__module__)
        if found := getattr(module, "StringValue", None):
            return found
        if base.__module__.split(".")[0] == _LOCALIZE:
            return import_module(f"{_LOCALIZE}.strings").StringValue
    return StringValue


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A segment on its way to a machine: links are numbered, because addresses are not words."""

    segment: Segment

    @property
    def data(self) -> str:
        if not self.segment.inline:
            return html.escape(self.segment.text, quote=False)
        numbers = iter(range(1, len(self.segment.text)))
        numbered = _OPENING.sub(lambda _: f'<a id="a{next(numbers)}">', self.segment.text)
        return numbered.replace("<br>", "<br/>")

    def text_from(self, data: str) -> str:
        """
        What came back, as a text for the store; empty when its codes are not those of the source:
        nobody can tell where a lost link belonged.
        """
        if not self.segment.inline:
            return plain_text(data)
        links = _OPENING.findall(self.segment.text)

        def link(found: re.Match[str]) -> str:
            number = int(found[1])
            return f'<a href="{links[number - 1]}">' if 0 < number <= len(links) else found[0]

        text = clean_inline(_NUMBERED.sub(link, data))
        return text if _codes(text) == _codes(self.segment.text) and plain_text(text) else ""


def _codes(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text))


def translate_segments(
    translator: Any, segments: Iterable[Segment], source: Locale, target: Locale
) -> dict[str, str]:
    """Path → machine-made text, for each segment that came back whole. One call."""
    value = string_class(type(translator))
    outgoing = [Outgoing(segment) for segment in segments]
    strings = {found.data: value(found.data) for found in outgoing}
    answers = translator.translate(source, target, list(strings.values()))
    texts = {
        found.segment.path: found.text_from(answer.data)
        for found in outgoing
        if (answer := answers.get(strings[found.data])) is not None
    }
    return {path: text for path, text in texts.items() if text}
