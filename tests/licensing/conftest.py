"""A licence for whatever test asks for one."""

from __future__ import annotations

import pytest

from patientinfo.licensing.models import Licence
from tests.licences import make_licence


@pytest.fixture
def licence(db: None) -> Licence:
    return make_licence()
