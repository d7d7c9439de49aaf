"""
The catalogs of interface words: `locale/django.pot` and one `django.po` for each language.

Made with Babel, so that no gettext tool need be installed. The template holds nothing that changes
by itself (no dates, no line numbers, no versions): it differs when a word differs, and that is what
`problems_of` can therefore tell. Words of leaflets are never here.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = "Patient information"
#: The language of the msgids: its catalog repeats them.
SOURCE_LANGUAGE = "en"
PACKAGES = ("cms", "home", "patientinfo")
TEMPLATES = "patientinfo.management.template_messages:extract_django_template"
METHODS = [
    ("**/migrations/**.py", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", TEMPLATES),
    ("**/templates/**.txt", TEMPLATES),
]
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_now": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
_VOLATILE = re.compile(
    rb'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date'
    rb'|Last-Translator|Language-Team|Generated-By): .*\\n"\n',
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Catalogs:
    """Where the source is read (`root`) and the catalogs are kept (`folder`), for `languages`."""

    root: Path
    folder: Path
    languages: tuple[str, ...]

    @property
    def template_path(self) -> Path:
        return self.folder / "django.pot"

    def path_of(self, language: str) -> Path:
        """The catalog of a language, in the folder that Django looks in (`pt-br` -> `pt_BR`)."""
        first, _, rest = language.partition("-")
        name = f"{first}_{rest.upper() if len(rest) == 2 else rest.title()}" if rest else first
        return self.folder / name / "LC_MESSAGES" / "django.po"


def extract_template(root: Path) -> Catalog:
    """Every interface word of the project's packages, in the order of its files."""
    template = _new_catalog()
    for package in PACKAGES:
        found = extract_from_dir(
            root / package,
            METHODS,
            options_map={},
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for filename, _line, message, comments, context in found:
            place = (f"{package}/{filename}".replace(os.sep, "/"), 1)
            template.add(message, None, [place], auto_comments=comments, context=context)
    return template


def update(catalogs: Catalogs) -> None:
    """Writes the template and brings every catalog up to it; a reworded msgid becomes fuzzy."""
    template = extract_template(catalogs.root)
    _write(catalogs.template_path, po_bytes(template))
    for language in catalogs.languages:
        path = catalogs.path_of(language)
        catalog = read_catalog(path, language) if path.exists() else _new_catalog(language)
        # Of its own: a catalog takes new messages over as they are, and would hand on what the
        # source language says to the languages after it.
        catalog.update(deepcopy(template))
        if language == SOURCE_LANGUAGE:
            _repeat_msgids(catalog)
        _write(path, po_bytes(catalog))


def compile_catalogs(catalogs: Catalogs) -> list[Path]:
    """Writes the `django.mo` beside each catalog that is newer than it; returns those written."""
    written = []
    for language in catalogs.languages:
        source = catalogs.path_of(language)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        buffer = io.BytesIO()
        write_mo(buffer, read_catalog(source, language))
        _write(target, buffer.getvalue())
        written.append(target)
    return written


def problems_of(catalogs: Catalogs) -> Iterator[str]:
    """What is wrong, one line each: a stale template, and words missing, doubtful or different."""
    template = extract_template(catalogs.root)
    path = catalogs.template_path
    if not path.exists() or path.read_bytes() != po_bytes(template):
        yield f"{path.name}: stale; run `manage.py messages`"
    for language in catalogs.languages:
        path = catalogs.path_of(language)
        if not path.exists():
            yield f"{language}: there is no catalog"
            continue
        catalog = read_catalog(path, language)
        for wanted in _messages(template):
            message = catalog.get(wanted.id, wanted.context)
            problem = _problem(message, catalog.num_plurals)
            if problem:
                yield f"{language}: {problem}: {_msgid(wanted)!r}"


def _problem(message: Message | None, plurals: int) -> str:
    """What is wrong with the translation of one message; empty when nothing is."""
    if message is None:
        return "not in the catalog"
    if message.fuzzy:
        return "fuzzy"
    forms = _forms(message.string)
    if not all(forms) or len(forms) != (plurals if message.pluralizable else 1):
        return "not translated"
    return "" if _placeholders_fit(message.id, forms) else "placeholders differ"


def _placeholders_fit(msgid: str | Iterable[str], forms: tuple[str, ...]) -> bool:
    """
    True when the translation has the placeholders of the msgid, no more and no less.

    Of plural forms that holds for the last, which is for any number: the others ("one edition",
    and in Arabic "two editions") may leave some out.
    """
    wanted = _placeholders(_forms(msgid)[-1])
    *special, general = forms
    return _placeholders(general) == wanted and all(
        set(_placeholders(form)) <= set(wanted) for form in special
    )


def po_bytes(catalog: Catalog) -> bytes:
    """A catalog as a file, without the header's lines that change by themselves or say nothing."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=96, include_lineno=False, ignore_obsolete=True)
    return _VOLATILE.sub(b"", buffer.getvalue())


def _new_catalog(language: str = "") -> Catalog:
    name = f" in {language}" if language else ""
    return Catalog(
        locale=language.replace("-", "_") or None,
        project=PROJECT,
        header_comment=f"# Interface words{name}. Made with `manage.py messages`.",
        fuzzy=False,
    )


def read_catalog(path: Path, language: str) -> Catalog:
    """The catalog in a file; babel's `PoFileError` when the file is broken."""
    with path.open("rb") as file:
        return read_po(file, locale=language.replace("-", "_"), abort_invalid=True)


def _write(path: Path, content: bytes) -> None:
    """Writes at once, so that a process that reads meanwhile never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def _repeat_msgids(catalog: Catalog) -> None:
    for message in _messages(catalog):
        message.string = message.id
        message.flags.discard("fuzzy")


def _messages(catalog: Catalog) -> Iterator[Message]:
    """The messages, without the header."""
    return (message for message in catalog if message.id)


def _msgid(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(words: str | Iterable[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ("",))


def _placeholders(words: str) -> list[tuple[str, ...]]:
    return sorted(_PLACEHOLDER.findall(words))
