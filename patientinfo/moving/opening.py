"""
A ZIP that somebody gives us: all of it is read and compared before anything of it is stored.

No name in it becomes the name of a file: members are looked up by the names that we expect, and one
that we do not is a reason to refuse the whole. Sizes are looked at before anything is unpacked.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile, ZipInfo

import orjson

from patientinfo.formats.canonical import PREFIX
from patientinfo.moving.packing import (
    EDITIONS,
    MANIFEST,
    PICTURES,
    SCHEMA,
    UPLOADS,
    structure,
    table_path,
)
from patientinfo.moving.tables import moved_models

MOST_MEMBERS = 2_000_000
#: Bytes when unpacked: of one member, of all together, of the manifest, which is read whole.
LARGEST, ALL_TOGETHER, LARGEST_MANIFEST = 4 * 2**30, 64 * 2**30, 512 * 2**20
#: How many times smaller a member of some size may have been packed.
TIGHTEST, _LOOKED_AT = 200, 2**20
_CHUNK = 2**20


class Refused(Exception):
    """The ZIP is not one to be unpacked; nothing was stored."""


#: What `zipfile` raises of bytes that are not as they were: a name that is no UTF-8 or stands
#: otherwise in the directory, another method, a flag that says "encrypted", a field that is cut.
DAMAGED = (
    BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, UnicodeDecodeError,
)  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """The ZIP at `path`, proved to be whole and to be what it says. `Refused`."""
    try:
        with ExitStack() as stack:
            try:
                archive = stack.enter_context(ZipFile(path))
                _prove(archive)
            except DAMAGED as error:
                raise Refused(f"{path.name} is no ZIP, or a damaged one: {error}") from error
            yield archive
    except OSError as error:
        raise Refused(f"{path}: {error.strerror or error}") from error


def _prove(archive: ZipFile) -> None:
    members = archive.infolist()
    _prove_sizes(members)
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise Refused("Two files in it have the same name.")
    listed = _listed(archive)
    if set(names) != {*listed, MANIFEST}:
        odd = sorted(set(names) ^ {*listed, MANIFEST})[0]
        raise Refused(f"{odd[:200]!r} is in the ZIP or in its list, and not in both.")
    for name in sorted(listed):
        _prove_name(name)
    for name, digest in listed.items():
        with archive.open(name) as file:
            if _digest(file) != digest:
                raise Refused(f"{name} is not what it was: its digest differs.")


def _prove_sizes(members: list[ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > ALL_TOGETHER:
        raise Refused("It unpacks to more than is taken in.")
    for member in members:
        packed_tight = member.file_size > max(member.compress_size, 1) * TIGHTEST
        if member.file_size > LARGEST or (member.file_size > _LOOKED_AT and packed_tight):
            raise Refused(f"{member.filename[:200]!r} unpacks to more than is taken in.")
        if member.flag_bits & 1:
            raise Refused("A file in it is encrypted.")


def _listed(archive: ZipFile) -> dict[str, str]:
    """Path → digest, as the manifest says."""
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError:
        raise Refused(f"It has no {MANIFEST}: it was not made to move house.") from None
    if info.file_size > LARGEST_MANIFEST:
        raise Refused(f"{MANIFEST} is too large.")
    try:
        manifest: Any = orjson.loads(archive.read(info))
        schema, made_from = manifest["schema"], manifest["structure"]
        listed = {str(row["path"]): str(row["digest"]) for row in manifest["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"{MANIFEST} is no list of files: {error}") from error
    if schema != SCHEMA or made_from != structure():
        raise Refused("It was made by another version; bring both to the same one first.")
    missing = {table_path(model._meta.label_lower) for model in moved_models()} - set(listed)
    if missing:
        raise Refused(f"It lacks {sorted(missing)[0]}.")
    return listed


def _prove_name(name: str) -> None:
    tables = {table_path(model._meta.label_lower) for model in moved_models()}
    known = name in tables or name.startswith((EDITIONS, PICTURES, UPLOADS))
    if not known or ".." in name.split("/") or "\\" in name:
        raise Refused(f"{name[:200]!r} is no file of a house that moves.")


def _digest(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        found.update(chunk)
    return PREFIX + found.hexdigest()
