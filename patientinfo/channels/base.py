"""
What a channel is: something that makes bytes of a Document.

A channel is registered by its dotted name in the setting `CHANNELS`. It gets a Document that the
guard has already cut down, and all that stands around the words in the leaflet's own language
(`parts.sheet`), so it holds no words of its own and asks nobody.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from patientinfo.channels.parts.sheet import Sheet
from patientinfo.formats.canonical import digest_bytes
from patientinfo.licensing.guard import LICENSABLE, TEXT, Use

Document = Mapping[str, Any]


class NotRenderable(Exception):
    """
    A rendition that cannot be made; nothing was written.

    `reason` is a code: `missing_image`, `missing_glyph`, `failed`. The message says what is wrong
    with which part, for whoever can mend it.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class NothingToRender(NotRenderable):
    """This leaflet has nothing of what the channel gives, as it may: nobody has to mend that."""


@dataclass(frozen=True, slots=True)
class Context:
    """
    What a channel may use beside the Document.

    `picture` gives the bytes of one of its images, about so many pixels wide, or None in a draft
    whose picture is not kept yet; it raises `NotRenderable` when the file is gone.
    """

    sheet: Sheet
    picture: Callable[[Mapping[str, Any], int], bytes | None]
    #: Of a translation, for channels that show it: the Document it was made from, cut down alike.
    source: Document | None = None


@dataclass(frozen=True)
class Rendition:
    """What a channel made of one Edition. `etag` has no quotes."""

    content: bytes
    media_type: str
    file_name: str
    etag: str

    @cached_property
    def digest(self) -> str:
        """`sha256:` and the hex digest of the bytes."""
        return digest_bytes(self.content)


class Channel(ABC):
    """
    A way out. Its version changes whenever the same Document would give other bytes.

    `uses` are what it serves: a licence has to name one of them, and one for readers stands in
    their menu of downloads. `needs` are the parts of an Edition without which it makes nothing;
    what else was withheld is left out, and the rendition says so.
    """

    name: ClassVar[str]
    #: For people, in a menu; translated when it is shown.
    label: ClassVar[Any]
    media_type: ClassVar[str]
    extension: ClassVar[str]
    uses: ClassVar[frozenset[Use]] = frozenset({Use.READER, *LICENSABLE})
    needs: ClassVar[frozenset[str]] = frozenset({TEXT})
    #: Whether compressing its bytes once more would be waste.
    packed: ClassVar[bool] = False
    #: Whether browsers show it; what they do not is offered to be saved.
    shown_by_browsers: ClassVar[bool] = False
    #: Whether of a translation it shows its source's words too: who asks has to be allowed both.
    shows_source: ClassVar[bool] = False

    #: Whether the header Accept may choose it. A browser asks every address for HTML.
    negotiated: ClassVar[bool] = True

    @property
    @abstractmethod
    def version(self) -> str:
        """Of what makes the bytes; most channels name a constant."""

    @property
    def for_readers(self) -> bool:
        """Whether a reader may take it home from a leaflet's page."""
        return Use.READER in self.uses

    def gives(self, document: Document) -> bool:
        """Whether this leaflet has what the channel is made of; most channels take any."""
        return True

    @abstractmethod
    def render(self, document: Document, context: Context) -> bytes:
        """The whole rendition; `NotRenderable` when it cannot be made. The same input, the same
        bytes."""

    def file_name(self, document: Document) -> str:
        """Under which name it is saved: ASCII, so that every system takes it."""
        slug = document["slug"].encode("ascii", "ignore").decode() or document["key"][:8]
        return f"{slug[:80]}.{document['locale']}.{self.extension}"

    def etag_of(self, digest: str, sheet: Sheet) -> str:
        """
        What a rendition is known by, before it is made: everything it is made from.

        `digest` is the Edition's, and the Sheet says what was left out of it.
        """
        made_from = (self.name, self.version, digest, repr(sheet))
        return hashlib.sha256("\x00".join(made_from).encode("utf-8", "replace")).hexdigest()
