"""Addresses of permissions, at the site's root: they are printed, so they are short and stay."""

from __future__ import annotations

from django.urls import path

from patientinfo.proofs import private_views, views
from patientinfo.proofs.odrl_profile import VERSION
from patientinfo.throttling.doors import throttled, throttled_patterns

#: Typesetting and signing a letter takes as long as that many answers.
LETTER_COST = 20

_patterns = [
    path(".well-known/jwks.json", views.show_keys, name="patientinfo_jwks"),
    path("permissions/", views.check_number, name="patientinfo_proof_check"),
    path(
        f"permissions/odrl-profile/{VERSION}/",
        views.show_profile,
        name="patientinfo_odrl_profile",
    ),
    path("permissions/<str:number>.json", views.show_proof_json, name="patientinfo_proof_json"),
    path("permissions/<str:number>/", views.show_proof, name="patientinfo_proof"),
    path("permissions/<str:number>/proof.jws", views.show_proof_jws, name="patientinfo_proof_jws"),
    path(
        "permissions/<str:number>/licence.jsonld",
        private_views.show_policy,
        name="patientinfo_odrl",
    ),
]

urlpatterns = [
    *throttled_patterns(_patterns),
    path(
        "permissions/<str:number>/letter.pdf",
        throttled(private_views.show_letter, cost=LETTER_COST),
        name="patientinfo_letter",
    ),
]
