"""The table of the documentation, made from the registry."""

from __future__ import annotations

from html import escape

from django.utils.translation import override

from patientinfo.translation.checks.base import Check, Context
from patientinfo.translation.checks.registry import CHECKS, run_checks


def docs_table() -> str:
    """A Markdown table of every check, in English, with what it says of its example."""
    with override("en"):
        rows = [_row(check) for check in CHECKS.values()]
    head = "| Check | By default | What it catches | Example | What it says |"
    return "\n".join([head, "|---|---|---|---|---|", *rows, ""])


def _row(check: Check) -> str:
    default = "blocking" if check.blocking_default else "advisory"
    said = next(str(found.message) for found in run_checks(check.example, {check.name}))
    cells = (
        f"{check.label} (`{check.name}`)",
        default,
        str(check.help),
        _shown(check.example),
        escape(said, quote=False),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _shown(context: Context) -> str:
    """Source and translation; what can not be seen is spelt out."""
    target = context.target.replace("\u200b", "[U+200B]")
    return f"`{context.source}` → {context.locale} `{target}`"
