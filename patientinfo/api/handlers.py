"""
Errors that Django answers itself, before or outside any view: a forbidden host, a middleware that
fails. The project names these in its `urls.py` as `handler400`, `handler404` and `handler500`;
under `/api/` and the addresses of health records they answer with a problem, elsewhere as Django
does.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from patientinfo.api.errors import Problem, as_problem, as_response
from patientinfo.api.rendering import api_root
from patientinfo.channels.web import serve_gone

#: Below the project's root; what is asked for here is asked for by programs.
PROGRAMS = ("api/", "fhir/", "infobutton")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400`"""
    if _for_a_program(request):
        return as_response(Problem("bad-request", "The request cannot be understood."))
    return defaults.bad_request(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404`; where a leaflet was, its reader is told what became of it."""
    if _for_a_program(request):
        return as_response(as_problem(exception, request))
    return serve_gone(request) or defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`; Django has logged the error already."""
    if _for_a_program(request):
        return as_response(Problem("internal-error", "Something went wrong on our side."))
    return defaults.server_error(request)


def _for_a_program(request: HttpRequest) -> bool:
    prefix = api_root().removesuffix("api/v1/")
    return request.path.removeprefix(prefix).startswith(PROGRAMS)
