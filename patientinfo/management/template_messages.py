"""
Messages out of Django templates, for Babel.

Django itself turns a template into calls of gettext (`templatize`, made for xgettext); Babel reads
those as Python. Between the calls `templatize` leaves letters in the place of the template's text,
whose indentation Python would refuse, so each line is moved to the margin.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

_MARGIN = re.compile(r"^[^\S\n]+", re.MULTILINE)


def extract_django_template(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Any,
) -> Iterator[Any]:
    """Yields `(line, function, messages, comments)`, the protocol of Babel's extractors."""
    calls = _MARGIN.sub("", templatize(fileobj.read().decode("utf-8")))
    yield from extract_python(io.BytesIO(calls.encode()), keywords, comment_tags, options)
