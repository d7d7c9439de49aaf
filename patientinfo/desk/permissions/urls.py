"""Addresses of the officers' pages, below Wagtail's admin."""

from django.urls import URLPattern, path

from patientinfo.desk.permissions import licence_views, request_views

_REQUEST = "permissions/requests/<int:pk>/"
_LICENCE = "permissions/licences/<str:number>/"

urlpatterns: list[URLPattern] = [
    path("permissions/", request_views.requests_list, name="patientinfo_requests"),
    path(_REQUEST, request_views.request_detail, name="patientinfo_request"),
    path(_REQUEST + "act/", request_views.request_act, name="patientinfo_request_act"),
    path(_REQUEST + "offer/", request_views.request_offer, name="patientinfo_request_offer"),
    path("permissions/licences/", licence_views.licences_list, name="patientinfo_licences"),
    path(_LICENCE, licence_views.licence_detail, name="patientinfo_licence"),
    path(_LICENCE + "act/", licence_views.licence_act, name="patientinfo_licence_act"),
    path(_LICENCE + "amend/", licence_views.licence_amend, name="patientinfo_licence_amend"),
]
