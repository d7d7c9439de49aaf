"""
A request is held to its operation's declaration: what is not declared is refused by name.

Ninja ignores query parameters that it does not know and takes the last of several; a misspelt
filter would then quietly give every leaflet.

Ninja also builds a response and validates the path before each view, which would take a fifth of a
read's time. An operation that is asked without a query string, and needs none, is therefore called
directly: its path was already checked by its converters. One that takes a credential never is: who
asks is found out before anything else is said.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from patientinfo.api.errors import Problem
from patientinfo.api.readers import PARAMETERS

View = Callable[..., HttpResponse]


def strictly(run: View) -> View:
    """Ninja's view decorator: `run` is the bound `run` of an operation."""
    operation = run.__self__  # type: ignore[attr-defined]
    parameters = {**_parameters(operation), **shared_parameters(operation)}
    view: View = operation.view_func
    needs_nothing = _optional_but_path(view, operation.path)

    def answer(request: HttpRequest, **path: Any) -> HttpResponse:
        for authenticate in operation.auth_callbacks:
            authenticate(request)
        given = request.GET if request.META.get("QUERY_STRING") else ()
        if given:
            _refuse_unknown(request, parameters)
        if needs_nothing and not operation.auth_callbacks and set(given) <= set(PARAMETERS):
            return view(request, **path)
        try:
            return run(request, **path)
        except HttpError as error:
            raise Problem("bad-request", "The body is not JSON.") from error
        except ValidationError as error:
            if error.errors[0]["loc"][0] == "body":
                raise _incomplete(error.errors) from error
            raise _invalid(error.errors[0], parameters) from error

    return answer


def shared_parameters(operation: Any) -> dict[str, dict[str, Any]]:
    """What every operation takes that gives words of leaflets; `access` reads and checks it."""
    return PARAMETERS if {"pages", "editions"} & set(operation.tags or ()) else {}


def _parameters(operation: Any) -> dict[str, dict[str, Any]]:
    """Query parameter → its JSON Schema."""
    found: dict[str, dict[str, Any]] = {}
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            schema = model.model_json_schema()
            nested = [found for found in schema.get("$defs", {}).values() if "properties" in found]
            for properties in nested or [schema]:
                found |= properties["properties"]
    return found


def _optional_but_path(view: View, path: str) -> bool:
    """Whether the view can be called with what stands in its path alone."""
    _request, *arguments = inspect.signature(view).parameters.values()
    return all(a.default is not a.empty or f"{a.name}}}" in path for a in arguments)


def _refuse_unknown(request: HttpRequest, parameters: dict[str, dict[str, Any]]) -> None:
    for name, values in request.GET.lists():
        if name not in parameters:
            raise Problem(
                "unknown-parameter",
                f"There is no query parameter {name[:100]!r} here.",
                parameter=name,
                allowed=sorted(parameters),
            )
        if len(values) > 1 and parameters[name].get("type") != "array":
            raise Problem("invalid-value", f"{name} was given {len(values)} times.", parameter=name)


def _invalid(error: dict[str, Any], parameters: dict[str, dict[str, Any]]) -> Problem:
    """The first of Ninja's errors, in our words; a path that does not fit is no address."""
    source, name = error["loc"][0], str(error["loc"][-1])
    if source != "query":
        return Problem("no-such-address", "This address is malformed.")
    reason = str(error["msg"]).removeprefix("Value error, ")
    members: dict[str, Any] = {"parameter": name}
    allowed = parameters.get(name, {}).get("enum")
    if allowed:
        members["allowed"] = allowed
        if name == "locale":
            members["locales"] = allowed
    return Problem("invalid-value", f"{name}: {reason}", **members)


def _incomplete(errors: list[dict[str, Any]]) -> Problem:
    """Everything that is wrong with a body, each with the member that it is about."""
    found = [
        {
            "member": ".".join(str(step) for step in error["loc"][2:]) or "body",
            "reason": str(error["msg"]).removeprefix("Value error, "),
        }
        for error in errors[:50]
    ]
    members = ", ".join(dict.fromkeys(one["member"] for one in found))
    return Problem("invalid-request", f"Something is wrong with: {members[:500]}.", errors=found)
