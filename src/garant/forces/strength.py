"""Strength: what claims say of one force's size over time, as a band that never averages.

Rule (DESIGN, contract of `forces`): at a date the band is the least and most of the stocks that cover it, else of the
latest earlier ones. Without a stock it is the force's first inflow where its start is claimed, else unknown. Each later
inflow adds [0, high], because it may be a rotation; each outflow takes [0, high] away, never below nothing. An
inflow of unstated size makes the strength unknown until the next stock; so does nothing else. What is told by several
claims of one event happens once. The strength of a part of the force bounds the force from below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, Literal

from garant.claims.definitions import read_yaml
from garant.claims.period import AFTER_ALL_DAYS

Bound = float | None


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told of a force's size: counted (`stock`), a part of it counted (`part`), arrived (`inflow`), gone
    (`outflow`, all of it: `end`), only there (`start`), or spoken of as there (`seen`: it proves no presence).

    `first` and `last` are the ordinal days it covers or falls on, `low` and `high` its number (both None: not stated;
    `high` None: "at least"); `claims` all claims that tell it. A number taken over from another force was `counted` on
    an earlier day.
    """

    what: Literal["stock", "part", "inflow", "outflow", "end", "start", "seen"]
    first: int
    last: int
    low: Bound
    high: Bound
    claims: tuple[str, ...]
    counted: int | None = None

    @property
    def number_of(self) -> int:
        """The day its number is of: `counted` where that is not the day on which it happened."""
        return self.last if self.counted is None else self.counted


@dataclass(frozen=True, slots=True)
class Point:
    """The band from one day (inclusive) to another (exclusive; None: open). Both bounds None: strength unknown;
    `high` None beside a `low`: at least. `seen` is the last day on which anybody tells of the force by then, `counted`
    that of the newest number behind the band (where the strength is unknown: `seen`); `stale` says that `counted` was
    long ago."""

    start: int
    end: int | None
    low: Bound
    high: Bound
    stale: bool
    claims: tuple[str, ...]
    counted: int | None = None
    seen: int | None = None


@dataclass(slots=True)
class _State:
    """What holds at the moment while a history is walked through."""

    low: Bound = None
    high: Bound = None
    known: bool = False
    claims: list[str] = field(default_factory=list)
    counted: int | None = None  # last day that the newest stock covers
    sized: int | None = None  # last day of the newest number behind the band
    seen: int | None = None  # last day on which anybody tells of the force
    present: bool = False


def band(history: Iterable[Told]) -> list[Point]:
    """Points of the band over time, each as long as nothing changes; empty where nothing is told.

    >>> strength, arrival = Told("stock", 10, 10, 900, 1000, ("a",)), Told("inflow", 20, 20, 400, 400, ("b",))
    >>> [(p.low, p.high) for p in band([strength, arrival])]
    [(900, 1000), (900, 1400), (900, 1400)]
    """
    told = sorted(history, key=lambda t: (t.first, _ORDER[t.what], t.last, -(t.high or 0), -(t.low or 0), t.claims))
    begun = min((t.first for t in told if t.what not in ("end", "seen")), default=None)
    told = [t for t in told if begun is not None and t.first >= begun]  # an end of what nobody has told of is no end
    ends = [t.first for t in told if t.what == "end"]
    stocks = [_until_an_end(t, ends) for t in told if t.what == "stock"]
    days = _days(told, stocks)
    happening: dict[int, list[Told]] = {}
    for event in told:
        if event.what != "stock":
            happening.setdefault(event.first, []).append(event)
    points: list[Point] = []
    state = _State()
    waiting, covering = stocks[::-1], list[Told]()
    for at, day in enumerate(days):
        for event in happening.get(day, ()):
            _happen(event, state)
        while waiting and waiting[-1].first <= day:  # they come in order of their first day
            covering.append(waiting.pop())
        if covering:
            covering = [s for s in covering if s.last >= day]
            _take_stock(covering, state)
        end = days[at + 1] if at + 1 < len(days) else None
        if not state.present:
            if points:
                points[-1] = replace(points[-1], end=end)  # gone, until it is told of again
            continue
        told_of = state.sized if state.known else state.seen
        stale = told_of is not None and day - told_of >= rules()["stale_days"]
        point = Point(day, end, state.low, state.high, stale, tuple(dict.fromkeys(state.claims)), told_of, state.seen)
        if points and _same(points[-1], point):
            held = points[-1]  # written out: `replace` takes several times as long
            points[-1] = Point(held.start, end, held.low, held.high, held.stale, held.claims, held.counted, point.seen)
        else:
            points.append(point)
        if state.low == state.high == 0:
            state.present = False
    return points


#: On one day an end comes before what is new, and an arrival before what only says that somebody is there.
_ORDER = {"end": 0, "inflow": 1, "outflow": 2, "start": 3, "part": 4, "seen": 5, "stock": 6}


def _same(one: Point, other: Point) -> bool:
    return (one.low, one.high, one.stale, one.claims, one.end) == (
        other.low, other.high, other.stale, other.claims, other.start,
    )  # fmt: skip


def _days(told: Sequence[Told], stocks: Sequence[Told]) -> list[int]:
    """Days on which something changes: events, stocks beginning and ending to cover, and growing stale."""
    days = {t.first for t in told}
    days |= {s.last + 1 for s in stocks if s.last < AFTER_ALL_DAYS}
    numbers = [t for t in told if t.what != "end" and t.number_of < AFTER_ALL_DAYS]
    days |= {max(t.first, t.number_of + rules()["stale_days"]) for t in numbers}
    return sorted(days)


def _happen(event: Told, state: _State) -> None:
    if event.what == "seen":
        if state.present:
            state.seen = max(state.seen or event.first, event.first)
        return
    if event.what == "end":
        state.low = state.high = 0
        state.known, state.present, state.claims = True, True, list(event.claims)
        state.counted = state.sized = state.seen = None
        return
    state.seen = max(state.seen or event.number_of, event.number_of)
    was_there, state.present = state.present, True
    if not was_there and state.low == 0:
        state.claims = []  # a force that had gone and is told of again: what ended it says nothing of its size now
        state.low = state.high = None
        state.known = False
    if state.counted is not None and event.first <= state.counted and event.what in ("inflow", "outflow", "part"):
        return  # it falls into the time that a stock covers: the stock has counted it
    state.claims += event.claims
    if event.what == "outflow" and state.known:
        state.low = 0 if event.high is None else max(0, (state.low or 0) - event.high)
    elif event.what == "part":
        _at_least(event, state)
    elif event.what == "inflow":
        _arrive(event, state, first=not was_there)


def _arrive(event: Told, state: _State, *, first: bool) -> None:
    if event.low is None and event.high is None:
        state.low = state.high = None
        state.known = False
    elif state.known:
        state.high = None if state.high is None or event.high is None else state.high + event.high
    elif first or event.counted is not None:  # who takes over a contingent has it, however long it was seen before
        state.low, state.high, state.known, state.sized = event.low, event.high, True, event.number_of


def _at_least(event: Told, state: _State) -> None:
    """A part of the force: the force is no smaller, and where it was thought to be, its size is open above."""
    least = event.low or 0
    if state.known and state.high is not None and least > state.high:
        state.high = None
    if not state.known:
        state.high, state.known = None, True
    if state.low is None or least > state.low:
        state.low, state.sized = least, event.last


def _until_an_end(stock: Told, ends: Sequence[int]) -> Told:
    """A count of a stretch of time in which the force ended counts the days before that."""
    before = min((day - 1 for day in ends if day > stock.first), default=stock.last)
    return stock if before >= stock.last else replace(stock, last=before)


def _take_stock(covering: Sequence[Told], state: _State) -> None:
    """Stocks that cover the day replace what flows have made of the band; older ones hold until the next."""
    if not covering:
        return
    state.low = min(s.low or 0 for s in covering)
    state.high = None if any(s.high is None for s in covering) else max(s.high or 0 for s in covering)
    state.known = state.present = True
    state.counted = max(s.last for s in covering)
    state.sized = max(s.number_of for s in covering)
    state.seen = max(state.seen or state.sized, state.sized)
    state.claims = [c for s in covering for c in s.claims]


@cache
def rules() -> dict[str, Any]:
    """bands.yaml: thresholds of bands."""
    text = resources.files(__package__).joinpath("bands.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded
