"""
Who may do what in which language.

Wagtail's page permissions know no languages, so translators, checkers and those who sign off are
allowed per language here, through the groups they are in. Without a row nobody may; only
superusers may everywhere. Every way in (desk, import, API) asks `may`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Locale


class Act(StrEnum):
    """What may be done to the words of one language."""

    TRANSLATE = "translate"
    CHECK = "check"
    SIGN_OFF = "sign_off"


class LanguageRight(models.Model):
    """What the members of a group may do in one language."""

    group = models.ForeignKey(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="language_rights"
    )
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    may_translate = models.BooleanField(_("may translate"), default=True)
    may_check = models.BooleanField(_("may check"), default=False)
    may_sign_off = models.BooleanField(_("may sign off"), default=False)

    panels = [
        FieldPanel(name)
        for name in ("group", "locale", "may_translate", "may_check", "may_sign_off")
    ]

    class Meta:
        verbose_name = _("language right")
        verbose_name_plural = _("language rights")
        ordering = ["group__name", "locale__language_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "locale"], name="one_right_a_group_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.locale}"


def languages_of(user: Any, act: Act) -> set[str] | None:
    """Language codes in which `user` may do `act`; None means every language."""
    if user is None or not user.is_active:
        return set()
    if user.is_superuser:
        return None
    rows = LanguageRight.objects.filter(group__user=user, **{f"may_{act}": True})
    return set(rows.values_list("locale__language_code", flat=True))


def may(user: Any, act: Act, locale: str) -> bool:
    languages = languages_of(user, act)
    return languages is None or locale in languages


_REFUSALS = {
    Act.TRANSLATE: _("You may not translate into %(language)s."),
    Act.CHECK: _("You may not check translations into %(language)s."),
    Act.SIGN_OFF: _("You may not sign off translations into %(language)s."),
}


def require(user: Any, act: Act, locale: str) -> None:
    """Raises `PermissionDenied`, with words that name the language, unless `user` may."""
    if not may(user, act, locale):
        raise PermissionDenied(_now(str(_REFUSALS[act])) % {"language": locale})


def languages_worked_on(user: Any) -> set[str] | None:
    """Language codes that `user` works on in any way; None means every language."""
    found: set[str] = set()
    for act in Act:
        languages = languages_of(user, act)
        if languages is None:
            return None
        found |= languages
    return found


def may_any(user: Any, locale: str) -> bool:
    """Whether `user` works on this language in any way."""
    return any(may(user, act, locale) for act in Act)


def require_any(user: Any, locale: str) -> None:
    """Raises `PermissionDenied` unless `user` works on this language in any way."""
    if not may_any(user, locale):
        raise PermissionDenied(_now("You may not work on translations into this language."))
