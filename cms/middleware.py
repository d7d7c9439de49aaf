"""Spares programs what Django does for people.

Addresses below ``STATELESS_PATHS`` know no session, no messages and no negotiated interface
language: a key stands in each request. Leaving those steps out there makes a read faster and, what
matters more, keeps ``Vary: Cookie`` and ``Vary: Accept-Language`` off answers that depend on
neither, so that a cache in front can keep them.

Interface words on such an address are in the site's own language unless the view activates
another: a thread would otherwise answer in the language of the person it served before.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponseBase
from django.middleware import locale
from django.utils import translation
from django.utils.module_loading import import_string
from wagtail.contrib.redirects.middleware import RedirectMiddleware

Step = Callable[[HttpRequest], HttpResponseBase]


class ProgramsMiddleware(BaseHandler):
    """The first middleware: sends programs' requests down a chain of their own.

    That chain is ``STATELESS_MIDDLEWARE`` and then the view, as in Django's own handler. None of
    its middleware may have a ``process_view``, ``process_exception`` or
    ``process_template_response``, which Django collects from ``MIDDLEWARE`` alone.
    """

    def __init__(self, get_response: Step) -> None:
        self.for_people = get_response
        self.paths = tuple(settings.STATELESS_PATHS)
        self._view_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        step: Any = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]
        for name in reversed(settings.STATELESS_MIDDLEWARE):
            step = convert_exception_to_response(import_string(name)(step))
        self.for_programs: Step = step

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(self.paths):
            return self.for_people(request)
        translation.deactivate()
        return self.for_programs(request)


class LocaleMiddleware(locale.LocaleMiddleware):
    """The interface language that a person's address, cookie or browser asks for.

    A page that says in which language it is has been found, and be it to say that something else
    was not; Django would send its reader to look for it among the pages of a language.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave an answer in a language alone."""
        if response.status_code == 404 and response.has_header("Content-Language"):
            return response
        return super().process_response(request, response)


class OldAddressesMiddleware(RedirectMiddleware):
    """Leads from an address that a page had to the one that it has.

    Pages stand below the code of a language; nothing is looked up for what cannot be one.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Look for an old address where nothing was found."""
        if response.status_code != 404 or not translation.get_language_from_path(request.path_info):
            return response
        found: HttpResponseBase = super().process_response(request, response)
        return found
