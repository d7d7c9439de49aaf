"""The numbers of licensing on Wagtail's home page, and beside its entry in the menu."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem as LinkMenuItemComponent

from patientinfo.desk.permissions import licences, queue
from patientinfo.desk.permissions.access import is_officer


class PermissionsPanel(Component):
    """To decide, overdue, ending soon; each leads to its list."""

    name = "patientinfo_permissions"
    order = 61
    template_name = "patientinfo/desk/permissions/home_panel.html"

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        asked = {view.name: count for view, count in queue.counted(self.user)}
        held = {view.name: count for view, count in licences.counted()}
        return {
            "waiting": asked["waiting"],
            "overdue": asked["overdue"],
            "second": asked.get("second", 0),
            "soon": held["soon"],
            "active": held["active"],
        }


class PermissionsMenuItem(MenuItem):
    """Says how many requests wait for an answer."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_officer(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItemComponent:
        count = queue.waiting_count()
        label = f"{self.label} ({count})" if count else str(self.label)
        return LinkMenuItemComponent(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )
