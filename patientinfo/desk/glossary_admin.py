"""The glossary in Wagtail's lists: which definitions are behind their original."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, LocaleColumn, UpdatedAtColumn
from wagtail.admin.widgets import BooleanRadioSelect, Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.glossary_standing import is_behind, only_behind, with_original


class GlossaryFilters(WagtailFilterSet):
    """By language, as everywhere, and those to look at."""

    behind = django_filters.BooleanFilter(
        label=_("Definition behind its original"),
        method="those_behind",
        widget=BooleanRadioSelect,
    )

    class Meta:
        model = GlossaryTerm
        fields: list[str] = []

    def those_behind(self, terms: QuerySet[GlossaryTerm], name: str, wanted: bool) -> Any:
        behind = only_behind(terms)
        return behind if wanted else terms.exclude(pk__in=behind.values("pk"))


class StandingColumn(Column):
    """Whether a definition is behind its original."""

    def get_value(self, instance: Any) -> Any:
        return _("behind its original") if is_behind(instance, instance.original) else ""


class GlossaryIndexView(IndexView):
    """Those who keep the glossary need not work on a language, and would not find its files."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        address = reverse("patientinfo_words")
        words = Button(_("Translation memory and glossary"), address, icon_name="download")
        return [*super().header_more_buttons, words]


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    index_view_class = GlossaryIndexView
    filterset_class = GlossaryFilters
    list_display = [
        "term",
        StandingColumn("standing", label=_("Definition")),
        LocaleColumn(),
        UpdatedAtColumn(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GlossaryTerm]:
        return with_original(GlossaryTerm.objects.all())
