"""
What people may do to one small leaflet and its Dutch translation, each act as the desk, the matrix,
the page editor, the importer and the scheduler do it. A minute passes with each.

An act that is refused for a reason of ours is over; every other error is a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser, User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Revision

from patientinfo.desk.publishing import is_up_to_date, publish_together, publish_translation
from patientinfo.editions.actions import last_edition
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import KINDS
from patientinfo.exchange.next_edition import next_edition
from patientinfo.formats.exchange import FileRefused
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.slots import slots
from patientinfo.translation.board import Line, load_board
from patientinfo.translation.editing import Conflict, Edit, Saved, check_segment, save_segment
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page
from patientinfo.translation.progress import record_progress, refresh_progress
from patientinfo.translation.releases import NothingToRelease, release_draft, take_back
from patientinfo.translation.sending import send_for_translation
from tests import builders
from tests.bodies import Raw, paragraph, section
from tests.fixtures_desk import make_member

REFUSALS = (NotReadyToPublish, PermissionDenied, FileRefused, NothingToRelease)
WORDS = {
    "summary": ("All about treating knots by needle.", "Needles against muscle pain explained."),
    "a/heading": ("What is dry needling?", "What happens at dry needling?"),
    "p/text": ("A tiny needle treats sore muscles.", "Treatment takes 7 days in total."),
    "q/text": ("You may bruise for some time.", "Bruises stay for 9 days at most."),
    "r/text": ("Come back when pain stays longer.",),
}
THIRD = ("When should you come back?", paragraph(WORDS["r/text"][0], key="r"))


@dataclass
class Clinic:
    """Ann and Bob do everything in Dutch; the editor does that too, and publishes and approves."""

    people: dict[str, AbstractUser]
    source: LeafletPage


def build() -> Clinic:
    site = builders.make_site(("en", "nl"))
    editor = User.objects.create_superuser("editor")
    person = builders.make_person("E. Ditor (fictional)")
    person.user = editor
    person.save()
    source = builders.make_leaflet(
        site,
        publish=False,
        summary=WORDS["summary"][0],
        sections=[
            section(WORDS["a/heading"][0], paragraph(WORDS["p/text"][0], key="p"), key="a"),
            section("What are the risks?", paragraph(WORDS["q/text"][0], key="q"), key="b"),
        ],
    )
    source.get_latest_revision().publish(user=editor)
    send_for_translation(source, Locale.objects.get(language_code="nl"), editor)
    rights = ("translate", "check", "sign_off")
    people = {name: make_member(name, "nl", *rights, person=True) for name in ("ann", "bob")}
    return Clinic({**people, "editor": editor}, source)


@contextmanager
def attempt() -> Iterator[None]:
    """As in a request: what is refused changes nothing."""
    try:
        with transaction.atomic():
            yield
    except REFUSALS:
        pass


@dataclass
class Life:
    """The acts. `checked`: each path, text and source text that somebody who may has checked."""

    clinic: Clinic
    clock: Any
    checked: set[tuple[str, str, str]] = field(default_factory=set)
    makers: dict[str, set[str]] = field(default_factory=dict)
    files: list[bytes] = field(default_factory=list)
    written: int = 0

    @property
    def source(self) -> LeafletPage:
        return builders.fresh(self.clinic.source)

    @property
    def dutch(self) -> LeafletPage:
        key = self.clinic.source.translation_key
        found: LeafletPage = LeafletPage.objects.get(
            translation_key=key, locale__language_code="nl"
        )
        return found

    def stored(self) -> dict[str, SegmentTranslation]:
        return {row.path: row for row in SegmentTranslation.objects.filter(locale="nl")}

    def texts(self) -> dict[str, str]:
        return {path: row.text for path, row in self.stored().items()}

    def line(self, path: str) -> Line | None:
        return load_board(self.dutch).lines.get(path)

    def in_dutch(self, text: str) -> str:
        """Other words each time, of which all checks approve."""
        self.written += 1
        return f"{builders.fake(text, 'nl')} {'Zo' + 'o' * self.written}."

    # -- at the desk ------------------------------------------------------------------------------

    def write(self, who: str, path: str, state: str = "translated", *, again: bool = False) -> None:
        line = self.line(path)
        if line is not None:
            text = line.text if again else self.in_dutch(line.segment.text)
            self._save(who, line, Edit(text, line.version, state))

    def empty(self, who: str, path: str) -> None:
        line = self.line(path)
        if line is not None and self._save(who, line, Edit("", line.version)):
            del self.makers[path]

    def write_over_unseen_words(self, who: str, path: str) -> None:
        line = self.line(path)
        if line is not None and line.row is not None:
            edit = Edit(self.in_dutch(line.segment.text), line.version - 1)
            before = self.texts()
            outcome = save_segment(self.dutch, line.segment, edit, self.clinic.people[who])
            assert isinstance(outcome, Conflict)
            assert self.texts() == before

    def _save(self, who: str, line: Line, edit: Edit) -> bool:
        before = self.stored()
        outcome = save_segment(self.dutch, line.segment, edit, self.clinic.people[who])
        self._note_makers(before, who)
        record_progress(load_board(self.dutch))
        return isinstance(outcome, Saved)

    def _note_makers(self, before: dict[str, SegmentTranslation], who: str) -> None:
        for path, row in self.stored().items():
            old = before.get(path)
            if old is None or old.version != row.version:
                new = old is None or old.state == "checked"
                self.makers[path] = (set() if new else self.makers[path]) | {who}

    def check(self, who: str, path: str) -> None:
        line = self.line(path)
        if line is None:
            return
        outcome = check_segment(self.dutch, line.segment, line.version, self.clinic.people[who])
        if isinstance(outcome, Saved):
            assert line.state == "checked" or who not in self.makers[path]
            self.checked.add((path, outcome.row.text, line.segment.text))
        record_progress(load_board(self.dutch))

    def finish(self, translator: str, checker: str) -> None:
        for path, line in load_board(self.dutch).lines.items():
            if line.state != "checked":
                self.write(translator, path)
                self.check(checker, path)

    def sign(self, who: str, *, at_the_desk: bool) -> None:
        before, signed = self.texts(), False
        seen = load_board(self.dutch).stamp if at_the_desk else ""
        with attempt():
            if at_the_desk or not is_up_to_date(self.dutch):
                publish_translation(self.dutch, self.clinic.people[who], seen=seen)
                signed = True
        assert not signed or not any(who in makers for makers in self._makers_shown())
        assert self.texts() == before

    def _makers_shown(self) -> list[set[str]]:
        return [self.makers[path] for path in load_board(self.dutch).lines]

    # -- in the page editor -----------------------------------------------------------------------

    def change(self, page: LeafletPage, path: str, text: str) -> LeafletPage:
        """The newest draft with another text, unsaved."""
        draft: LeafletPage = page.get_latest_revision_as_object()
        if path == "summary":
            draft.summary = text
            return draft
        body = raw_body(draft)
        for slot in slots(body):
            if slot.path == path:
                slot.fill(f"<p>{text}</p>" if slot.rich else text)
        return self.with_body(draft, body)

    def with_body(self, draft: LeafletPage, body: list[Raw]) -> LeafletPage:
        draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
        return draft

    def save_draft(self, page: LeafletPage, who: str = "editor", *, publish: bool = False) -> None:
        before, of_source = self.texts(), not page.source_locale
        page.save_revision(user=self.clinic.people[who])
        if publish:
            self.publish(page, who)
        elif of_source and not page.live:  # as the edit view does
            refresh_progress(page.translation_key)
        assert not of_source or self.texts() == before

    def publish(self, page: LeafletPage, who: str = "editor", nth: int = 0) -> None:
        """The newest draft, or the one before it, …"""
        revisions = builders.fresh(page).revisions.order_by("-pk")
        with attempt():
            revisions[nth % revisions.count()].publish(user=self.clinic.people[who])

    def restore(self, page: LeafletPage, nth: int, *, publish: bool) -> None:
        """What an earlier draft said becomes the newest."""
        revisions = page.revisions.order_by("-pk")
        draft = revisions[nth % revisions.count()].as_object()
        draft.go_live_at = None
        self.save_draft(draft, publish=publish)

    def plan(self, page: LeafletPage) -> None:
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = timezone.now() + timedelta(days=2)
        self.save_draft(draft, publish=True)

    def scheduler_runs(self) -> None:
        if Revision.page_revisions.filter(approved_go_live_at__isnull=False).exists():
            self.clock.shift(timedelta(days=3))
            call_command("publish_scheduled")

    # -- the source, as translators and readers get it --------------------------------------------

    def rearrange(self, how: str, significance: str, *, publish: bool) -> None:
        draft = self.source.get_latest_revision_as_object()
        body, third = raw_body(draft), section(*THIRD, key="c")
        if how == "turn":
            body.reverse()
        elif len(body) == 2:
            body.append(third)
        else:
            body.pop()
        draft.significance = significance
        self.save_draft(self.with_body(draft, body), publish=publish)

    def give_draft(self) -> None:
        with attempt():
            release_draft(self.source, self.clinic.people["editor"])

    def take_draft_back(self) -> None:
        take_back(self.source, self.clinic.people["editor"])

    def publish_together(self) -> None:
        before = self.texts()
        with attempt():
            publish_together(self.source, [self.dutch], self.clinic.people["editor"])
        assert self.texts() == before

    # -- files ------------------------------------------------------------------------------------

    def export(self) -> None:
        key = self.clinic.source.translation_key
        original = next_edition(key, "en") or last_edition(key, "en")
        assert original is not None
        self.files.append(KINDS["po"].write(translation_file(original, "nl")))

    def import_file(self, who: str, nth: int, paths: set[str]) -> None:
        """One of the files that went out, with other words at some paths; the rest is untouched."""
        file = KINDS["po"].read(self.files[nth % len(self.files)], "a.po")
        typed = segments_of_page(self.dutch.get_latest_revision_as_object())
        units = tuple(
            replace(unit, target=self.in_dutch(unit.source), fuzzy=False, state="translated")
            if unit.path in paths
            else unit
            for unit in file.units
        )
        before = self.stored()
        with attempt():
            import_file(replace(file, units=units), "a.po", user=self.clinic.people[who])
        self._note_makers(before, who)
        for path, row in self.stored().items():
            old = before.get(path)
            if path not in paths and (old is None or old.version != row.version):
                self.makers[path] = set()  # typed into the page editor, by whom the store knows
            in_page = path in typed and row.text == typed[path].text
            assert path in paths or in_page or old is None or old.text == row.text
