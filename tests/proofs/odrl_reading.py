"""Reading policies as RDF tools do, without the network, and judging them by shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pyld import jsonld
from pyshacl import validate
from rdflib import Graph

from patientinfo.proofs.odrl import ODRL_CONTEXT

VENDORED = Path(__file__).parent.parent / "vendored" / "odrl"
_CONTEXTS = {ODRL_CONTEXT: "context.jsonld"}


def load(url: str, _options: dict[str, Any] | None = None) -> dict[str, Any]:
    """pyld's document loader: what is kept here, and nothing from anywhere else."""
    if url not in _CONTEXTS:
        raise AssertionError(f"{url} was asked for, and nothing is fetched in tests")
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": json.loads((VENDORED / _CONTEXTS[url]).read_text()),
    }


def expanded(document: dict[str, Any]) -> list[Any]:
    """Every name as the IRI that it stands for; what stands for none is gone."""
    found: list[Any] = jsonld.expand(document, {"documentLoader": load})
    return found


def graph_of(*documents: dict[str, Any]) -> Graph:
    """The triples of some documents together."""
    graph = Graph()
    for document in documents:
        quads = jsonld.to_rdf(document, {"documentLoader": load, "format": "application/n-quads"})
        graph.parse(data=quads, format="nt")
    return graph


def objections(graph: Graph) -> str:
    """What the shapes object to; empty when it conforms."""
    conforms, _report, text = validate(
        graph, shacl_graph=Graph().parse(VENDORED / "shapes.ttl"), do_owl_imports=False
    )
    return "" if conforms else str(text)
