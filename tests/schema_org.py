"""schema.org read by a JSON-LD processor, with a context of our own: see vendored/schema_org."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pyld import jsonld

SCHEMA = "http://schema.org/"
CONTEXT: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vendored" / "schema_org" / "context.json").read_text()
)


def load_context(url: str, options: Any) -> dict[str, Any]:
    """A document loader for pyld that knows this one context."""
    assert url == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def expanded(made: Any) -> dict[str, Any]:
    """The one node of a JSON-LD document in full."""
    (page,) = jsonld.expand(made, {"documentLoader": load_context})
    found: dict[str, Any] = page
    return found


def unknown_terms(node: Any) -> set[str]:
    """Members and types that the context does not have, which a processor would lose."""
    known = {*CONTEXT["@context"], "@context", "@type", "@id"}
    if isinstance(node, list):
        return set().union(*map(unknown_terms, node))
    if not isinstance(node, dict):
        return set()
    types = {node["@type"]} if "@type" in node else set()
    inner = (unknown_terms(value) for name, value in node.items() if name != "@context")
    return (set(node) | types).difference(known).union(*inner)
