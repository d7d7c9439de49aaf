"""Acts: addresses to which forms are posted and at which there is nothing to see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

View: TypeAlias = Callable[..., HttpResponse]


def posted(view: View) -> View:
    """
    A view that answers forms only. Whoever was signed out before they sent one is led to its
    address by the sign-in; they are told, and shown the page above, on which the form stands.
    """
    act = require_POST(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET":
            return act(request, *args, **kwargs)
        messages.warning(
            request, _("You had to sign in first, and nothing was done. Please do it again.")
        )
        return HttpResponseRedirect("../")

    return answer
