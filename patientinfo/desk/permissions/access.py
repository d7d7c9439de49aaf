"""Who may enter: the one permission that officers have, asked before every page."""

from __future__ import annotations

from typing import Any

from wagtail.admin.auth import permission_required

PERMISSION = "patientinfo.decide_permissionrequest"

#: Sends everybody else away as Wagtail does.
officers_only = permission_required(PERMISSION)


def is_officer(user: Any) -> bool:
    return bool(user.has_perm(PERMISSION))
