"""The contract: a snapshot, so that a change of it is a visible diff, and examples that keep it."""

import json

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from patientinfo.api.errors import PROBLEMS
from patientinfo.formats.problem import URN

SNAPSHOT = "tests/golden/openapi.json"
TOKEN = [{"EditorToken": []}]


@pytest.fixture
def described(client):
    return client.get("/api/v1/openapi.json").json()


def examples(described):
    """(where, example, schema) of every answer that has one."""
    for path, address in described["paths"].items():
        for operation in address.values():
            sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            if "example" in sent:
                yield f"{path} sent", sent["example"], sent["schema"]
            for status, answer in operation["responses"].items():
                for media in answer.get("content", {}).values():
                    found = [media["example"]] if "example" in media else []
                    found += [one["value"] for one in media.get("examples", {}).values()]
                    for example in found:
                        yield f"{path} {status}", example, media["schema"]


def test_the_contract_is_the_one_that_was_agreed(described, root, monkeypatch):
    """After a change that you mean: `curl -s localhost:8000/api/v1/openapi.json | python -m
    json.tool --no-ensure-ascii > tests/golden/openapi.json`, and read the diff."""
    snapshot = json.loads((root / SNAPSHOT).read_text())
    assert described == snapshot


def test_it_is_openapi_31(described):
    assert described["openapi"].startswith("3.1")
    assert sorted(described["paths"]) == [
        "/api/v1/bundle/",
        "/api/v1/locales/",
        "/api/v1/pages/",
        "/api/v1/pages/find/",
        "/api/v1/pages/{key}/",
        "/api/v1/pages/{key}/{locale}/",
        "/api/v1/pages/{key}/{locale}/editions/",
        "/api/v1/pages/{key}/{locale}/editions/{number}/",
        "/api/v1/pages/{key}/{locale}/editions/{number}/renditions/{channel}/",
        "/api/v1/pages/{key}/{locale}/renditions/{channel}/",
        "/api/v1/permission-requests/",
        "/api/v1/schemas/document.json",
        "/api/v1/translations/",
        "/api/v1/translations/memory/",
        "/api/v1/translations/{key}/{locale}/",
        "/api/v1/usage/",
    ]


def test_every_example_is_valid(described):
    registry = Registry().with_resource(
        "urn:api", Resource.from_contents(described, default_specification=DRAFT202012)
    )
    found = list(examples(described))
    assert len(found) > 15
    for where, example, schema in found:
        whole = {"$ref": "urn:api" + schema["$ref"]}
        problems = [
            e.message for e in Draft202012Validator(whole, registry=registry).iter_errors(example)
        ]
        assert not problems, (where, problems)


def test_every_operation_says_what_can_go_wrong(described):
    for address in described["paths"].values():
        for operation in address.values():
            assert operation["summary"]
            assert operation["description"]
            if "requestBody" in operation and "201" in operation["responses"]:
                assert {"201", "400", "422", "429", "500"} <= set(operation["responses"])
                continue
            assert {"200", "400", "401", "500"} <= set(operation["responses"])
            # What is for its asker alone is kept by nobody, so it is never asked for again.
            for_one = operation["security"] == TOKEN or operation["operationId"] == "get_bundle"
            assert ("304" in operation["responses"]) is not for_one


def test_what_translators_use_takes_a_token_and_all_else_a_key_or_nothing(described):
    schemes = described["components"]["securitySchemes"]
    assert set(schemes) == {"EditorToken", "accessKey"}
    for path, address in described["paths"].items():
        for operation in address.values():
            if "201" in operation["responses"]:
                assert "security" not in operation, path
                continue
            wanted = TOKEN if "/translations/" in path else [{}, {"accessKey": []}]
            wanted = wanted[1:] if path == "/api/v1/usage/" else wanted
            assert operation["security"] == wanted, path


def test_the_document_is_a_component(described):
    components = described["components"]["schemas"]
    assert components["Detail"]["properties"]["document"]["$ref"] == "#/components/schemas/Document"
    assert "LeafletLinkBlock" in components
    assert "$defs" not in json.dumps(components)


def test_docs_ask_nobody_else(client):
    page = client.get("/api/v1/docs")
    assert page["Content-Type"].startswith("text/html")
    text = page.content.decode()
    assert "/api/v1/openapi.json" in text
    assert "https://" not in text
    assert '"validatorUrl": null' in text


def test_the_contract_is_the_same_for_every_host(described):
    other = Client().get("/api/v1/openapi.json", headers={"host": "localhost"}).json()
    assert other == described


def test_the_manual_names_every_problem_and_parameter(root, described):
    manual = (root / "docs/api.md").read_text()
    for code, (status, title) in PROBLEMS.items():
        assert f"| `{code}` | {status} | {title} |" in manual, code
    assert URN in manual
    for path, address in described["paths"].items():
        assert path in manual, path
        for operation in address.values():
            for parameter in operation.get("parameters", ()):
                assert f"`{parameter['name']}`" in manual, parameter["name"]
