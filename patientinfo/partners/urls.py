"""
Addresses of partners, mounted by the project below each language.

Of allauth only what a sign-in by code needs is here; its names are those that it looks for.
"""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from patientinfo.partners.views import asking, following, licences, signing_in

ours = [
    path("", asking.landing, name="landing"),
    path("ask/", asking.ask, name="ask"),
    path("ask/<uuid:uid>/", asking.ask, name="draft"),
    path("ask/<uuid:uid>/sent/", asking.sent, name="sent"),
    path("confirm/<str:token>/", asking.confirm, name="confirm"),
    path("requests/", following.index, name="requests"),
    path("requests/<uuid:uid>/", following.detail, name="request"),
    path("licences/<str:number>/", licences.detail, name="licence"),
    path("licences/<str:number>/bundle/", licences.bundle, name="bundle"),
    path("licences/<str:number>/keys/", licences.make_key, name="make_key"),
    path("licences/<str:number>/keys/<str:name>/rotate/", licences.rotate, name="rotate_key"),
    path("licences/<str:number>/keys/<str:name>/revoke/", licences.revoke, name="revoke_key"),
]

urlpatterns = [
    path("", include((ours, "partners"))),
    path("sign-in/", signing_in.RequestCode.as_view(), name="account_request_login_code"),
    path(
        "sign-in/start/",
        RedirectView.as_view(pattern_name="account_request_login_code", query_string=True),
        name="account_login",
    ),
    path("sign-in/code/", signing_in.EnterCode.as_view(), name="account_confirm_login_code"),
    path("sign-out/", signing_in.SignOut.as_view(), name="account_logout"),
]
