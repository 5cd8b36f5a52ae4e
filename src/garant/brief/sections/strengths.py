"""Forces now and over time: a table of what holds, and a chart for each regime."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from garant.brief.bandchart import Panel, panels, svg_of
from garant.brief.content import Block, Cell, Figure, Heading, Paragraph, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import current, day_text, force_name, phrases, strength, told_for
from garant.forces import Band, Force, Point, force_of
from garant.forces.foreign import silent

#: Panels in one figure: more do not fit on a page.
_PANELS = 7
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
        if listed:
            rows = [_row(n, evidence, notes) for n in listed]
            section.blocks.append(table(_HEADS, rows, _WIDTHS, title=f"On {day_text(day)}: {title}"))
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
