"""
Which units of a file are taken, which are left alone, and which are wrong; each with its reason.

Only words that would change something are held against the checks: what is stored already was
judged where it was written, and a checker may have overruled a finding there. Words that the file
itself calls a draft, or fuzzy, are not, for they are no translation yet: they come in as a draft,
but never in the place of a finished translation of the same source.

Words that come back as they were exported are nobody's new words, and those that a file brought
already are no newer when it is sent again. Where other words are stored by then, or none, that was
decided here since, and stays: a file from before a correction would undo it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from patientinfo.exchange.codes import code_problem, words_for
from patientinfo.exchange.results import Fate, Outcome
from patientinfo.formats.exchange import Problem, TranslationFile, Unit, line_feeds, target_digest
from patientinfo.formats.inline import clean_words, says_something
from patientinfo.formats.segments import Segment
from patientinfo.translation.editing import MOST_CHARACTERS
from patientinfo.translation.findings import Examiner, Result
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.overrides import Overrides
from patientinfo.translation.states import Stored

#: Checks that words in another language fail.
OF_THE_LANGUAGE = frozenset({"language", "script"})
#: The check that the codes of a file are held against before all others.
CODES = "inline_codes"
HEADER = 1  # the line that problems of a whole file, and of units without a line, are told at
FEWEST_FOREIGN = 3  # units in another language; fewer may be quotations
SHOWN = 60  # characters of a text that a problem repeats


@dataclass(frozen=True, slots=True)
class Known:
    """
    What is known here: the Edition's segments, what came after them, what is stored, and the paths
    whose words somebody took away.
    """

    segments: Mapping[str, Segment]
    later: Mapping[str, set[str]]
    rows: Mapping[str, SegmentTranslation]
    overrides: Overrides = field(default_factory=Overrides)
    emptied: Collection[str] = ()

    def is_older(self, path: str) -> bool:
        """A file made from old words does not replace a translation of words that came later."""
        row, later = self.rows.get(path), self.later.get(path, set())
        return (
            row is not None and row.source_hash in later and self.segments[path].hash not in later
        )

    def has(self, unit: Unit) -> bool:
        """Whether the unit's words are stored just as they stand in the file."""
        row = self.rows.get(unit.path)
        return row is not None and unit.target in (row.text, self.stored(row))

    def stored(self, row: SegmentTranslation) -> str:
        """The words of a row as they go out."""
        return self.overrides.source_links(row.path, row.text)

    def changes(self, unit: Unit) -> bool:
        """Whether the unit's words are other words, or made from others, than those stored."""
        segment, row = self.segments[unit.path], self.rows.get(unit.path)
        if row is None or row.text != self.words(unit):
            return True
        return not unit.fuzzy and row.source_hash != segment.hash

    def words(self, unit: Unit) -> str:
        """The unit's words as they would be stored."""
        return self.overrides.own_links(unit.path, self.cleaned(unit))

    def cleaned(self, unit: Unit) -> str:
        """The same with its own links; a tool may have lost which kind of text the unit is."""
        return clean_words(unit.target, inline=self.segments[unit.path].inline)

    def has_better(self, unit: Unit) -> bool:
        """Whether what is stored is finished, or newer, where the file has a draft."""
        row = self.rows.get(unit.path)
        if row is None or not self.changes(unit):
            return False
        current = row.source_hash == self.segments[unit.path].hash
        from_older = unit.fuzzy and bool(unit.previous_source)
        return current and (row.state != Stored.DRAFT or from_older)

    def why_outdated(self, unit: Unit) -> str:
        """
        Why the words of a unit are older than what was done here, as a problem says it; empty when
        they are not. Words that came back as they went out were changed by nobody, and those that
        a file brought before are not new: where others are stored, they were written here since.
        """
        row = self.rows.get(unit.path)
        if row is None:
            taken_away = unit.path in self.emptied and unit.is_as_exported
            return "is as it was exported, and was emptied here since" if taken_away else ""
        differs = row.text != unit.target and row.text != self.words(unit)
        if differs and unit.is_as_exported:
            return "is as it was exported, and what is stored is newer"
        if self.is_older(unit.path):
            return "was made from older words than what is stored"
        if differs and self._came_before(unit, row):
            return "came in before, and what is stored is newer"
        return ""

    def _came_before(self, unit: Unit, row: SegmentTranslation) -> bool:
        """Whether a file brought these words last; not where what replaced them went out in it."""
        if not row.imported or row.imported != target_digest(self.cleaned(unit)):
            return False
        return unit.exported_digest != target_digest(self.stored(row))

    def is_checked(self, path: str) -> bool:
        """Whether somebody checked what is stored, and it is of this very source."""
        row = self.rows.get(path)
        return (
            row is not None
            and row.state == Stored.CHECKED
            and row.source_hash == self.segments[path].hash
        )

    def finishes(self, unit: Unit) -> bool:
        """
        Whether the unit says of a stored draft, word for word, that it is a translation; one that
        went out as a translation and came back as it was does not, for the doubt is newer.
        """
        row = self.rows.get(unit.path)
        if row is None or row.state != Stored.DRAFT or unit.is_untouched:
            return False
        return unit.state in (Stored.TRANSLATED, Stored.CHECKED) and not unit.fuzzy


@dataclass(slots=True)
class Verdict:
    """
    The units of a file, told apart; `fuzzy` are those of the fuzzy ones that are left out. Why one
    is outdated say the `reasons`, by path. `refused_units` are those whose place is known. Of the
    refused ones `foreign` are in another language.
    """

    taken: list[Unit] = field(default_factory=list)
    fuzzy: list[Unit] = field(default_factory=list)
    untranslated: list[Unit] = field(default_factory=list)
    outdated: list[Unit] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    refused: list[Problem] = field(default_factory=list)
    refused_units: list[Unit] = field(default_factory=list)
    foreign: int = 0

    @property
    def is_foreign(self) -> bool:
        """
        Whether the file as a whole is in another language: so are more of its words than are taken.
        Its short texts, which no check can tell, are then no better.
        """
        return self.foreign >= FEWEST_FOREIGN and self.foreign > len(self.taken)


def is_draft(unit: Unit) -> bool:
    return unit.fuzzy or unit.state == Stored.DRAFT


def has_words(unit: Unit) -> bool:
    """Tools put the source where nothing is translated yet, and say that it is not done."""
    copied = is_draft(unit) and unit.target == unit.source
    return not copied and says_something(unit.target)


def judge(file: TranslationFile, name: str, known: Known, examiner: Examiner) -> Verdict:
    """Every unit of `file` in one of the lists."""
    verdict = Verdict()
    for unit in file.units:
        reason = _place_problem(file, unit, known, name) or _length_problem(unit, known)
        if not reason and has_words(unit):
            place, reason = _place_of_words(unit, verdict, known, examiner, name)
        else:
            place = verdict.fuzzy if unit.fuzzy else verdict.untranslated
        if reason:
            verdict.refused.append(Problem(name, unit.line or HEADER, reason, unit.path))
            if unit.path in known.segments:
                verdict.refused_units.append(unit)
        else:
            place.append(unit)
    return verdict


def _place_of_words(
    unit: Unit, verdict: Verdict, known: Known, examiner: Examiner, name: str
) -> tuple[list[Unit], str]:
    """The list for a unit that has words, or why it is refused."""
    outdated = known.why_outdated(unit)
    if outdated:
        verdict.reasons[unit.path] = outdated
        return verdict.outdated, ""
    if not (known.changes(unit) or known.finishes(unit)):
        return verdict.taken, ""
    reason = _code_problem(unit, known, examiner, name)
    if unit.fuzzy and reason:
        return verdict.fuzzy, ""  # broken codes in fuzzy words are the translator's business
    if reason:
        return verdict.taken, reason
    if is_draft(unit) and known.has_better(unit):
        called = "fuzzy" if unit.fuzzy else "a draft"
        verdict.reasons[unit.path] = f"is {called}, and what is stored is newer or finished"
        return verdict.outdated, ""
    failing = _failing(unit, known, examiner)
    verdict.foreign += any(result.finding.check in OF_THE_LANGUAGE for result in failing)
    return verdict.taken, "; ".join(map(_told, failing))


def _place_problem(file: TranslationFile, unit: Unit, known: Known, name: str) -> str:
    """Whether the Edition has these source words at this path."""
    edition, words = f"edition {file.source_edition}", words_for(name)
    segment = known.segments.get(unit.path)
    if segment is None:
        return f"{edition} of the leaflet has no text at {unit.path!r} ({words.path})"
    if segment.text != unit.source:
        return (
            f"{words.source} is “{_short(unit.source)}”, and {edition} says "
            f"“{_short(segment.text)}” at {unit.path!r}; keep {words.source} as it was exported"
        )
    return ""


def _length_problem(unit: Unit, known: Known) -> str:
    """
    A file brings no more than may be typed: longer words could not be mended at the desk. It is
    asked before the words are looked at, which takes long in long ones.
    """
    texts = {"earlier source": unit.previous_source}
    if not known.has(unit):
        texts["translation"] = unit.target
    for what, text in texts.items():
        length = len(line_feeds(text))
        if length > MOST_CHARACTERS:
            return f"the {what} has {length} characters; at most {MOST_CHARACTERS} are taken"
    return ""


def _code_problem(unit: Unit, known: Known, examiner: Examiner, name: str) -> str:
    """What is wrong with the unit's codes, unless a checker took just these words as they are."""
    segment, languages = known.segments[unit.path], (examiner.source_locale, examiner.locale)
    reason = code_problem(segment, unit.target, words_for(name), languages)
    if reason and examiner.dismissal(CODES, segment, known.words(unit)):
        return ""
    return reason


def _failing(unit: Unit, known: Known, examiner: Examiner) -> list[Result]:
    """The blocking checks that words fail which are said to be finished."""
    if is_draft(unit):
        return []
    results = examiner.examine(known.segments[unit.path], known.words(unit))
    return [result for result in results if result.blocks]


def _told(result: Result) -> str:
    return f"fails the check “{result.finding.check}”: {result.finding.message}"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def left_out(verdict: Verdict, name: str) -> Iterator[Problem]:
    """Why words that stand in the file were not taken, unit by unit."""
    for unit in verdict.fuzzy:
        if has_words(unit):
            reason = f"{unit.path!r} is fuzzy, and its codes are broken, so it was left out"
            yield Problem(name, unit.line or HEADER, reason, unit.path)
    for unit in verdict.outdated:
        reason = f"{unit.path!r} {verdict.reasons[unit.path]}"
        yield Problem(name, unit.line or HEADER, reason, unit.path)


def outcomes(
    file: TranslationFile, name: str, verdict: Verdict, stored: Collection[str], known: Known
) -> Iterator[Outcome]:
    """What becomes of each unit, in the order of the file; `stored` are paths of those taken."""
    reasons = {path: "replaces a checked translation" for path in stored if known.is_checked(path)}
    reasons |= {
        problem.unit: problem.reason for problem in (*verdict.refused, *left_out(verdict, name))
    }
    fates = {problem.unit: Fate.REFUSED for problem in verdict.refused}
    for fate, units in (
        (Fate.FUZZY, verdict.fuzzy),
        (Fate.UNTRANSLATED, verdict.untranslated),
        (Fate.OUTDATED, verdict.outdated),
    ):
        fates |= {unit.path: fate for unit in units}
    for unit in file.units:
        taken = Fate.STORED if unit.path in stored else Fate.UNCHANGED
        reason = reasons.get(unit.path, "")
        yield Outcome(unit.path, unit.line or HEADER, fates.get(unit.path, taken), reason)
