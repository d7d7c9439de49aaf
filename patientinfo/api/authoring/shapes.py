"""Parameters and answers of the translators' part."""

from __future__ import annotations

import uuid
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from patientinfo.api.schemas import Locale, Shape
from patientinfo.exchange.results import Fate


def _spelt(value: Any) -> Any:
    if value in ("true", "false", True, False):
        return value
    raise ValueError("It has to be true or false.")


Flag = Annotated[bool, BeforeValidator(_spelt), WithJsonSchema({"type": "boolean"})]
FileFormat = Annotated[
    Literal["po", "xliff", "xliff12", "xlsx", "tmx", "json"],
    Field(
        description="`po`, `xliff` (2.1), `xliff12`, `xlsx`: the source with its translations; "
        "`tmx`: the memory; `json`: current Documents."
    ),
]


class ExportQuery(Schema):
    """Which format."""

    model_config = ConfigDict(frozen=True)

    format: FileFormat


class ExportAllQuery(ExportQuery):
    """Which format, of which languages."""

    locale: Annotated[
        str | None,
        WithJsonSchema({"type": "string", "maxLength": 40, "examples": ["nl"]}),
        Field(max_length=40, description="One language; without it, all that you work on."),
    ] = None


class ImportQuery(Schema):
    """How a file is taken in."""

    model_config = ConfigDict(frozen=True)

    dry_run: Annotated[Flag, Field(description="Say what would be done, and store nothing.")] = (
        False
    )
    keep_rest: Annotated[
        Flag,
        Field(description="Store the other units of a file of which some are refused."),
    ] = False


class MemoryQuery(Schema):
    """How a memory is taken in."""

    model_config = ConfigDict(frozen=True)

    dry_run: Annotated[Flag, Field(description="Say what would be done, and store nothing.")] = (
        False
    )


class UnitOutcome(Shape):
    """One unit of the file."""

    unit: str = Field(description="The segment's path: `msgctxt`, the unit's name, the column.")
    line: int = Field(description="Where it stands in the file; the row of a workbook.")
    outcome: Fate
    reason: str = Field(
        description="Why it was refused or left out, or that it replaces checked words; else empty."
    )


class MergedFrom(Shape):
    """The file was made from an older edition of the source than the current one."""

    edition: int
    current_edition: int
    changed: int = Field(description="Units taken whose source says something else today.")


class ImportedFile(Shape):
    """What was done, or in a dry run would be."""

    dry_run: bool
    key: uuid.UUID
    locale: Locale
    title: str
    source_edition: int = Field(description="The edition of the source that the file names.")
    merge: MergedFrom | None
    new_page: bool = Field(description="The leaflet had no page in this language; a draft is made.")
    counts: dict[str, int] = Field(
        description="How many units by outcome; drafts, comments, texts not in the file (`absent`)."
    )
    units: list[UnitOutcome]


class ImportedMemory(Shape):
    """What became of the translations in a memory."""

    dry_run: bool
    units: int = Field(description="Translations in languages that you check.")
    new: int = Field(description="How many of these were not known.")
    left_out: int = Field(
        description="Translations in languages that the site has not, or with codes of another "
        "tool in place of words."
    )
    not_allowed: int = Field(description="Translations in languages that you do not check.")
