"""The numbers of translation work on Wagtail's home page."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from patientinfo.desk.matrix import summary
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.glossary_standing import only_behind


class TranslationsPanel(Component):
    """
    Behind, held, waiting for sign-off, review due; each leads to the matrix. For those who keep the
    glossary also how many of its definitions are behind.
    """

    name = "patientinfo_translations"
    order = 60
    template_name = "patientinfo/desk/home_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        keeps_glossary = user.has_perm("patientinfo.change_glossaryterm")
        behind = only_behind(GlossaryTerm.objects.all()).count() if keeps_glossary else None
        return {"numbers": summary(), "definitions": behind}
