"""
Image files of Editions, stored by the digest of the original.

An Edition's pictures must stay what they were when somebody replaces the image in Wagtail, so
issuing copies the original and a few smaller sizes into storage under its digest. Names are made
from the Document alone: reading looks nothing up.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from patientinfo.leaflets.images import LeafletImage

#: Headers of every answer that is a stored file: whatever it holds, a browser takes it for a
#: picture and runs nothing.
INERT = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
WIDTHS = (400, 800, 1200)
FOLDER = "editions"
_SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
}


def mime_of(image: LeafletImage) -> str:
    """The media type of an image's file, from its content; `ValueError` for one we cannot issue."""
    with image.open_file() as file, Image.open(file) as opened:
        mime = Image.MIME.get(opened.format or "", "")
    if mime not in _SUFFIXES:
        raise ValueError(f"{image.title}: files of type {mime or 'unknown'} cannot be issued")
    return mime


def suffix_of(image: Mapping[str, Any]) -> str:
    """The ending of an image's file names, without the dot."""
    return _SUFFIXES[image["mime"]]


def file_name(image: Mapping[str, Any], width: int) -> str:
    """Storage name of one size of a Document's image: by digest, so one content under a name."""
    digest = image["digest"].removeprefix("sha256:")
    return f"{FOLDER}/{digest[:2]}/{digest}-{width}.{suffix_of(image)}"


def widths_of(image: Mapping[str, Any]) -> list[int]:
    """Ascending widths in pixels in which a Document's image is kept; the last is the original."""
    return [w for w in WIDTHS if w < image["width"]] + [image["width"]]


class MissingFile(OSError):
    """Storage lacks a file of an Edition, or what it has is damaged."""


def read_image(image: Mapping[str, Any], width: int) -> bytes:
    """The bytes of the smallest size at least `width` pixels wide, or of the original."""
    widths = widths_of(image)
    name = file_name(image, next((w for w in widths if w >= width), widths[-1]))
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except (OSError, ValueError) as error:
        raise MissingFile(f"the file of picture {image['id']!r} is not there: {name}") from error


def store_files(image: LeafletImage, member: Mapping[str, Any]) -> None:
    """Writes the files of one `images` member that storage does not hold yet."""
    missing = [w for w in widths_of(member) if not default_storage.exists(file_name(member, w))]
    if not missing:
        return
    with image.open_file() as file:
        list(store_original(file.read(), member))


def store_original(original: bytes, member: Mapping[str, Any]) -> Iterator[str]:
    """The same from an original that is at hand; the name of each file when it is written."""
    missing = [w for w in widths_of(member) if not default_storage.exists(file_name(member, w))]
    for width, data in _sizes(original, member, missing):
        yield save_whole(file_name(member, width), data)


def save_whole(name: str, data: bytes) -> str:
    """
    Stores a file, and returns the name that it has. Of one that could not be written to its end (a
    disk that is full) nothing stays: it would be taken for the picture from then on.
    """
    try:
        return str(default_storage.save(name, ContentFile(data)))
    except BaseException:
        if default_storage.exists(name) and default_storage.size(name) != len(data):
            default_storage.delete(name)
        raise


def _sizes(
    original: bytes, member: Mapping[str, Any], widths: list[int]
) -> Iterator[tuple[int, bytes]]:
    for width in widths:
        if width == member["width"]:
            yield width, original
            continue
        with Image.open(io.BytesIO(original)) as opened:
            kind = opened.format
            height = max(1, round(opened.height * width / opened.width))
            buffer = io.BytesIO()
            opened.resize((width, height), Image.Resampling.LANCZOS).save(buffer, format=kind)
        yield width, buffer.getvalue()
