"""Forces now and over time: a table of what holds, and a chart for each regime."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from garant.brief.bandchart import Panel, panels, svg_of
from garant.brief.content import Block, Cell, Figure, Heading, Paragraph, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import current, day_text, force_name, phrases, strength, told_for
from garant.claims.wording import number
from garant.forces import Band, Force, Point, force_of
from garant.forces.foreign import silent

#: Panels in one figure: more do not fit on a page.
_PANELS = 7
#: Contingents counted by one dataset that are printed in full, the largest: the rest stands behind them.
_CONTINGENTS = 12
_HEADS = ("Force", "Strength", "Told for")
_WIDTHS = (7, 8, 4)
_Now = tuple[Force, str, str, Point]


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """What holds at the date, the newest first, then the bands over time by regime."""
    day = evidence.clocks.as_of_day
    here = [b for b in evidence.bands if evidence.home(b.series.force.host)]
    now: list[_Now] = []
    gone: list[tuple[Force, Point]] = []
    for force in sorted({b.series.force for b in here}):
        bands = [b for b in here if b.series.force == force]
        holding = current(bands, day)
        now += [(force, personnel, reading, point) for personnel, reading, point in holding]
        last = _last(bands, day)
        if not holding and last is not None:
            gone.append((force, last))
    now.sort(key=lambda n: (-(n[3].counted or n[3].start), n[0], n[1]))
    fresh = [n for n in now if not n[3].stale]
    unheard = silent(here, day)
    quiet = [n for n in now if n[0] in unheard]
    old = [n for n in now if n[3].stale and n[0] not in unheard]
    for title, listed in (("told within the last half year", fresh), ("told longer ago, and nobody says since", old)):
        section.blocks += _held(listed, f"On {day_text(day)}: {title}", evidence, notes)
    leaving = {force_of(f) for f in evidence.told if f.type == "withdrawal"}
    for words, listed in (
        ("Said to be leaving, and no source here tells the end of it: ", [n for n in quiet if n[0] in leaving]),
        (
            "Nothing has been told for over three years of these, and no source here says that they left: ",
            [n for n in quiet if n[0] not in leaving],
        ),
    ):
        if listed:
            section.say(words, *_listed(((n[0], n[3]) for n in listed), evidence, notes), ".")
    if gone:
        section.say("Said to have ended or left: ", *_listed(gone, evidence, notes, ended=True), ".")
    section.blocks += over_time(here, evidence, notes)


def _held(listed: Sequence[_Now], title: str, evidence: Evidence, notes: Footnotes) -> Iterator[Block]:
    """A table of what holds; contingents whose numbers all come from one dataset, where they are many, in one of their
    own, the largest first and the rest behind them."""
    counted: dict[str, dict[Force, list[_Now]]] = defaultdict(lambda: defaultdict(list))
    for now in listed:
        sources = {evidence.series[c].source if c in evidence.series else "" for c in now[3].claims}
        if len(sources) == 1 and "" not in sources:
            counted[sources.pop()][now[0]].append(now)
    apart = {source: forces for source, forces in counted.items() if len(forces) > _CONTINGENTS}
    folded = {id(now) for forces in apart.values() for told in forces.values() for now in told}
    rows = [_row(now, evidence, notes) for now in listed if id(now) not in folded]
    if rows:
        yield table(_HEADS, rows, _WIDTHS, title=title)
    for source, forces in apart.items():
        ordered = sorted(forces.values(), key=lambda told: (-_most(told), told[0][0]))
        lines = [_contingent(told, evidence, notes) for told in ordered]
        rest = [int(_most(told)) for told in ordered[_CONTINGENTS:]]
        said = f"{len(rest)} more, of {number(min(rest))} to {number(max(rest))} people each"
        of_source = f"{title}, as {evidence.sources[source].publisher} counts them ({source})"
        yield table(_HEADS, lines, _WIDTHS, title=of_source, shown=_CONTINGENTS, rest=said)


def _newest(told: Sequence[_Now]) -> list[_Now]:
    """What is told of a force for the latest day; a kind that was counted last before that is gone, or not counted."""
    last = max(point.counted or point.start for _, _, _, point in told)
    return [now for now in told if (now[3].counted or now[3].start) == last]


def _most(told: Sequence[_Now]) -> float:
    return max(point.high or point.low or 0 for _, _, _, point in _newest(told))


def _contingent(told: Sequence[_Now], evidence: Evidence, notes: Footnotes) -> tuple[Cell, ...]:
    """One force in one row: all in uniform first, then the kinds by size, at last those counted only earlier."""
    newest = _newest(told)
    ordered = sorted(told, key=lambda n: (n not in newest, n[1] != "all_uniformed", -(n[3].high or n[3].low or 0)))
    runs: list[Text] = []
    for at, now in enumerate(ordered):
        _, personnel, reading, point = now
        joint = "" if at == 0 else ": " if at == 1 and ordered[0][1] == "all_uniformed" else ", "
        if now not in newest:
            joint = "; last told of before: " if ordered[at - 1] in newest else ", "
        runs.append(Text(joint + strength(point, personnel)))
        early = "" if now in newest else f" ({told_for(point, evidence)})"
        if early or reading:
            runs.append(Text(f"{early}{f' if {reading}' if reading else ''}", style="soft"))
    runs.append(Text("", notes.of(c for now in ordered for c in now[3].claims)))
    return cell(force_name(newest[0][0], evidence)), tuple(runs), cell(told_for(newest[0][3], evidence))


def over_time(bands: Iterable[Band], evidence: Evidence, notes: Footnotes, where: str = "") -> list[Block]:
    """Charts of the bands by regime, each with its heading; `where` names the host in it."""
    (drawn, more), blocks = panels(bands, evidence, notes), list[Block]()
    for regime, title in phrases()["regimes_of"].items():
        mine = [p for p in drawn if p.regime == regime]
        if mine:
            blocks.append(Heading(f"Over time{where}, {title}"))
            parts = [mine[at : at + _PANELS] for at in range(0, len(mine), _PANELS)]
            blocks += [_figure(part, evidence.charts) for part in parts]
            if regime in more:
                told = f"{more[regime]} more series, of which less is told, are not drawn; garant forces lists them."
                blocks.append(Paragraph((Text(told, style="soft"),), "note"))
    return blocks


def _row(now: _Now, evidence: Evidence, notes: Footnotes) -> tuple[Cell, ...]:
    force, personnel, reading, point = now
    return (
        cell(force_name(force, evidence)),
        cell(
            Text(strength(point, personnel), notes.of(point.claims[:4])),
            Text(f" if {reading}" if reading else "", style="soft"),
        ),
        cell(told_for(point, evidence)),
    )


def _last(bands: Iterable[Band], day: int) -> Point | None:
    points = [p for b in bands for p in b.points if p.start <= day]
    return max(points, key=lambda p: p.start, default=None)


def _listed(
    told: Iterable[tuple[Force, Point]], evidence: Evidence, notes: Footnotes, *, ended: bool = False
) -> list[Text]:
    runs: dict[Force, Text] = {}
    for force, point in told:
        if force in runs:
            continue
        when = day_text(point.start if ended else point.counted)
        words = f"{'; ' if runs else ''}{force_name(force, evidence)} ({when})"
        runs[force] = Text(words, notes.of(point.claims[:3]))
    return list(runs.values())


def _figure(part: list[Panel], keep: Path | None) -> Figure:
    return Figure(
        svg_of(part, keep),
        cell(
            "Grey: the band of what claims allow; fainter where its number is older than half a year. Dots: strengths "
            "as claimed; triangles: arrivals and departures. Each hypothesis has a line of its own where sources "
            "dispute a size. Claims: ",
            *(run for panel in part for run in (Text(panel.title, panel.notes), Text("  "))),
        ),
    )
