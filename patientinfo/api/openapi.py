"""
The OpenAPI document: Ninja's, completed with what Ninja does not know.

That is: the problems of each operation under their own media type, 304, the Document's schema as a
component, and an example of each answer.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from patientinfo.api import schemas
from patientinfo.api.authoring import contract
from patientinfo.api.errors import PROBLEMS
from patientinfo.api.examples import EXAMPLES, PROBLEM_EXAMPLES, SENT_EXAMPLES
from patientinfo.api.readers import PARAMETERS
from patientinfo.channels.registry import channels
from patientinfo.formats.document_schema import SCHEMA
from patientinfo.formats.problem import MEDIA_TYPE, URN

Json = dict[str, Any]

REF = "#/components/schemas/"

#: Operation → the codes of `errors.PROBLEMS` that it can answer with, beside `ALWAYS`.
ALWAYS = ("unknown-parameter", "too-many-requests", "internal-error")
#: What a key can be answered with, where keys are taken.
WITH_A_KEY = ("unknown-access-key", "licence-not-in-force", "wrong-origin")
#: Operations that answer to a key alone.
KEY_NEEDED = {"list_usage"}
#: What an operation can answer with besides that gives words of leaflets.
OF_LEAFLETS = ("invalid-value", "not-licensed")
CODES: dict[str, tuple[str, ...]] = {
    "list_pages": ("invalid-value",),
    "find_page": ("invalid-value", "no-such-leaflet", "withdrawn", "recalled"),
    "get_page": ("no-such-leaflet", "no-such-language", "withdrawn", "recalled"),
    "get_page_in_language": (
        "invalid-value",
        "no-such-leaflet",
        "no-such-language",
        "withdrawn",
        "recalled",
    ),
    "list_editions": ("invalid-value", "no-such-leaflet", "no-such-language"),
    "get_edition": (
        "no-such-leaflet",
        "no-such-language",
        "no-such-edition",
        "held",
        "recalled",
        "redacted",
    ),
    "get_rendition": (
        "no-such-channel",
        "no-short-text",
        "no-such-leaflet",
        "no-such-language",
        "not-licensed",
        "withdrawn",
        "recalled",
        "held",
        "not-renderable",
    ),
    "get_edition_rendition": (
        "no-such-channel",
        "no-short-text",
        "no-such-leaflet",
        "no-such-language",
        "no-such-edition",
        "not-licensed",
        "withdrawn",
        "recalled",
        "held",
        "redacted",
        "not-renderable",
    ),
    "get_bundle": ("no-such-channel", "no-such-leaflet", "invalid-value", "forbidden"),
    "list_locales": (),
    "get_document_schema": (),
    "ask_for_permission": ("bad-request", "invalid-request", "asked-too-often"),
    "list_usage": ("invalid-value", "access-key-required", "forbidden"),
    **contract.CODES,
}

ETAG = {
    "description": "Strong; send it back in `If-None-Match`.",
    "schema": {"type": "string"},
}

PROFILE = {
    "description": '`rel="profile"` (RFC 6906): the channel\'s URI, by which the header `Accept` '
    "chooses it at a leaflet's own address.",
    "schema": {"type": "string"},
    "example": '<urn:channel:patientinfo:large-print>; rel="profile"',
}

RETRY_AFTER = {
    "description": "Seconds after which there is room for a request.",
    "schema": {"type": "integer"},
}

ACCESS_KEY = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "pik_…",
    "description": "The key of a licence, of a channel of the clinic's own, or of a browser. "
    "Without one you get what is public.",
}


class PageAPI(NinjaAPI):
    """Ninja's API with our OpenAPI document, made once."""

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        return _completed(self, self.get_root_path({}))


@cache
def _completed(api: NinjaAPI, root: str) -> OpenAPISchema:
    described = NinjaAPI.get_openapi_schema(api, path_prefix=root)
    components = described["components"]["schemas"]
    components.update(_document_components())
    components["Detail"]["properties"]["document"] |= {"$ref": f"{REF}Document"}
    components["Problem"] = schemas.Problem.model_json_schema()
    described["components"].setdefault("securitySchemes", {})["accessKey"] = ACCESS_KEY
    for address in described["paths"].values():
        for operation in address.values():
            (_complete_sent if 201 in operation["responses"] else _complete)(operation)
    _tidy(described)
    described.pop("servers", None)
    return described


def _complete(operation: Json) -> None:
    name = operation["operationId"]
    answers = operation["responses"]
    private = "security" in operation
    success = answers.pop(200)
    if name == "get_bundle":
        _describe_bundle(operation, success)
    if name in contract.FILES:
        success["content"] = contract.FILES[name]
    if not private:
        if name != "get_bundle":  # made while it is sent, so nobody knows it before
            success["headers"] = {"ETag": ETAG}
            answers["304"] = {"description": "Not modified"}
        # An empty requirement: it goes without a key too.
        without: list[Json] = [] if name in KEY_NEEDED else [{}]
        operation["security"] = [*without, {"accessKey": []}]
    if name in EXAMPLES:
        media = success.setdefault("content", {}).setdefault("application/json", {})
        media["example"] = EXAMPLES[name]
    if name == "get_document_schema":
        success["content"] = {"application/schema+json": {"schema": {"type": "object"}}}
    if name in {"get_rendition", "get_edition_rendition"}:
        _describe_channels(operation, success)
    answers["200"] = success
    for status, codes in _by_status(_codes(operation, private=private)).items():
        answers[str(status)] = _problem_answer(codes)
    answers["429"]["headers"] = {"Retry-After": RETRY_AFTER}
    operation["responses"] = dict(sorted(answers.items()))
    _complete_parameters(operation)


def _gives_words(operation: Json) -> bool:
    return bool({"pages", "editions"} & set(operation.get("tags", ())))


def _codes(operation: Json, *, private: bool) -> tuple[str, ...]:
    codes = (*CODES[operation["operationId"]], *ALWAYS, *(() if private else WITH_A_KEY))
    return tuple(dict.fromkeys((*codes, *OF_LEAFLETS) if _gives_words(operation) else codes))


def _complete_parameters(operation: Json) -> None:
    parameters = operation.setdefault("parameters", [])
    for parameter in parameters:
        # Ninja takes any parameter whose schema was written by hand for one that is needed.
        if parameter["name"] == "fallback":
            parameter["required"] = False
    if _gives_words(operation):
        parameters.extend(_shared_parameters())
    if operation["operationId"] == "get_page":
        parameters.append(
            {
                "in": "header",
                "name": "Accept-Language",
                "required": False,
                "schema": {"type": "string"},
                "description": "The languages that you would take, best first.",
                "example": "nl, en;q=0.5",
            }
        )


def _complete_sent(operation: Json) -> None:
    """An operation that takes something in: nobody keeps its answer."""
    name = operation["operationId"]
    made = operation["responses"].pop(201)
    made["headers"] = {"Location": {"description": "Its page.", "schema": {"type": "string"}}}
    made["content"]["application/json"]["example"] = EXAMPLES[name]
    operation["requestBody"]["content"]["application/json"]["example"] = SENT_EXAMPLES[name]
    answers = {"201": made}
    codes = (*CODES[name], "unknown-parameter", "internal-error")
    for status, found in _by_status(codes).items():
        answers[str(status)] = _problem_answer(found)
    operation["responses"] = dict(sorted(answers.items()))


def _shared_parameters() -> list[Json]:
    return [
        {
            "in": "query",
            "name": name,
            "required": False,
            "schema": {k: v for k, v in schema.items() if k != "description"},
            "description": schema["description"],
        }
        for name, schema in PARAMETERS.items()
    ]


def _describe_channels(operation: Json, success: Json) -> None:
    """Which channels there are depends on the site."""
    found = channels()
    success["description"] = "The rendition, under its channel's media type."
    success["content"] = {each.media_type.partition(";")[0]: {} for each in found.values()}
    success["headers"]["Link"] = PROFILE
    for parameter in operation["parameters"]:
        if parameter["name"] == "channel":
            parameter["schema"]["enum"] = list(found)


def _describe_bundle(operation: Json, success: Json) -> None:
    success["description"] = "The ZIP, sent while it is made."
    success["content"] = {"application/zip": {}}
    described = {
        "channel": "A form: a channel by its name. Left out: all that your licence is for.",
        "locale": "A language. Left out: all that your licence covers.",
        "leaflet": "A leaflet, by its key or its slug. Left out: all that your licence covers.",
    }
    for parameter in operation["parameters"]:
        parameter["description"] = described[parameter["name"]]
        parameter["required"] = False
        if parameter["name"] == "channel":
            parameter["schema"]["items"]["enum"] = list(channels())


def _by_status(codes: tuple[str, ...]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for code in codes:
        found.setdefault(PROBLEMS[code][0], []).append(code)
    return found


def _problem_answer(codes: list[str]) -> Json:
    titles = "; ".join(PROBLEMS[code][1] for code in codes)
    content: Json = {"schema": {"$ref": f"{REF}Problem"}}
    examples = {
        code: {"value": _problem_example(code)} for code in codes if code in PROBLEM_EXAMPLES
    }
    if examples:
        content["examples"] = examples
    return {"description": titles, "content": {MEDIA_TYPE: content}}


def _problem_example(code: str) -> Json:
    status, title = PROBLEMS[code]
    return {"type": URN + code, "title": title, "status": status, **PROBLEM_EXAMPLES[code]}


def _document_components() -> dict[str, Json]:
    """The Document's schema and its blocks as components, referring to one another there."""
    whole = copy.deepcopy(SCHEMA)
    blocks = whole.pop("$defs")
    whole.pop("$schema")
    components = {"Document": whole}
    components.update({_component(name): schema for name, schema in blocks.items()})
    _refer(components)
    return components


def _component(block: str) -> str:
    """`leaflet_link` → `LeafletLinkBlock`."""
    return re.sub(r"(?:^|_)(\w)", lambda found: found[1].upper(), block) + "Block"


def _refer(schema: Any) -> None:
    if isinstance(schema, dict):
        if str(schema.get("$ref", "")).startswith("#/$defs/"):
            schema["$ref"] = REF + _component(schema["$ref"].removeprefix("#/$defs/"))
        for value in schema.values():
            _refer(value)
    elif isinstance(schema, list):
        for value in schema:
            _refer(value)


def _tidy(node: Any) -> None:
    """Takes out what says nothing: titles made from names, and a default of null."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str) and {"type", "anyOf", "$ref", "enum"} & set(node):
            del node["title"]
        if "default" in node and node["default"] is None:
            del node["default"]
        for name, value in node.items():
            if name not in {"example", "examples"}:
                _tidy(value)
    elif isinstance(node, list):
        for value in node:
            _tidy(value)
