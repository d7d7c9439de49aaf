"""The sample's two leaflets and their translations, issued in every language."""

from __future__ import annotations

from datetime import date
from typing import Any

from wagtail.models import Locale, Page

from home.loading import BodyWriter, Json, page_of, read, urn_ids
from patientinfo.editions.actions import last_edition
from patientinfo.leaflets.approval import approve
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.leaflet_parts import ClinicalCode, Contributor, Reference
from patientinfo.leaflets.snippets import Person
from patientinfo.translation.actions import put_translations
from patientinfo.translation.progress import refresh_progress
from patientinfo.translation.shelf import Said
from patientinfo.translation.states import Stored

LEAFLETS = ("dry-needling", "dry-needling-and-acupuncture-compared")


class SampleNotIssued(Exception):
    """A page of the sample went live without an Edition: a fault of this installation."""


class LeafletLoader:
    """Makes what is missing of the leaflets; a page that exists is left as it is."""

    def __init__(
        self, snippets: dict[str, Any], people: dict[str, Person], images: dict[str, int]
    ) -> None:
        self.snippets, self.people, self.images = snippets, people, images
        self.made: list[str] = []

    def load(self, locales: dict[str, Locale], homes: dict[str, Page]) -> list[str]:
        """Loads every leaflet in every language; returns the addresses of the pages made now."""
        (source, source_locale), *others = locales.items()
        # Both pages first, then their words: the leaflets link to one another.
        new = [self._add(read(name), homes[source], source_locale) for name in LEAFLETS]
        for name, page in zip(LEAFLETS, new, strict=True):
            if page is not None:
                self._write(page, read(name), source_locale)
        for code, locale in others:
            pages = [self._copy(read(name), locale) for name in LEAFLETS]
            for name, page in zip(LEAFLETS, pages, strict=True):
                if page is not None:
                    self._translate(page, read(name), read(f"{name}.{code}"))
        return self.made

    def _add(self, data: Json, home: Page, locale: Locale) -> LeafletPage | None:
        if page_of(LeafletPage, data["key"], locale):
            return None
        page = LeafletPage(
            title=data["title"],
            slug=data["slug"],
            translation_key=data["key"],
            locale=locale,
            live=False,
        )
        Page.objects.get(pk=home.pk).add_child(instance=page)
        return page

    def _write(self, page: LeafletPage, data: Json, locale: Locale) -> None:
        page.summary = data["summary"]
        page.short_text = data.get("short_text", "")
        page.body = BodyWriter(urn_ids(locale), self.images).body(data["sections"])
        page.audience = data["audience"]
        page.topics = [self.snippets[ref] for ref in data["topics"]]
        page.codes = [ClinicalCode(**code) for code in data["codes"]]
        page.references = [Reference(**reference) for reference in data["references"]]
        page.reviewed_on = date.fromisoformat(data["reviewed_on"])
        page.review_due = date.fromisoformat(data["review_due"])
        page.contact = self.snippets[data["contact"]]
        page.rights_holder = self.snippets[data["rights_holder"]]
        people = {"authors": (data["authors"], data["reviewed_on"])}
        self._publish(page, people, data["approver"], data["reviewed_on"])

    def _copy(self, data: Json, locale: Locale) -> LeafletPage | None:
        if page_of(LeafletPage, data["key"], locale):
            return None
        source = LeafletPage.objects.get(
            translation_key=data["key"], locale__language_code=Locale.get_default().language_code
        )
        copy: LeafletPage = source.copy_for_translation(locale)
        return copy

    def _translate(self, page: LeafletPage, data: Json, translation: Json) -> None:
        draft = put_translations(page, translation["segments"], said=Said(state=Stored.CHECKED))
        people = {
            "authors": (data["authors"], data["reviewed_on"]),
            "translators": (translation["translators"], translation["translated_on"]),
            "checkers": (translation["checkers"], translation["checked_on"]),
        }
        self._publish(draft, people, data["approver"], translation["checked_on"])
        refresh_progress(page.translation_key, page.locale.language_code)

    def _publish(
        self, page: LeafletPage, people: dict[str, tuple[list[str], str]], approver: str, on: str
    ) -> None:
        """Publishes by the same path as an editor; the approval is the sample's."""
        page.contributors = [
            Contributor(role=role, person=self.people[ref], done_on=date.fromisoformat(day))
            for role, (refs, day) in people.items()
            for ref in refs
        ]
        page.save()
        revision = page.save_revision()
        approve(revision.as_object(), self.people[approver], on=date.fromisoformat(on))
        revision.publish()
        if last_edition(page.translation_key, page.locale.language_code) is None:
            raise SampleNotIssued(f"{page.slug} in {page.locale}: see the log for the reason")
        self.made.append(page.get_url() or page.slug)
