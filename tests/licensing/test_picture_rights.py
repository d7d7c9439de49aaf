"""Where a picture's file sends those who would like to have it."""

from __future__ import annotations

from typing import Any

import pytest

from patientinfo.conf import partners_url
from patientinfo.licensing.picture_rights import rights_of
from tests.api.shelf import image

PAGE = "https://drawings.example/licences"


@pytest.mark.parametrize(
    ("rights", "asked_at"),
    [
        ({"sublicensable": True, "url": PAGE}, "ours"),
        ({"sublicensable": False, "url": PAGE}, PAGE),
        ({"sublicensable": False, "url": ""}, ""),
        ({"url": PAGE}, PAGE),
    ],
)
def test_permission_is_asked_of_whoever_can_give_it(rights: dict[str, Any], asked_at: str) -> None:
    picture = image()
    found = rights_of({**picture, "rights": {**picture["rights"], **rights}})
    assert found.licensor == "Drawing Office (fictional)"
    assert found.licensor_url == (partners_url() if asked_at == "ours" else asked_at)
