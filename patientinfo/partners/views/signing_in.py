"""Signing in and out: allauth's views in our frame. A code by e-mail, and nothing else."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponseBase

from patientinfo.partners.accounts import is_partner
from patientinfo.partners.pages import frame_for, sealed, show


class _Framed:
    """What our pages need in their context, and that no cache keeps them."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return sealed(super().dispatch(request, *args, **kwargs))  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        frame = {
            "frame": frame_for(self.request),
            "here": "sign_in",
            "signed_in": is_partner(self.request.user),
        }
        return {**context, **frame}


class RequestCode(_Framed, allauth.RequestLoginCodeView):
    """Where to send the code. Somebody of the clinic is told to sign out first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not is_partner(request.user):
            return show(request, "staff.html", status=403)
        return super().dispatch(request, *args, **kwargs)


class EnterCode(_Framed, allauth.ConfirmLoginCodeView):
    """The code that was sent."""


class SignOut(_Framed, allauth.LogoutView):
    """Asks once, since a link alone must not sign anybody out."""
