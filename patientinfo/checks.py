"""System checks: what must hold before the site may run."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from patientinfo.channels.pdf import fonts
from patientinfo.channels.registry import channels
from patientinfo.conf import TABLE, get_setting, wrong_origins
from patientinfo.editions import guardrails
from patientinfo.licensing.guard import LEVELS
from patientinfo.translation.machine import configured

logger = logging.getLogger(__name__)

#: Types of defaults, types that do as well, and how they are called.
_KINDS: tuple[tuple[Any, Any, str], ...] = (
    (str, str, "a text"),
    (int, (int, float), "a number"),
    ((list, tuple), (list, tuple, set, frozenset), "a list"),
    (dict, Mapping, "a dict"),
)


def register_checks() -> None:
    checks.register(check_guardrails, checks.Tags.database)
    checks.register(check_names_and_types)
    checks.register(check_embed_origins)
    checks.register(check_public_access)
    checks.register(check_machine_translator)
    checks.register(check_channels)


def check_guardrails(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """
    Editions are append-only in the database itself. Runs where databases are checked.

    A warning, because `migrate` stops at errors and is what mends this; `prove_guardrails` is where
    a server stops.
    """
    found: list[checks.CheckMessage] = []
    for alias in databases or []:
        try:
            names = guardrails.missing(alias)
        except guardrails.UnsupportedDatabaseError as error:
            found.append(
                checks.Error(f"Editions cannot be kept safe: {error}", id="patientinfo.E002")
            )
            continue
        except OperationalError:
            continue  # the database is not there; Django says so itself
        if names:
            found.append(
                checks.Warning(
                    f"Editions in database '{alias}' can be changed: {', '.join(names)} missing.",
                    hint=f"Run `manage.py migrate --database {alias}`.",
                    id="patientinfo.W001",
                )
            )
    return found


def prove_guardrails(using: str = DEFAULT_DB_ALIAS) -> None:
    """
    The start-up check: raises `ImproperlyConfigured` when Editions could be changed.

    Called once by a server before it answers (`cms/wsgi.py`). A database that cannot be reached is
    no reason to stop here: the server says so itself, and answers again when it is back.
    """
    try:
        names = guardrails.missing(using)
    except guardrails.UnsupportedDatabaseError as error:
        raise ImproperlyConfigured(f"Editions cannot be kept safe: {error}") from error
    except OperationalError:
        logger.exception("The database cannot be reached; its guardrails were not checked.")
        return
    finally:
        connections[using].close()
    if names:
        raise ImproperlyConfigured(
            f"Editions in database '{using}' can be changed: {', '.join(names)} missing. "
            f"Run `manage.py migrate --database {using}`."
        )


def check_names_and_types(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """
    A setting that is misspelt sets nothing, and the default holds; a text where yes or no is meant
    is always yes, also `"no"`.
    """
    found: list[checks.CheckMessage] = []
    for name, value in getattr(settings, "PATIENTINFO", {}).items():
        if name not in TABLE:
            near = difflib.get_close_matches(name, TABLE, n=1)
            hint = f"Is {near[0]} meant?" if near else "docs/settings.md lists them."
            said = f"PATIENTINFO has no setting {name!r}."
            found.append(checks.Error(said, hint=hint, id="patientinfo.E006"))
        elif kind := _expected(name, value):
            said = f"{name} is {type(value).__name__}, and has to be {kind}."
            found.append(checks.Error(said, id="patientinfo.E007"))
    return found


def _expected(name: str, value: Any) -> str:
    """What a value has to be that has another type than the setting's default; or nothing."""
    default = TABLE[name].default
    if default is None or type(value) is type(default):
        return ""
    if isinstance(default, bool):
        return "True or False"
    kind, said = next(
        (as_well, said) for types, as_well, said in _KINDS if isinstance(default, types)
    )
    return "" if isinstance(value, kind) and not isinstance(value, bool) else str(said)


def check_embed_origins(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """One that is no origin is found at the start, not by every reader of a frame."""
    return [
        checks.Error(f"EMBED_ORIGINS: {wrong!r} is no origin of a page.", id="patientinfo.E008")
        for wrong in wrong_origins(get_setting("EMBED_ORIGINS"))
        if not isinstance(get_setting("EMBED_ORIGINS"), str)  # E007 says so
    ]


def check_public_access(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    value = get_setting("PUBLIC_ACCESS")
    if value in LEVELS:
        return []
    return [
        checks.Error(
            f"PUBLIC_ACCESS is {value!r}; it must be one of {', '.join(LEVELS)}.",
            id="patientinfo.E003",
        )
    ]


def check_machine_translator(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A translator that cannot be loaded is found at the start, not by a translator at the desk."""
    try:
        configured()
    except Exception as error:
        return [
            checks.Error(
                f"MACHINE_TRANSLATOR cannot be loaded: {type(error).__name__}: {error}",
                id="patientinfo.E004",
            )
        ]
    return []


def check_channels(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A channel or a font that is not there is found at the start, not by the first reader."""
    try:
        channels()
        fonts.families(fonts.packages())
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="patientinfo.E005")]
    return []
