"""The section on channels: from measurements to Markdown, and what was missed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MARKS = (
    "<!-- begin: channels, written by `make bench` -->",
    "<!-- end: channels, written by `make bench` -->",
)
#: How many times as many PDFs as WeasyPrint.
TARGET = 10
#: A file more or less in a cache is no growth; ten times the leaflets in memory would be.
FLAT = 1.15

#: Language → a second.
Rates = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle of so many leaflets: files in it, its size, how long it took, the most memory."""

    leaflets: int
    files: int
    seconds: float
    mib: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Forms:
    """All that was measured: each channel's rates, WeasyPrint's, and bundles of two sizes."""

    channels: Mapping[str, Rates]
    weasyprint: Rates
    bundles: Sequence[Bundle]


def page_part(facts: Mapping[str, str], forms: Forms) -> str:
    """Everything between the marks."""
    lines = [f"- {name}: {value}" for name, value in facts.items()]
    lines += ["", *channels_table(forms), "", *paper_table(forms), "", *bundles_table(forms)]
    return "\n".join(lines).strip() + "\n"


def channels_table(forms: Forms) -> Iterator[str]:
    yield "| Channel | English, a second | Arabic, a second |"
    yield "|---|--:|--:|"
    for name, rates in forms.channels.items():
        yield f"| {name} | {_rate(rates['en'])} | {_rate(rates['ar'])} |"


def paper_table(forms: Forms) -> Iterator[str]:
    yield "| The same leaflet as PDF | Ours (Typst), ms | WeasyPrint, ms | Ours ÷ theirs | Target |"
    yield "|---|--:|--:|--:|--:|"
    names = {"en": "English", "ar": "Arabic"}
    for locale, name in names.items():
        ours, theirs = forms.channels["pdf"][locale], forms.weasyprint[locale]
        cells = [name, f"{1000 / ours:.0f}", f"{1000 / theirs:.0f}"]
        yield f"| {' | '.join(cells)} | **{ours / theirs:.1f} ×** | ≥ {TARGET} × |"


def bundles_table(forms: Forms) -> Iterator[str]:
    yield "| Bundle, five languages, three forms | files | seconds | MiB | peak MiB |"
    yield "|---|--:|--:|--:|--:|"
    for one in forms.bundles:
        cells = [f"{one.files:,}", f"{one.seconds:.1f}", f"{one.mib:.1f}", f"{one.peak_mib:.0f}"]
        yield f"| {one.leaflets:,} leaflets | {' | '.join(cells)} |"


def missed(forms: Forms) -> list[str]:
    """What was promised and not reached, each as a sentence."""
    return [*_too_slow(forms), *_growing(forms.bundles)]


def _too_slow(forms: Forms) -> Iterator[str]:
    for locale, ours in forms.channels["pdf"].items():
        times = ours / forms.weasyprint[locale]
        if times < TARGET:
            yield f"PDF in {locale}: {times:.1f} ×, and {TARGET} × is the target"


def _growing(bundles: Sequence[Bundle]) -> Iterator[str]:
    small, large = bundles
    if large.peak_mib > small.peak_mib * FLAT:
        yield (
            f"bundle: {large.peak_mib:.0f} MiB for {large.leaflets:,} leaflets, "
            f"and {small.peak_mib:.0f} for {small.leaflets:,}"
        )


def _rate(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"
