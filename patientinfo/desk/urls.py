"""Addresses of the desk, below Wagtail's admin."""

from django.urls import URLPattern, path

from patientinfo.desk import (
    draft_views,
    exchange_views,
    forms_views,
    matrix_views,
    part_views,
    reference_views,
    views,
    words_views,
)

_DESK = "translations/<int:page_id>/"

urlpatterns: list[URLPattern] = [
    path("translations/", matrix_views.matrix, name="patientinfo_matrix"),
    path("translations/act/", matrix_views.act, name="patientinfo_matrix_act"),
    path("translations/words/", words_views.words, name="patientinfo_words"),
    path(
        "translations/words/glossary/",
        words_views.download_glossary,
        name="patientinfo_words_glossary",
    ),
    path("translations/exchange/", exchange_views.exchange, name="patientinfo_exchange"),
    path(
        "translations/exchange/all/", exchange_views.download_all, name="patientinfo_exchange_all"
    ),
    path(
        "translations/exchange/bundle/",
        exchange_views.download_bundle,
        name="patientinfo_exchange_bundle",
    ),
    path(_DESK + "exchange/", exchange_views.exchange, name="patientinfo_exchange_page"),
    path(
        _DESK + "exchange/download/",
        exchange_views.download,
        name="patientinfo_exchange_download",
    ),
    path(_DESK + "forms/", forms_views.forms, name="patientinfo_forms"),
    path(_DESK + "forms/<str:name>/", forms_views.form, name="patientinfo_form"),
    path(_DESK + "draft/", draft_views.draft, name="patientinfo_draft"),
    path(_DESK, views.desk, name="patientinfo_desk"),
    path(_DESK + "save/", views.save, name="patientinfo_desk_save"),
    path(_DESK + "check/", views.check, name="patientinfo_desk_check"),
    path(_DESK + "comment/", views.comment, name="patientinfo_desk_comment"),
    path(_DESK + "settle/", views.settle, name="patientinfo_desk_settle"),
    path(_DESK + "dismiss/", views.dismiss, name="patientinfo_desk_dismiss"),
    path(_DESK + "link/", part_views.link, name="patientinfo_desk_link"),
    path(_DESK + "picture/", part_views.picture, name="patientinfo_desk_picture"),
    path(_DESK + "references/", reference_views.references, name="patientinfo_desk_references"),
    path(_DESK + "machine/", views.machine, name="patientinfo_desk_machine"),
    path(_DESK + "sign/", views.sign, name="patientinfo_desk_sign"),
    path(_DESK + "preview/", views.preview, name="patientinfo_desk_preview"),
    path(_DESK + "preview/pdf/", views.preview_pdf, name="patientinfo_desk_preview_pdf"),
]
