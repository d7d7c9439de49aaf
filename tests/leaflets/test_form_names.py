"""A field's name is also a name in the browser's form, where it can hide what scripts look for."""

import pytest

from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage

#: Members of HTMLFormElement (HTML Living Standard, 4.10.3) that Wagtail's scripts use.
OWN_NAMES = {
    "action", "checkValidity", "elements", "enctype", "length", "method", "name", "noValidate",
    "reportValidity", "requestSubmit", "reset", "submit", "target",
}  # fmt: skip


@pytest.mark.parametrize("model", [LeafletPage, LeafletIndexPage])
def test_no_field_hides_what_autosave_asks_of_the_form(model):
    form = model.get_edit_handler().get_form_class()
    assert "title" in form.base_fields
    assert set(form.base_fields) & OWN_NAMES == set()
