"""Check results of stored translations, with the site's levels and people's dismissals applied."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from patientinfo.conf import get_setting
from patientinfo.formats.segments import Segment, source_hash
from patientinfo.leaflets.snippets import Contact, RightsHolder
from patientinfo.translation.checks import CHECKS, Context, Finding, run_checks
from patientinfo.translation.checks.scripts import scripts_of_language
from patientinfo.translation.desk_models import FindingDismissal
from patientinfo.translation.glossary import TermIndex
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.overrides import Overrides

BLOCKING, ADVISORY, OFF = LEVELS = ("blocking", "advisory", "off")
#: What can be said of words that have nothing to be compared with.
OF_THE_WORDS = frozenset({"script", "language", "forbidden_characters", "doubled_words"})


@dataclass(frozen=True, slots=True)
class Result:
    """One finding in one segment, as the desk shows it."""

    finding: Finding
    level: str
    dismissed: str = ""  # the reason, when a checker has dismissed it

    @property
    def blocks(self) -> bool:
        return self.level == BLOCKING and not self.dismissed


def level_of(check: str) -> str:
    """`blocking`, `advisory` or `off`: the site's setting, else the check's own default."""
    chosen = get_setting("CHECK_LEVELS").get(check)
    if chosen in LEVELS:
        return str(chosen)
    return BLOCKING if CHECKS[check].blocking_default else ADVISORY


class Examiner:
    """
    Examines the rows of one leaflet and language; loads dismissals and terms once, and says of the
    same words again what it has found in them. For one act: it does not hear of later dismissals.
    `overrides` are those that the act has loaded already.
    """

    def __init__(
        self, key: uuid.UUID, source_locale: str, locale: str, overrides: Overrides | None = None
    ) -> None:
        self.source_locale, self.locale = source_locale, locale
        self.terms = TermIndex.load(source_locale, locale)
        self.clinics = _names_of_clinics(source_locale, locale)
        self.names = [name for name in CHECKS if level_of(name) != OFF]
        self.overrides = overrides or Overrides.load(key, locale)
        dismissals = FindingDismissal.objects.filter(key=key, locale=locale)
        columns = ("path", "check_name", "source_hash", "target_hash", "reason")
        self.dismissed: dict[tuple[str, str, str, str], str] = {
            (path, check, source, target): reason
            for path, check, source, target, reason in dismissals.values_list(*columns)
        }
        self._known: dict[tuple[str, str, bool, str], list[Result]] = {}

    def examine(self, segment: Segment, text: str) -> list[Result]:
        """
        Findings in one translation, blocking ones first; nothing for an empty text. An address that
        this language has of its own is no finding, and words of a picture of its own are not
        compared with those of the source's.
        """
        if not text:
            return []
        words = (segment.path, segment.text, segment.inline, text)
        known = self._known.get(words)
        if known is None:
            known = self._known[words] = self._examine(segment, text)
        return known

    def _examine(self, segment: Segment, text: str) -> list[Result]:
        names = self.names
        if self.overrides.describes_own_picture(segment.path):
            names = [name for name in names if name in OF_THE_WORDS]
        context = Context(
            source=segment.text,
            target=self.overrides.source_links(segment.path, text),
            source_locale=self.source_locale,
            locale=self.locale,
            inline=segment.inline,
            glossary=self.terms.in_text(segment.text),
            do_not_translate=self.terms.kept_in(segment.text),
            names=self.clinics,
        )
        found = run_checks(context, only=names)
        if not found:
            return []
        results = [
            Result(finding, level_of(finding.check), self.dismissal(finding.check, segment, text))
            for finding in found
        ]
        return sorted(results, key=lambda result: not result.blocks)

    def dismissal(self, check: str, segment: Segment, text: str) -> str:
        """Why a checker dismissed what the check says of just these words; empty if nobody did."""
        return self.dismissed.get((segment.path, check, segment.hash, source_hash(text)), "")


def _names_of_clinics(source_locale: str, locale: str) -> tuple[str, ...]:
    """
    Names of clinics and contacts, which another script may leave as they are. One query, and none
    between languages of one script.
    """
    if scripts_of_language(source_locale) == scripts_of_language(locale):
        return ()
    of = {"locale__language_code__in": (source_locale, locale)}
    holders = RightsHolder.objects.filter(**of).order_by().values_list("name", flat=True)
    contacts = Contact.objects.filter(**of).order_by().values_list("name", flat=True)
    return tuple(sorted(holders.union(contacts), key=len, reverse=True))


def examine_rows(
    examiner: Examiner, segments: Mapping[str, Segment], rows: Iterable[SegmentTranslation]
) -> dict[str, list[Result]]:
    """Findings by path, for rows made from the words that the source has now."""
    found: dict[str, list[Result]] = defaultdict(list)
    for row in rows:
        segment = segments.get(row.path)
        if segment is not None:
            found[row.path] = examiner.examine(segment, row.text)
    return found
