"""Pictures of editions in storage, whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from patientinfo.editions.image_files import WIDTHS, file_name, store_original

pytestmark = pytest.mark.django_db

PICTURE = {"digest": "sha256:" + "cd" * 32, "mime": "image/png", "width": WIDTHS[0]}
NAME = file_name(PICTURE, WIDTHS[0])
BYTES = b"a picture" * 100


def test_of_a_picture_that_the_disk_has_no_room_for_nothing_stays(monkeypatch: Any) -> None:
    """Half of it would be taken for the picture when there is room again."""

    def half(content: ContentFile[bytes]) -> Iterator[bytes]:
        yield BYTES[:400]
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(ContentFile, "chunks", half)
        with pytest.raises(OSError, match="No space"):
            list(store_original(BYTES, PICTURE))
    assert not default_storage.exists(NAME)
    assert list(store_original(BYTES, PICTURE)) == [NAME]
    with default_storage.open(NAME) as file:
        assert file.read() == BYTES
    default_storage.delete(NAME)
