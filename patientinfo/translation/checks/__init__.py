"""
Checks: what a machine can say about a translation before a person signs it off.

A check is a pure function from a segment and its translation to findings; `registry.CHECKS` names
them all, with words for people, an example, and whether their findings block by default. Nothing
here knows models, settings or who dismissed what: the desk, the import of files and the sign-off
ask `run_checks` and decide. How numbers are read in nine languages is `formats.numbers`' business.

    run_checks(Context("1 to 2 days", "1 tot 3 dagen", "en", "nl", inline=True))

Findings speak the language of whoever reads them (their messages are lazy), and their spans count
characters of `plain_of(text, inline)`.
"""

from patientinfo.translation.checks.base import Check, Context, Finding, Term
from patientinfo.translation.checks.docs import docs_table
from patientinfo.translation.checks.reading import plain_of
from patientinfo.translation.checks.registry import CHECKS, run_checks

__all__ = ["CHECKS", "Check", "Context", "Finding", "Term", "docs_table", "plain_of", "run_checks"]
