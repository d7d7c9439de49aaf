"""
The shapes of answers, for OpenAPI and for whoever generates a client.

Answers are not made through these classes (their bytes come from stored text); the tests hold every
answer against what is declared here.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema

Digest = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
Locale = Annotated[str, Field(description="Language code, as in the address.")]
Direction = Literal["ltr", "rtl"]
Standing = Literal["current", "behind", "ahead", "held", "redacted"]
EditionStanding = Literal[
    "current", "behind", "ahead", "held", "withdrawn", "recalled", "redacted", "superseded"
]
Url = Annotated[str, Field(description="Absolute address.")]

#: The Document's own schema takes this place when the API is described (`openapi`).
Document = Annotated[dict[str, Any], WithJsonSchema({"type": "object"})]


class Shape(Schema):
    """All members are always there, unless they say otherwise, and there are no others."""

    model_config = ConfigDict(extra="forbid")


class PartDigests(Shape):
    text: Digest
    photos: Digest


class Source(Shape):
    """The Edition that a translation was made from."""

    locale: Locale
    edition: int
    current_edition: int | None = Field(description="The source's newest edition.")
    behind: list[str] = Field(
        description="Ids of the sections whose source has changed since; `title` and `summary` too."
    )


class Translation(Shape):
    """The same leaflet in another language."""

    locale: Locale
    title: str
    edition: int
    status: Standing
    detail_url: Url
    html_url: Url | None


class Meta(Shape):
    """Which edition this is, and how it stands today."""

    edition: int
    issued_at: datetime
    updated_at: datetime = Field(description="When anything here last changed.")
    reviewed_on: date
    review_due: date
    digest: Digest = Field(description="SHA-256 of the canonical JSON (RFC 8785) of `document`.")
    part_digests: PartDigests
    status: EditionStanding = Field(
        description="In lists and details of today `withdrawn` and `superseded` do not occur."
    )
    detail_url: Url
    html_url: Url | None = Field(description="The page that people read.")
    source: Source | None = Field(description="null when this is the language it was written in.")
    translations: list[Translation]


class Rights(Shape):
    """Who owns the words, and on what terms they are given."""

    holder: str
    statement: str
    credit: str = Field(description="The line that stands with every reproduction.")
    licence: str | None = Field(description="Number of the licence that this is given under.")
    permission_url: str | None = Field(description="Where to ask for written permission.")


class Entry(Shape):
    """What the catalogue says of one leaflet in one language."""

    key: uuid.UUID = Field(description="The same in every language.")
    locale: Locale
    direction: Direction
    type: Literal["leaflet"]
    slug: str
    title: str
    summary: str
    meta: Meta
    rights: Rights


class Heading(Shape):
    id: str
    heading: str


class Withheld(Shape):
    """A part that is not given, and why."""

    part: Literal["text", "photos"]
    reason: Literal[
        "not_licensed",
        "part_not_licensed",
        "use_not_licensed",
        "photo_not_sublicensable",
        "consent_ended",
        "held",
        "recalled",
        "redacted",
    ]
    permission_url: str | None
    images: list[str] = Field(
        default_factory=list, description="Ids of the photos, when only some are withheld."
    )


class FellBack(Shape):
    """The source language stands in for the one that was asked for."""

    requested: str
    served: str


class Detail(Entry):
    """
    An Entry with its `document`; or, when the text is withheld, with an `outline` in its place.
    """

    document: Document = Field(
        default_factory=dict, description="Not there when the text is withheld."
    )
    outline: list[Heading] = Field(
        default_factory=list, description="Only when the text is withheld."
    )
    images: list[dict[str, Any]] = Field(
        default_factory=list,
        description="Only when the photos are given without the text: the Document's `images`.",
    )
    media: dict[str, dict[str, Url]] = Field(
        description="Image id → width in pixels → address of the file in that width. The "
        "addresses are signed for you, and end with your licence."
    )
    withheld: list[Withheld] = Field(description="Empty when everything is given.")
    fallback: FellBack | None = Field(
        default=None, description="Only where `fallback=source` was used."
    )


class PageList(Shape):
    count: int = Field(description="How many there are in all.")
    items: list[Entry]


class EditionSource(Shape):
    locale: Locale
    edition: int


class EditionItem(Shape):
    edition: int
    issued_at: datetime
    digest: Digest
    part_digests: PartDigests
    status: EditionStanding
    source: EditionSource | None
    detail_url: Url


class EditionList(Shape):
    count: int
    items: list[EditionItem]


class LocaleItem(Shape):
    locale: Locale
    name: str = Field(description="The language's name in itself.")
    direction: Direction
    count: int = Field(description="Leaflets that are there in it.")


class LocaleList(Shape):
    count: int
    items: list[LocaleItem]


class UsageItem(Shape):
    """One edition on one day through one channel."""

    day: date = Field(description="UTC.")
    key: uuid.UUID
    locale: Locale
    edition: int
    channel: str = Field(
        description="`json`, the name of a rendition's channel, or `picture`: an image file."
    )
    reads: int


class UsageList(Shape):
    licence: str = Field(description="Your licence's number.")
    count: int = Field(description="How many items there are in all.")
    items: list[UsageItem]


class Problem(Schema):
    """RFC 9457. Some problems have further members, as `locales`, `parameter`, `allowed`."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="A URN that stays the same: what kind of problem this is.")
    title: str
    status: int
    detail: str = Field(description="What was wrong with this request.")
    instance: str = Field(default="", description="With a 500: stands in our log too.")
