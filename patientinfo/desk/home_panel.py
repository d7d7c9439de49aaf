"""The numbers of translation work on Wagtail's home page."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from patientinfo.desk.matrix import summary


class TranslationsPanel(Component):
    """Behind, held, waiting for sign-off, review due; each leads to the matrix."""

    name = "patientinfo_translations"
    order = 60
    template_name = "patientinfo/desk/home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"numbers": summary()}
