"""
What a health record asks, by the names of the implementation guide.

Records send much more than matters here (age, sex, task, who asks), and what they send is not
theirs to change: parameters that are not known are passed over, as the guide has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict

from patientinfo.api.errors import Problem
from patientinfo.api.filters import MAX_SEARCH, locales
from patientinfo.api.negotiation import negotiate
from patientinfo.formats.code_systems import URI_OF_OID, system_of

CODE, SYSTEM, NAME = (f"mainSearchCriteria.v.{part}" for part in ("c", "cs", "dn"))
LANGUAGE = "informationRecipient.languageCode.c"
RESPONSE = "knowledgeResponseType"
#: What is repeated in the answer.
ECHOED = (CODE, SYSTEM, NAME, LANGUAGE, "informationRecipient", "taskContext.c.c")
_MOST_OF_AN_ECHO = 200

XML, JSON, SCRIPT = "text/xml", "application/json", "application/javascript"
RESPONSES = {
    "": XML,
    "text/xml": XML,
    "application/xml": XML,
    "application/atom+xml": XML,
    "application/json": JSON,
    "application/javascript": SCRIPT,
    "text/javascript": SCRIPT,
}
#: MedlinePlus Connect's own name of Spanish.
_LANGUAGES = {"sp": "es"}
#: Names of functions and of members of objects, nothing that could run by itself.
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_MOST_OF_A_CALLBACK = 100


@dataclass(frozen=True, slots=True)
class Question:
    """`system` is a URI or empty for any; `locale` is None for a language that nothing is in."""

    code: str
    system: str
    name: str
    locale: str | None
    response: str
    callback: str
    echo: tuple[tuple[str, str], ...]


def question_of(parameters: QueryDict) -> Question:
    """The question of a query string; `Problem` for one that cannot be answered."""
    code = parameters.get(CODE, "").strip()
    name = parameters.get(NAME, "").strip()
    if not code and not name:
        raise _invalid(CODE, f"Say what about: {CODE} (with {SYSTEM}), or {NAME}.")
    if max(len(code), len(name)) > MAX_SEARCH:
        raise _invalid(CODE if len(code) > MAX_SEARCH else NAME, "It is too long.")
    response = _response(parameters.get(RESPONSE, ""))
    return Question(
        code=code,
        system=_system(parameters.get(SYSTEM, "")) if code else "",
        name=name,
        locale=_locale(parameters.get(LANGUAGE, "")),
        response=response,
        callback=_callback(parameters.get("callback", "")) if response == SCRIPT else "",
        echo=tuple(
            (known, parameters.get(known, "")[:_MOST_OF_AN_ECHO])
            for known in ECHOED
            if known in parameters
        ),
    )


def _invalid(parameter: str, detail: str, allowed: Sequence[str] = ()) -> Problem:
    more: dict[str, Any] = {"allowed": list(allowed)} if allowed else {}
    return Problem("invalid-value", detail, parameter=parameter, **more)


def _system(given: str) -> str:
    if not given.strip():
        return ""
    found = system_of(given)
    if found is None:
        known = list(URI_OF_OID)
        raise _invalid(SYSTEM, f"{given[:80]!r} is no code system here.", allowed=known)
    return found


def _response(given: str) -> str:
    found = RESPONSES.get(given.partition(";")[0].strip().lower())
    if found is None:
        allowed = [name for name in RESPONSES if name]
        raise _invalid(RESPONSE, f"{given[:80]!r} is not given.", allowed=allowed)
    return found


def _callback(given: str) -> str:
    if len(given) > _MOST_OF_A_CALLBACK or not _CALLBACK.fullmatch(given):
        raise _invalid("callback", "The name of a function is needed, and nothing else.")
    return given


def _locale(given: str) -> str | None:
    tag = given.strip().replace("_", "-").lower()
    if not tag:
        return settings.LANGUAGE_CODE
    if not re.fullmatch(r"[a-z0-9-]{2,40}", tag):
        return None
    return negotiate(_LANGUAGES.get(tag, tag), locales())
