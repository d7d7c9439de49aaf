"""Panels of what a translation has from its source: fields in a source, shown in a translation."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel

from patientinfo.leaflets.forms import AUDIENCE_LABELS

FOLLOWS = _("The same in every language: change it in the source leaflet.")


class FollowingPanel(FieldPanel):
    """One field; the form of a translation has none for it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is None and getattr(self.form, "follows", False):
                self.read_only = True
                self.heading = self.panel.heading or self.panel.db_field.verbose_name.capitalize()
                self.help_text = FOLLOWS

    def format_value_for_display(self, value: Any) -> Any:
        if self.field_name == "audience":
            labels = dict(AUDIENCE_LABELS)
            return ", ".join(str(labels.get(name, name)) for name in value)
        return super().format_value_for_display(value)


class FollowingRowsPanel(InlinePanel):
    """Rows; those of a translation are listed, with what `follows` says of them."""

    def __init__(self, *args: Any, follows: Any = FOLLOWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.follows = follows

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "follows": self.follows}

    def get_bound_panel(
        self, instance: Any = None, request: Any = None, form: Any = None, prefix: str = "panel"
    ) -> Any:
        if not getattr(form, "follows", False) or self.relation_name in form.formsets:
            return super().get_bound_panel(instance, request, form, prefix)
        rows = format_html_join("", "<li>{}</li>", ((r,) for r in self._rows(instance)))
        content = format_html_join("", "<{0}>{1}</{0}>", (("ul", rows), ("p", self.follows)))
        shown = HelpPanel(content=content, heading=self.heading).bind_to_model(self.model)
        return shown.get_bound_panel(instance, request, form, prefix)

    def _rows(self, instance: Any) -> list[Any]:
        return list(getattr(instance, self.relation_name).all())
