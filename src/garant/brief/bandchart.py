"""Bands over time: one panel for each series of a force, hypotheses as separate lines, claims as marks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from garant.brief.drawn import kept
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.claims.period import AFTER_ALL_DAYS
from garant.forces import Band, Point, Series
from garant.forces.history import personnel_of
from garant.reconcile import Fact
from garant.version import __version__

#: Numbers from which on a series is drawn; one alone stands in the table.
LEAST = 2
#: Series drawn of one regime, those of which most is told: a loaded table of contributions has hundreds.
MOST = 28
#: Types whose numbers are marks of a panel.
_MARKED = {"force_strength": "strength", "deployment": "arrival", "withdrawal": "departure"}


@dataclass(frozen=True, slots=True)
class Panel:
    """One series to be drawn: `steps` are bands by hypothesis (0, 1, …), `marks` the claims that give a number.

    A step is {start, end, low, high, line}, persons from one ISO day to another; a mark {start, end, low, high, what}.
    """

    title: str
    regime: str
    steps: tuple[dict[str, Any], ...]
    marks: tuple[dict[str, Any], ...]
    notes: tuple[int, ...]


def panels(bands: Iterable[Band], evidence: Evidence, notes: Footnotes) -> tuple[list[Panel], dict[str, int]]:
    """A panel for each series of which several numbers are told, those of which most is told first; at most MOST of a
    regime. Second: how many more of a regime there are, which are not drawn and whose claims are not cited."""
    by_series: dict[Series, list[Band]] = defaultdict(list)
    for band in bands:
        by_series[band.series].append(band)
    until = evidence.clocks.as_of_day
    found = []
    for series, rivals in by_series.items():
        steps = tuple(s for line, band in enumerate(rivals) for s in _steps(band.points, line, until))
        claims = dict.fromkeys(c for band in rivals for p in band.points for c in p.claims)
        told = [evidence.facts[c] for c in claims if c in evidence.facts]
        marks = [(f, _mark(f)) for f in told if f.bounds is not None and personnel_of(f) == series.personnel]
        shown = [(f, m) for f, m in marks if m is not None]
        if len(shown) >= LEAST and steps:
            title = f"{evidence.name(series.force.provider)}, {series.personnel.replace('_', ' ')}"
            found.append((title, series.force.regime, steps, shown))
    made, seen = [], Counter[str]()
    for title, regime, steps, shown in sorted(found, key=lambda f: (*_weight(f[3], evidence), f[0])):
        seen[regime] += 1
        if seen[regime] <= MOST:
            cited = notes.of(f.id for f, _ in shown)
            made.append(Panel(title, regime, steps, tuple(m for _, m in shown), cited))
    return made, {regime: count - MOST for regime, count in seen.items() if count > MOST}


def _weight(shown: Sequence[tuple[Fact, dict[str, Any]]], evidence: Evidence) -> tuple[int, float]:
    """What is drawn first: of which most is told, a dataset's series counted once; of series the largest."""
    series = any(fact.id in evidence.series for fact, _ in shown)
    return -evidence.tellings(fact.id for fact, _ in shown), -max(m["high"] for _, m in shown) if series else 0


def _steps(points: Sequence[Point], line: int, until: int) -> Iterable[dict[str, Any]]:
    for point in points:
        end = min(point.end or until, until)
        if point.start > until or (not point.low and not point.high) or end <= point.start:
            continue
        low = point.low or 0
        yield {
            "start": _iso(point.start),
            "end": _iso(end),
            "low": low,
            "high": point.high if point.high is not None else low,
            "open": point.high is None,
            "line": line,
            "stale": point.stale,
        }


def _mark(fact: Fact) -> dict[str, Any] | None:
    if fact.type not in _MARKED or fact.unit != "people" or fact.span is None:
        return None
    low, high = fact.range
    high = low if high == float("inf") else high
    last = min(fact.at.last, fact.at.first + 366)
    return {
        "start": _iso(fact.at.first),
        "end": _iso(last),
        "low": low,
        "high": high,
        "what": _MARKED[fact.type],
    }


def svg_of(part: Sequence[Panel], keep: Path | None) -> str:
    """SVG text of some panels below each other; greys and shapes only."""

    def draw() -> str:
        from garant.brief.bandsvg import draw_svg  # Altair is slow to import, and only a new chart needs it

        return draw_svg(part)

    return kept([[asdict(panel) for panel in part], "bands", __version__], keep, draw)


def _iso(ordinal: int) -> str:
    return date.fromordinal(min(max(ordinal, 1), AFTER_ALL_DAYS - 1, date.max.toordinal())).isoformat()
