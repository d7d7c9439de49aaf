"""The table: from summaries to Markdown, and into the page between its markers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.summary import Summary

BEGIN = "<!-- begin: written by `make bench` -->"
END = "<!-- end: written by `make bench` -->"
MARKS = (BEGIN, END)
HEAD = (
    "| Read | Ours, a second | p50 ms | p99 ms | Wagtail v3, a second | p50 ms | p99 ms "
    "| Ours ÷ Wagtail | Target |"
)
#: Runs of one case that are further apart than this say more about the machine than about us.
STEADY = 0.25
RULE = "|---|--:|--:|--:|--:|--:|--:|--:|--:|"


class NoMarkers(ValueError):
    """The page has no place for the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One read: the names of the cases compared, and how many times faster ours is to be."""

    title: str
    ours: str
    peer: str = ""
    target: int = 0


ROWS = (
    Row("One leaflet, whole", "ours/detail", "wagtail/detail", target=20),
    Row("One leaflet; Wagtail's as it comes, no words", "ours/detail", "wagtail-plain/detail"),
    Row("List of 20", "ours/list", "wagtail/list", target=10),
    Row("One leaflet, unchanged (304)", "ours/unchanged"),
)


#: How much more a read with a key may cost than the same read by anybody.
KEYED_TARGET = 1.3
#: The reads with a key: name of the case, what the table calls it.
KEYED = (
    ("own key", "With the clinic's own key"),
    ("licence", "With a few licences' keys"),
    ("each licence", "Each with the next licence's key"),
)
KEYED_HEAD = (
    "| Licences | Public, a second "
    + "".join(f"| {title} | Public ÷ that " for _read, title in KEYED)
    + "| Target |"
)


@dataclass(frozen=True, slots=True)
class Results:
    """
    What came of one database, by case name; `sizes` are mean lengths of bodies in bytes, `licences`
    among how many the reads with a key were measured.
    """

    database: str
    summaries: Mapping[str, Summary]
    sizes: Mapping[str, int]
    licences: tuple[int, ...] = ()


def among(licences: int) -> str:
    """The end of a case's name, for reads with a key among so many licences."""
    return f" of {licences}"


def keyed_ratios(results: Results, licences: int) -> dict[str, float]:
    """How many times a public read one with a key costs, by the name of its case."""
    rates = {
        read: summary.per_second
        for read in ("public", *(read for read, _title in KEYED))
        if (summary := results.summaries.get(f"ours/{read}{among(licences)}"))
    }
    return {read: rates["public"] / rate for read, rate in rates.items() if read != "public"}


def keyed_table(results: Results) -> list[str]:
    """Reads with a key beside the same by anybody, among few licences and among many."""
    lines = [KEYED_HEAD, "|--:|--:|" + "--:|--:|" * len(KEYED) + "--:|"]
    for licences in results.licences:
        ratios = keyed_ratios(results, licences)

        def rate(read: str, licences: int = licences) -> str:
            return _count(results.summaries[f"ours/{read}{among(licences)}"].per_second)

        cells = [f"{licences:,}", rate("public")]
        for read, _title in KEYED:
            there = read in ratios
            cells += [rate(read), f"**{ratios[read]:.2f} ×**"] if there else ["–", "–"]
        lines.append(f"| {' | '.join(cells)} | ≤ {KEYED_TARGET} × |")
    return lines


def ratio(results: Results, row: Row) -> float | None:
    """How many times faster ours is; None where there is nothing to compare with."""
    if not row.peer:
        return None
    summaries = results.summaries
    return summaries[row.ours].per_second / summaries[row.peer].per_second


def table(results: Results) -> list[str]:
    """One database's part, as lines of Markdown."""
    lines = [f"### {results.database}", "", HEAD, RULE]
    for row in ROWS:
        times = ratio(results, row)
        cells = [
            row.title,
            *_numbers(results.summaries[row.ours]),
            *(_numbers(results.summaries[row.peer]) if row.peer else ["–"] * 3),
            "–" if times is None else f"**{times:.1f} ×**",
            f"≥ {row.target} ×" if row.target else "–",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    empty = results.summaries["empty/empty"]
    rate, p50, p99 = _numbers(empty)
    widest = max(summary.spread for summary in results.summaries.values())
    sizes = ", ".join(f"{name} {_count(size)}" for name, size in results.sizes.items() if size)
    lines += [
        "",
        f"- An empty WSGI application under the same server: {rate} a second, p50 {p50} ms, "
        f"p99 {p99} ms. One leaflet is {_share(results, 'ours/detail')} of that, "
        f"a list {_share(results, 'ours/list')}, a 304 {_share(results, 'ours/unchanged')}.",
        f"- Mean length of an answer in bytes: {sizes}.",
        f"- Widest distance between two runs of one case: {widest:.0%} of its median."
        + (" The machine was busy: measure again." if widest > STEADY else ""),
    ]
    return lines


def _share(results: Results, name: str) -> str:
    empty = results.summaries["empty/empty"].per_second
    return f"{results.summaries[name].per_second / empty:.0%}"


def _numbers(summary: Summary) -> list[str]:
    return [_count(summary.per_second), f"{summary.p50:.2f}", f"{summary.p99:.2f}"]


def _count(number: float) -> str:
    return f"{number:,.0f}"


def missed(all_results: Sequence[Results]) -> list[str]:
    """Targets that were not reached, each as a sentence."""
    return [
        f"{results.database}: {row.title}: {times:.1f} ×, and {row.target} × is the target"
        for results in all_results
        for row in ROWS
        if row.target and (times := ratio(results, row)) is not None and times < row.target
    ] + [
        f"{results.database}: {title.lower()}, among {licences:,} licences: "
        f"{times:.2f} times a public read, and {KEYED_TARGET} is the target"
        for results in all_results
        for licences in results.licences
        for read, title in KEYED
        if (times := keyed_ratios(results, licences).get(read, 0.0)) > KEYED_TARGET
    ]


def page_part(facts: Mapping[str, str], all_results: Sequence[Results]) -> str:
    """Everything between the markers."""
    lines = [f"- {name}: {value}" for name, value in facts.items()]
    for results in all_results:
        lines += ["", *table(results)]
        if results.licences:
            lines += ["", *keyed_table(results)]
    return "\n".join(lines).strip() + "\n"


def write(path: Path, part: str, marks: tuple[str, str] = MARKS) -> None:
    """Puts `part` between two marks of the page; the prose around them is kept."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(marks[0])
    _old, end, after = rest.partition(marks[1])
    if not (begin and end):
        raise NoMarkers(f"{path} needs the lines {marks[0]} and {marks[1]}")
    path.write_text(f"{before}{begin}\n\n{part}\n{end}{after}", encoding="utf-8")
