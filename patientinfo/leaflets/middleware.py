"""
Turns a refused publish into words for the editor, wherever in Wagtail's admin it was tried.

Workflow approval and bulk actions call `publish()` without expecting a refusal; without this the
editor would see an error page.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme


class RefusedPublishMiddleware(MiddlewareMixin):
    """Answers a `ValidationError` that no admin view handled with a message and a way back."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        home = reverse("wagtailadmin_home")
        if not isinstance(exception, ValidationError) or not request.path.startswith(home):
            return None
        for message in exception.messages:
            messages.error(request, message)
        back = self._way_back(request, home)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's workflow dialog follows this redirect itself.
            return JsonResponse({"step": "success", "redirect": back})
        return HttpResponseRedirect(back)

    def _way_back(self, request: HttpRequest, home: str) -> str:
        match: Any = request.resolver_match
        page = match.kwargs.get("page_id") or next(iter(match.args), None) if match else None
        if page is not None and match.app_name == "wagtailadmin_pages":
            return reverse("wagtailadmin_pages:edit", args=[page])
        came_from = request.headers.get("referer", "")
        hosts = {request.get_host()}
        ours = url_has_allowed_host_and_scheme(came_from, hosts, request.is_secure())
        return came_from if ours and request.build_absolute_uri() != came_from else home
