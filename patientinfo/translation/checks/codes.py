"""Inline codes, links and placeholders: what a program reads in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.inline import TAGS
from patientinfo.translation.checks.addresses import is_same_address
from patientinfo.translation.checks.base import Context, Finding, Message, say
from patientinfo.translation.checks.reading import Reading, Tag

_EMPTY_TAGS = frozenset({"br"})


def check_inline_codes(context: Context) -> Iterator[Finding]:
    """The same codes and links in the translation as in the source, opened and closed."""
    source, target = context.readings
    if not source.tags and not target.tags:
        return
    known = TAGS | {tag.name for tag in source.tags}
    for message in (*_unbalanced(target), *_unknown(target, known)):
        yield Finding("inline_codes", message)
    before, after = _codes_of_both(context)
    for code in (Counter(before) - Counter(after)).elements():
        yield Finding("inline_codes", say(_("The code {code} is missing."), code=_shown(code)))
    for code in (Counter(after) - Counter(before)).elements():
        said = say(_("The code {code} is not in the source."), code=_shown(code))
        yield Finding("inline_codes", said)


def check_inline_order(context: Context) -> Iterator[Finding]:
    """The codes stand in the order of the source; a language may need another."""
    source, target = context.readings
    if not source.tags or not target.tags:
        return
    before, after = _codes_of_both(context)
    if before != after and Counter(before) == Counter(after):
        yield Finding("inline_order", _("The codes stand in another order than in the source."))


def check_placeholders(context: Context) -> Iterator[Finding]:
    """Every placeholder, spelt as in the source."""
    source, target = context.readings
    if not source.placeholders and not target.placeholders:
        return
    before = Counter(found.text for found in source.placeholders)
    after = Counter(found.text for found in target.placeholders)
    places = {found.text: found.span for found in target.placeholders}
    places_before = {found.text: found.span for found in source.placeholders}
    for text in before - after:
        said = say(_("The placeholder {text} is missing."), text=text)
        yield Finding("placeholders", said, places_before[text])
    for text in after - before:
        said = say(_("The placeholder {text} is not in the source."), text=text)
        yield Finding("placeholders", said, None, places[text])


Code = tuple[str, str]


def _codes_of_both(context: Context) -> tuple[list[Code], list[Code]]:
    """
    Opening codes in order, of the source and of its translation. A link of the translation that
    leads to where one of the source does is named by the address of that one.
    """
    source, target = (_codes(reading) for reading in context.readings)
    rest = [href for _name, href in source if href]
    found: list[Code] = []
    for name, href in target:
        same = next((one for one in rest if _is_same(one, href, context)), href) if href else ""
        if same in rest:
            rest.remove(same)
        found.append((name, same))
    return source, found


def _is_same(source: str, target: str, context: Context) -> bool:
    return is_same_address(source, target, context.source_locale, context.locale)


def _codes(reading: Reading) -> list[Code]:
    """Opening codes in order, links with their address."""
    return [(tag.name, tag.href) for tag in reading.tags if not tag.closing]


def _shown(code: Code) -> str:
    name, href = code
    return f'<{name} href="{href}">' if href else f"<{name}>"


def _unbalanced(reading: Reading) -> Iterator[Message]:
    """Codes that are not closed, closed twice or across one another; links without words."""
    opened: list[Tag] = []
    for tag in reading.tags:
        if tag.name in _EMPTY_TAGS:
            continue
        if not tag.closing:
            opened.append(tag)
        elif opened and opened[-1].name == tag.name:
            start = opened.pop()
            if not reading.plain[start.at : tag.at].strip():
                yield say(_("The code {code} has no words in it."), code=f"<{tag.name}>")
        else:
            yield say(_("{code} closes nothing."), code=f"</{tag.name}>")
    for tag in opened:
        yield say(_("{code} is not closed."), code=f"<{tag.name}>")


def _unknown(reading: Reading, known: Set[str]) -> Iterator[Message]:
    for name in dict.fromkeys(tag.name for tag in reading.tags):
        if name not in known:
            yield say(_("{code} is no code that a leaflet may have."), code=f"<{name}>")
