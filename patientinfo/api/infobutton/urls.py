"""The one address of the Infobutton, mounted by the project at its root; a slash may follow."""

from __future__ import annotations

from django.urls import path

from patientinfo.api.addresses import READ, guarded
from patientinfo.api.infobutton.answers import answer_question

_answer = guarded(answer_question, (*READ, "OPTIONS"))

urlpatterns = [
    path("infobutton", _answer, name="patientinfo_infobutton"),
    path("infobutton/", _answer),
]
