"""Span: the days a claim may mean, compared with respect for its precision."""

from __future__ import annotations

from dataclasses import dataclass

from garant.claims.period import AFTER_ALL_DAYS, BEFORE_ALL_DAYS, Period

#: Days by which a qualified date ("about", "perhaps") may be off: the length of what it names.
_SLACK = {"day": 3, "month": 31, "part_of_year": 123, "year": 366}
_LONGEST_SLACK = 366


@dataclass(frozen=True, slots=True)
class Span:
    """Days (ordinals, both inclusive) between which it happened or held.

    `first` and `last` are what the source's words cover; `earliest` and `latest` what they may mean with the
    source's own doubt ("~", "?") added. `begun` is the day by which it had certainly begun. A source that tells
    what is so speaks up to the day it was published and no further: `last` and `latest` end there, and so does an
    end that it leaves open. `interval` says that it gives a start and an end.
    """

    first: int
    last: int
    begun: int
    earliest: int
    latest: int
    open_start: bool = False
    open_end: bool = False
    interval: bool = False

    @staticmethod
    def of(period: Period, spoken: int | None) -> Span:
        """The span of a period told by a source that spoke on ordinal day `spoken` (None: no such limit)."""
        first = period.start.first if period.start else BEFORE_ALL_DAYS
        limit = AFTER_ALL_DAYS if spoken is None else max(spoken, first)
        last = min(period.end.last if period.end else AFTER_ALL_DAYS, limit)
        doubted = [i.production for i in (period.start, period.end) if i and i.qualifier]
        slack = max((_SLACK.get(name, _LONGEST_SLACK) for name in doubted), default=0)
        return Span(
            first,
            last,
            min(period.begun_day, last),
            first - slack,
            min(last + slack, limit),
            open_start=period.start is None,
            open_end=period.end is None,
            interval=period.is_interval,
        )

    @property
    def days(self) -> int:
        """How many days it covers."""
        return self.last - self.first + 1

    @property
    def bounded(self) -> bool:
        """Whether the source gives both ends."""
        return not (self.open_start or self.open_end)

    def gap(self, other: Span) -> int:
        """Days between two spans that cannot be the same time, each side's doubt allowed; else 0."""
        return max(0, other.earliest - self.latest, self.earliest - other.latest)

    def strict_gap(self, other: Span) -> int:
        """Days between two spans as worded, no doubt added; else 0."""
        return max(0, other.first - self.last, self.first - other.last)

    def reach(self, other: Span) -> int:
        """Days from the first to the last that either covers: how far apart the two may lie at most."""
        return max(other.last - self.first, self.last - other.first)

    def meets(self, other: Span) -> bool:
        """Whether both may mean one time."""
        return self.gap(other) == 0

    def before(self, other: Span) -> int:
        """Days by which this was certainly over before the other began, else 0."""
        return max(0, other.earliest - self.latest)
