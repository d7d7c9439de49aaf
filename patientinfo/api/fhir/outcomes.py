"""Problems as FHIR says them: `OperationOutcome` (https://hl7.org/fhir/R5/operationoutcome.html)."""

from __future__ import annotations

import orjson
from django.http import HttpResponse

from patientinfo.api.answers import EVERYBODY
from patientinfo.api.errors import Problem
from patientinfo.formats.problem import URN

MEDIA_TYPE = "application/fhir+json"

#: HTTP status → a code of http://hl7.org/fhir/issue-type.
_ISSUES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    410: "deleted",
    429: "throttled",
}


def as_outcome(problem: Problem) -> HttpResponse:
    """The answer that a Problem is to a FHIR client; its code is the coding's."""
    system, _, _ = URN.rpartition(":")
    coding = {"system": system, "code": problem.code, "display": problem.title}
    issue = {
        "severity": "error",
        "code": _ISSUES.get(problem.status, "exception"),
        "details": {"coding": [coding], "text": problem.title},
        "diagnostics": problem.detail,
    }
    return HttpResponse(
        orjson.dumps({"resourceType": "OperationOutcome", "issue": [issue]}),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers={**EVERYBODY, "Cache-Control": "no-store", **problem.headers},
    )
