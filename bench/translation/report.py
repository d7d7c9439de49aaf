"""The section on translation work: from measurements to Markdown, and what was missed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.translation.acts import Act

MARKS = (
    "<!-- begin: translation work, written by `make bench` -->",
    "<!-- end: translation work, written by `make bench` -->",
)
TITLES = {
    "send": "Sending one leaflet to three languages",
    "export": "PO export, one language",
    "store": "PO import, three languages, nothing checked",
    "import": "PO import, three languages, every text checked",
    "publish": "Publishing one language",
}
TARGETS = {"send": 5, "store": 5, "import": 5}
#: A file more or less in a cache is no growth; four times the leaflets in memory would be.
FLAT = 1.15
#: An act on twice the segments may ask a few questions more (batches), but none for each.
FEW = 20
#: What a page of the admin may ask, whatever it shows.
MOST_FOR_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Side:
    """One side's acts on a leaflet of so many segments."""

    segments: int
    acts: Mapping[str, Act]


@dataclass(frozen=True, slots=True)
class View:
    """One page of the admin, as it is asked for."""

    name: str
    milliseconds: float
    queries: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Files of one kind out or in: how many leaflets, how long it took, the most memory."""

    kind: str
    direction: str
    leaflets: int
    files: int
    seconds: float
    peak_mib: float

    @property
    def per_second(self) -> float:
        return self.leaflets / self.seconds


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides on one database, by its name and version."""

    database: str
    ours: Side
    theirs: Side


@dataclass(frozen=True, slots=True)
class Work:
    """All that was measured; the first `sides` are on the database of views and passages."""

    sides: Sequence[Sides]
    views: Sequence[View]
    passages: Sequence[Passage]


def page_part(facts: Mapping[str, str], work: Work) -> str:
    """Everything between the marks."""
    lines = [f"- {name}: {value}" for name, value in facts.items()]
    for sides in work.sides:
        lines += ["", f"{sides.database}:", "", *acts_table(sides)]
    lines += ["", *views_table(work.views), "", *files_table(work.passages)]
    return "\n".join(lines).strip() + "\n"


def acts_table(sides: Sides) -> Iterator[str]:
    ours, theirs = sides.ours, sides.theirs
    yield (
        f"| One leaflet of {ours.segments} segments (theirs: {theirs.segments}) | Ours, ms "
        "| queries | twice as long | wagtail-localize, ms | queries | twice as long "
        "| Faster | Target |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for name, title in TITLES.items():
        target = f"≥ {TARGETS[name]} ×" if name in TARGETS else "–"
        cells = [title, *_act(ours.acts[name]), *_act(theirs.acts[name])]
        yield f"| {' | '.join(cells)} | **{times_faster(sides, name):.1f} ×** | {target} |"


def _act(act: Act) -> list[str]:
    return [f"{act.milliseconds:.1f}", f"{act.queries:,}", f"{act.queries_long:,}"]


def views_table(views: Sequence[View]) -> Iterator[str]:
    yield "| Page of the admin | ms | queries |"
    yield "|---|--:|--:|"
    for view in views:
        yield f"| {view.name} | {view.milliseconds:.0f} | {view.queries} |"


def files_table(passages: Sequence[Passage]) -> Iterator[str]:
    """A row a kind and direction; the small number first, then all."""
    pairs = list(zip(passages[::2], passages[1::2], strict=True))
    if not pairs:
        return
    few, all_of_them = pairs[0]
    yield (
        f"| Files, four for each leaflet | {few.leaflets:,} leaflets, a second | peak MiB "
        f"| {all_of_them.leaflets:,} leaflets, a second | peak MiB |"
    )
    yield "|---|--:|--:|--:|--:|"
    for small, large in pairs:
        cells = [cell for one in (small, large) for cell in _passage(one)]
        yield f"| {small.direction} {small.kind} | {' | '.join(cells)} |"


def _passage(passage: Passage) -> list[str]:
    return [f"{passage.per_second:.1f}", f"{passage.peak_mib:.0f}"]


def times_faster(sides: Sides, name: str) -> float:
    return sides.theirs.acts[name].milliseconds / sides.ours.acts[name].milliseconds


def missed(work: Work) -> list[str]:
    """What was promised and not reached, each as a sentence."""
    of_acts = [
        f"{sides.database}: {sentence}"
        for sides in work.sides
        for sentence in (*_too_slow(sides), *_growing_queries(sides))
    ]
    return [*of_acts, *_asking_too_much(work.views), *_growing_memory(work.passages)]


def _too_slow(sides: Sides) -> Iterator[str]:
    for name, target in TARGETS.items():
        times = times_faster(sides, name)
        if times < target:
            yield f"{TITLES[name]}: {times:.1f} ×, and {target} × is the target"


def _growing_queries(sides: Sides) -> Iterator[str]:
    for name, act in sides.ours.acts.items():
        if act.queries_long - act.queries > FEW:
            yield f"{TITLES[name]}: {act.queries} queries, and {act.queries_long} for twice as long"


def _asking_too_much(views: Sequence[View]) -> Iterator[str]:
    for view in views:
        if view.queries > MOST_FOR_A_PAGE:
            yield f"{view.name}: {view.queries} queries, and {MOST_FOR_A_PAGE} are the most"


def _growing_memory(passages: Sequence[Passage]) -> Iterator[str]:
    for small, large in zip(passages[::2], passages[1::2], strict=True):
        if large.peak_mib > small.peak_mib * FLAT:
            yield (
                f"{small.direction} {small.kind}: {large.peak_mib:.0f} MiB for "
                f"{large.leaflets:,} leaflets, and {small.peak_mib:.0f} for {small.leaflets:,}"
            )
