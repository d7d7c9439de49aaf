"""
What front pages and indexes have in common: words for patients that are no leaflet.

They are not issued as Editions, and no desk holds their sentences; a new language gets them as
copies with the source's words, to be rewritten in the page editor. So they have a gate as leaflets
do. What it asks belongs to a later stage, which registers it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail.models import Site

from patientinfo.leaflets.addresses import address_problems
from patientinfo.leaflets.gate import NotReadyToPublish, Problem
from patientinfo.leaflets.gated_page import GatedPage

#: Fields that patients read, here or in the results of a search.
WORDS = ("title", "intro", "seo_title", "search_description")

Check = Callable[["FrontPage"], Iterable[Problem]]
_later_checks: list[Check] = []


def register(check: Check) -> None:
    """Adds a check of a later stage; a second registration of the same function is ignored."""
    if check not in _later_checks:
        _later_checks.append(check)


class FrontPage(GatedPage):
    """A page around the leaflets of one language."""

    class Meta:
        abstract = True

    def words(self) -> dict[str, str]:
        """What patients read, by field; rich text as HTML."""
        return {name: getattr(self, name, "") or "" for name in WORDS}

    def problems(self, publisher: Any = None, *, approval: bool = True) -> list[Problem]:
        """Nobody approves these pages: they say nothing clinical."""
        found = [problem for check in _later_checks for problem in check(self)]
        return [*found, *address_problems(self)]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Wagtail makes a live mirror a page of its own with one column, which is publishing it."""
        columns = kwargs.get("update_fields") or ()
        if self.live and not self.alias_of_id and {"alias_of", "alias_of_id"} & {*columns}:
            problems = self.problems()
            if problems:
                raise NotReadyToPublish(problems)
        return super().save(*args, **kwargs)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """
        Where the front page of a language is not live, Wagtail looks for what stands below it below
        that of the site: readers would get a leaflet in another language at the address of theirs.
        """
        site = Site.find_for_request(request) if path_components else None
        own = self.localized_draft if site and site.root_page_id == self.pk else self
        if own.pk != self.pk:
            return own.specific.route(request, path_components)
        return super().route(request, path_components)

    def elsewhere(self, request: HttpRequest) -> HttpResponse | None:
        """
        Where a mirror of a page in another language sends its readers: it is live by Wagtail's
        doing, and its words are not in the language of its address.
        """
        if self.alias_of_id and self.alias_of.locale_id != self.locale_id:
            return HttpResponseRedirect(self.alias_of.get_url(request) or "/")
        return None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = self.elsewhere(request) or super().serve(request, *args, **kwargs)
        return answer
