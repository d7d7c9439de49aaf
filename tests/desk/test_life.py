"""
Whatever is done to a leaflet and its translation, in whatever order: patients have words that were
checked and signed, the numbers tell the truth, and nobody's work is gone.

Run it longer with other orders of acts: `LIFE_EXAMPLES=200 pytest --hypothesis-seed=7 …`.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import Any

import time_machine
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from patientinfo.desk.matrix import rows_of
from patientinfo.desk.publishing import is_up_to_date
from patientinfo.editions.actions import is_withdrawn, last_edition
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.reconcile import reconcile
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.content import fingerprint
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import filled_draft
from patientinfo.translation.board import load_board
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.progress import refresh_progress
from tests.desk.life import WORDS, Clinic, Life, build
from tests.worlds import once

clinic = once(build)

LONGER = int(os.environ.get("LIFE_EXAMPLES", "0"))
PEOPLE = st.sampled_from(["ann", "bob", "editor"])
PATHS = st.sampled_from(["title", *WORDS])
MATTERS = st.sampled_from(["", "cosmetic", "content", "safety"])
EITHER = st.sampled_from(["source", "dutch"])


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().lower()


def said_by(edition: Edition) -> dict[str, str]:
    return {segment.path: segment.text for segment in segments_of(edition.data)}


class AnyLife(RuleBasedStateMachine):
    clinic: Clinic

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        self.changes = transaction.atomic()
        self.changes.__enter__()
        self.travel = time_machine.travel(timezone.now() + timedelta(days=1), tick=False)
        self.life = Life(self.clinic, self.travel.start())
        self.issued: dict[tuple[str, int], str] = {}

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.changes.__exit__(None, None, None)

    def later(self) -> Life:
        self.life.clock.shift(timedelta(minutes=1))
        return self.life

    def page(self, which: str) -> LeafletPage:
        return self.life.source if which == "source" else self.life.dutch

    # -- what is done -----------------------------------------------------------------------------

    @initialize(signed=st.sampled_from([True, True, False]))
    def begin(self, signed: bool) -> None:
        self.later().finish("ann", "bob")
        if signed:
            self.later().sign("editor", at_the_desk=True)
            assert self.life.dutch.live

    @rule(who=PEOPLE, path=PATHS, state=st.sampled_from(["translated", "draft"]))
    def write(self, who: str, path: str, state: str) -> None:
        self.later().write(who, path, state)

    @rule(who=PEOPLE, path=PATHS)
    def doubt(self, who: str, path: str) -> None:
        self.later().write(who, path, "draft", again=True)

    @rule(who=PEOPLE, path=PATHS)
    def empty(self, who: str, path: str) -> None:
        self.later().empty(who, path)

    @rule(who=PEOPLE, path=PATHS)
    def write_over_unseen_words(self, who: str, path: str) -> None:
        self.later().write_over_unseen_words(who, path)

    @rule(who=PEOPLE, path=PATHS)
    def check(self, who: str, path: str) -> None:
        self.later().check(who, path)

    @rule(people=st.sampled_from([("ann", "bob"), ("bob", "ann")]))
    def finish(self, people: tuple[str, str]) -> None:
        self.later().finish(*people)

    @rule(who=PEOPLE, at_the_desk=st.booleans())
    def sign(self, who: str, at_the_desk: bool) -> None:
        self.later().sign(who, at_the_desk=at_the_desk)

    @rule(who=PEOPLE, path=st.sampled_from(["summary", "p/text"]), copied=st.booleans())
    def type_in_the_page_editor(self, who: str, path: str, copied: bool) -> None:
        text = WORDS[path][0] if copied else self.life.in_dutch(WORDS[path][0])
        self.later().save_draft(self.life.change(self.life.dutch, path, text), who)

    @rule(which=EITHER, who=PEOPLE, nth=st.integers(0, 3))
    def publish(self, which: str, who: str, nth: int) -> None:
        self.later().publish(self.page(which), who, nth)

    @rule(which=EITHER, nth=st.integers(0, 5), publish=st.booleans())
    def restore(self, which: str, nth: int, publish: bool) -> None:
        self.later().restore(self.page(which), nth, publish=publish)

    @rule(which=EITHER)
    def withdraw(self, which: str) -> None:
        self.later()
        self.page(which).unpublish()

    @rule(which=EITHER)
    def plan(self, which: str) -> None:
        self.later().plan(self.page(which))

    @rule()
    def scheduler_runs(self) -> None:
        self.later().scheduler_runs()

    @rule(path=st.sampled_from(list(WORDS)), nth=st.integers(0, 1), says=MATTERS, end=st.booleans())
    def reword(self, path: str, nth: int, says: str, end: bool) -> None:
        text = WORDS[path][nth % len(WORDS[path])]
        draft = self.life.change(self.life.source, path, text[:-1] + "!" if end else text)
        draft.significance = says
        self.later().save_draft(draft, publish=True)

    @rule(path=st.sampled_from(["summary", "p/text"]), nth=st.integers(0, 1), says=MATTERS)
    def draft(self, path: str, nth: int, says: str) -> None:
        draft = self.life.change(self.life.source, path, WORDS[path][nth])
        draft.significance = says
        self.later().save_draft(draft)

    @rule(how=st.sampled_from(["turn", "add or remove"]), says=MATTERS, publish=st.booleans())
    def rearrange(self, how: str, says: str, publish: bool) -> None:
        self.later().rearrange(how, says, publish=publish)

    @rule()
    def give_draft(self) -> None:
        self.later().give_draft()

    @rule()
    def take_draft_back(self) -> None:
        self.later().take_draft_back()

    @rule()
    def publish_together(self) -> None:
        self.later().publish_together()

    @rule()
    def export(self) -> None:
        self.later().export()

    @precondition(lambda self: self.life.files)
    @rule(who=PEOPLE, nth=st.integers(0, 3), paths=st.sets(PATHS, max_size=3))
    def import_file(self, who: str, nth: int, paths: set[str]) -> None:
        self.later().import_file(who, nth, paths)

    # -- what holds whatever was done -------------------------------------------------------------

    @invariant()
    def editions_stay_and_have_checked_words(self) -> None:
        for edition in Edition.objects.order_by("number"):
            place = edition.locale, edition.number
            if place not in self.issued:
                before = [number for locale, number in self.issued if locale == edition.locale]
                assert edition.number == max(before, default=0) + 1
                if edition.locale == "nl":
                    self.assert_checked(edition)
            assert self.issued.setdefault(place, edition.document) == edition.document

    def assert_checked(self, edition: Edition) -> None:
        """A cosmetic change of the source needs no second look."""
        source = said_by(Edition.objects.get(locale="en", number=edition.source_edition))
        checked = {(path, text, letters(made)) for path, text, made in self.life.checked}
        own = said_by(edition)
        assert own.keys() == source.keys()
        assert {(p, own[p], letters(source[p])) for p in own} <= checked

    @invariant()
    def readers_are_told_how_it_stands(self) -> None:
        key = self.clinic.source.translation_key
        edition, newest = last_edition(key, "nl"), last_edition(key, "en")
        if edition is None or newest is None:
            return
        status = CatalogueEntry.objects.get(locale="nl").status
        if is_withdrawn(edition):
            assert status == "withdrawn"
            assert not self.life.dutch.live
            return
        since = Edition.objects.filter(locale="en", number__gt=edition.source_edition)
        safety = any(one.data["significance"] == "safety" for one in since)
        assert (status == "held") == safety
        if status in ("current", "ahead"):
            beside = Edition.objects.get(locale="en", number=edition.source_edition)
            was, now = said_by(beside), said_by(newest)
            assert {p: letters(t) for p, t in was.items()} == {
                p: letters(t) for p, t in now.items()
            }

    @invariant()
    def nothing_is_left_to_mend(self) -> None:
        assert not list(reconcile(dry_run=True))

    @invariant()
    def the_matrix_counts_what_is_there(self) -> None:
        counted = TranslationProgress.objects.filter(locale="nl").values().get()
        with transaction.atomic():
            refresh_progress(self.clinic.source.translation_key)
            anew = TranslationProgress.objects.filter(locale="nl").values().get()
            transaction.set_rollback(True)
        assert {**counted, "id": 0} == {**anew, "id": 0}

    @invariant()
    def the_matrix_says_nothing_better_than_readers_are_told(self) -> None:
        """It may ask for a signature that readers do not wait for."""
        dutch, entry = self.life.dutch, CatalogueEntry.objects.filter(locale="nl").first()
        (row,) = rows_of([self.life.source])
        (cell,) = [found for found in row.cells if found.locale == "nl"]
        board = load_board(dutch)
        if entry is None or not (dutch.live and self.life.source.live) or board.next_edition:
            return
        good = entry.status in ("current", "ahead")
        if board.complete and fingerprint(filled_draft(dutch)) == fingerprint(dutch):
            assert cell.state != "done" or good
        assert not is_up_to_date(self.life.dutch) or good


def test_any_life(clinic: Clinic, db: None) -> None:
    AnyLife.clinic = clinic
    hunting: dict[str, Any] = {"derandomize": False, "max_examples": LONGER}
    usual: dict[str, Any] = {"derandomize": True, "max_examples": 6, "stateful_step_count": 12}
    wanted = settings(
        **(hunting if LONGER else usual),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(AnyLife, settings=wanted)
