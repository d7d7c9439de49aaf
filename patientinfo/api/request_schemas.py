"""The shape of what is sent to us: a request for permission, with the lengths that it may have."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from patientinfo.api.schemas import Shape, Url
from patientinfo.licensing.asking import LONGEST_MESSAGE
from patientinfo.licensing.wishes import LONGEST, MOST


def _printable(text: str) -> str:
    if any(not (letter.isprintable() or letter in "\n\r\t") for letter in text):
        raise ValueError("has letters that cannot be printed")
    return text


Written = Annotated[str, AfterValidator(_printable)]
Name = Annotated[Written, Field(min_length=1, max_length=200, pattern=r"\S")]
Line = Annotated[Written, Field(max_length=LONGEST)]
UseName = Literal[
    "website", "print", "portal", "screen", "social", "training", "email", "translate"
]


LARGEST_RUN = 100_000_000


class UseLimits(Shape):
    """What limits a use; only `print` has a limit, and needs it."""

    run: int | None = Field(default=None, ge=1, le=LARGEST_RUN, description="Copies on paper.")


def _with_run(uses: dict[str, UseLimits]) -> dict[str, UseLimits]:
    """As in the form: nobody can decide about print without knowing how much."""
    if "print" in uses and uses["print"].run is None:
        raise ValueError("print needs run, the copies that you would print")
    return uses


#: What a type of Python cannot say of `uses`.
_PRINT_SCHEMA: dict[str, Any] = {
    "properties": {
        "print": {
            "type": "object",
            "properties": {"run": {"type": "integer", "minimum": 1, "maximum": LARGEST_RUN}},
            "required": ["run"],
            "additionalProperties": False,
        }
    }
}


class WishAsked(Shape):
    """What is asked for. `null` for `leaflets`, `locales` or `territory` means all."""

    leaflets: list[uuid.UUID] | None = Field(default=[], max_length=MOST)
    topics: list[uuid.UUID] = Field(
        default=[], max_length=MOST, description="Collections, by their ids."
    )
    locales: list[Annotated[str, Field(max_length=20)]] | None = Field(max_length=MOST)
    parts: list[Literal["text", "photos"]] = Field(default=["text"], min_length=1, max_length=2)
    uses: Annotated[dict[UseName, UseLimits], AfterValidator(_with_run)] = Field(
        min_length=1,
        description="Each with what limits it; `print` needs `run`.",
        json_schema_extra=_PRINT_SCHEMA,
    )
    adaptation: bool = Field(default=False, description="With changes to the text.")
    territory: list[Annotated[str, Field(pattern="^[A-Z]{2}$")]] | None = Field(
        default=None, max_length=300, description="Countries (ISO 3166-1); `null`: worldwide."
    )
    starts: date
    ends: date | None = None
    commercial: bool = False
    price: Line = Field(default="", description="What a reader would pay.")
    credit: Line = Field(default="", description="Proposed credit line.")


class PermissionAsked(Shape):
    """Who asks, for what, and what for."""

    organisation: Name
    country: str = Field(pattern="^[A-Z]{2}$", description="ISO 3166-1.")
    contact: Name = Field(description="A person who answers questions.")
    email: str = Field(max_length=254, description="A link goes there, to confirm it.")
    language: str = Field(default="en", max_length=20, description="In which we write to you.")
    message: Written = Field(default="", max_length=LONGEST_MESSAGE)
    wish: WishAsked


class PermissionReceived(Shape):
    """What became of it so far."""

    id: uuid.UUID
    state: Literal["draft"]
    next: Literal["confirm_email"] = Field(description="What has to be done, by a person.")
    status_url: Url = Field(description="Where a person follows it, signed in with a code.")
