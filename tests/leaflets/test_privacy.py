"""Who may have a leaflet is said in one place, which every channel asks."""

import pytest

from home.models import HomePage
from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage


@pytest.mark.parametrize("model", [HomePage, LeafletIndexPage, LeafletPage])
def test_no_page_offers_a_privacy_that_the_api_does_not_keep(model) -> None:
    assert model.private_page_options == []
