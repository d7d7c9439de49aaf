"""Schemathesis asks what the contract allows and what it forbids; each answer has to keep it."""

from datetime import date

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from wagtail.models import APIToken

from patientinfo.api.routers import permission_requests
from patientinfo.licensing import asking, usage_rows
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.limits import Limit
from tests.api.shelf import key_of, put, withdraw
from tests.licences import make_licence

KEY = str(key_of("knee"))
WITH_PARAMETERS = [
    "list_pages",
    "find_page",
    "get_page",
    "get_page_in_language",
    "list_editions",
    "get_edition",
    "get_rendition",
    "get_edition_rendition",
]
SENDING = ["ask_for_permission"]
#: What a licence's key is needed for.
KEYED = "list_usage"
WITHOUT = ["list_locales", "get_document_schema"]
#: What an editor's token is needed for.
FILES = ["export_translations", "export_translation", "import_translation", "import_memory"]
#: Schemathesis' client asks for gzip and then does not unpack it.
PLAIN = {"Accept-Encoding": "identity"}

#: The same questions in every run, and few: this is a net under the other tests.
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def shelf():
    for locale in ("en", "nl", "ar"):
        put("knee", locale)
    put("back", "en")
    put("back", "en", body="More.")
    put("gone", "en")
    withdraw("gone", "en")


@pytest.fixture
def kept_connection():
    """A request does not close the connection, and with it the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def contract(shelf, kept_connection):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())


def operations(contract):
    found = [result.ok() for result in contract.get_all_operations()]
    return {operation.definition.raw["operationId"]: operation for operation in found}


def test_every_operation_is_asked(contract):
    # A bundle is a stream of everything that a key may have: tests/api/test_bundle.py.
    asked = [*WITH_PARAMETERS, *WITHOUT, *FILES, *SENDING, KEYED, "get_bundle"]
    assert sorted(operations(contract)) == sorted(asked)


@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, GenerationMode.POSITIVE) for name in WITH_PARAMETERS + WITHOUT]
    + [(name, GenerationMode.NEGATIVE) for name in WITH_PARAMETERS],
)
def test_every_answer_keeps_the_contract(contract, name, mode):
    operation = operations(contract)[name]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(headers=PLAIN)

    ask()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", SENDING)
def test_whatever_is_sent_keeps_the_contract(contract, monkeypatch, name, mode):
    monkeypatch.setattr(asking, "STORED_FROM_ONE_PLACE", Limit("fuzz", 10_000, 60))
    monkeypatch.setattr(permission_requests, "STORED_FROM_ONE_PLACE", Limit("fuzz", 10_000, 60))
    operation = operations(contract)[name]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        # No schema knows which leaflets there are, so what fits it may still be refused.
        case.call_and_validate(headers=PLAIN, excluded_checks=[positive_data_acceptance])

    ask()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", FILES)
def test_every_answer_about_files_keeps_the_contract(contract, admin_user, name, mode):
    _token, secret = APIToken.create_token(user=admin_user, name="fuzz")
    operation = operations(contract)[name]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        # No schema says what a PO file is, so one that fits the schema may still be refused.
        case.call_and_validate(
            headers={**PLAIN, "Authorization": f"Bearer {secret}"},
            excluded_checks=[positive_data_acceptance],
        )

    ask()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_about_use_keeps_the_contract(contract, mode):
    licence = make_licence()
    _key, text = issue_key(licence, "fuzz", by="a test")
    read = (licence.pk, date(2026, 3, 2), key_of("knee"), "nl", 1, "json")
    usage_rows.write({read: 3}, {})
    operation = operations(contract)[KEYED]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(headers={**PLAIN, "Authorization": f"Bearer {text}"})

    ask()


@pytest.mark.parametrize("name", ["get_page", "get_page_in_language", "list_editions"])
def test_a_leaflet_that_is_there_is_answered_as_declared(contract, name):
    """Random keys find nothing, so what is found is asked for by name."""
    operation = operations(contract)[name]
    for locale in ("en", "nl", "ar"):
        parameters = {"key": KEY, "locale": locale}
        asked = {p.name: parameters[p.name] for p in operation.path_parameters}
        answer = operation.Case(path_parameters=asked).call_and_validate(headers=PLAIN)
        assert answer.status_code == 200
