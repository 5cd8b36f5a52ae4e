"""Period: a span of days as a source dates it (the EDTF subset of periods.yaml).

A period knows two things apart: the span of days it stands for, and how sure the source was of it.
The two clocks ask only for last days: `begun_by` and `published_by` are decided by the *last* day of a
partial date, and qualifiers (`?`, `~`, `%`) never widen a span.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from garant.claims.definitions import load_yaml
from garant.errors import InputError

_GRAMMAR: dict[str, Any] = load_yaml("periods.yaml")
_PARTS: dict[str, list[int]] = {str(k): v for k, v in _GRAMMAR["parts"].items()}
_QUALIFIERS: dict[str, str] = _GRAMMAR["qualifiers"]
_SEPARATOR: str = _GRAMMAR["interval"]["separator"]
_OPEN: str = _GRAMMAR["interval"]["open"]
_DATES = [(p["name"], re.compile(p["pattern"], re.ASCII)) for p in _GRAMMAR["productions"]]

#: Ordinal day (date.toordinal) that stands for "no earliest day": before every dated one.
BEFORE_ALL_DAYS = 0
#: Ordinal day that stands for "no last day": after every dated one.
AFTER_ALL_DAYS = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Instant:
    """One date of a period: the days it may stand for and the source's qualifier.

    `first` and `last` are ordinal days (``date.toordinal``), both inclusive; `production` is its name in
    periods.yaml; `qualifier` is one of its qualifiers or None.
    """

    first: int
    last: int
    production: str
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, from an EDTF string.

    `start` and `end` are the bounding dates, None where the string leaves them open or unknown;
    for a plain date both are that date. `open_start` / `open_end` say that the source itself leaves
    that side open (`..`); an empty side (`/2013`) is unknown.

    >>> p = Period.parse("2014-01~/2014-04~")
    >>> p.first_day, p.last_day
    (datetime.date(2014, 1, 1), datetime.date(2014, 4, 30))
    >>> Period.parse("2007/..").last_day is None
    True
    """

    text: str
    start: Instant | None
    end: Instant | None
    open_start: bool = False
    open_end: bool = False

    @staticmethod
    def parse(text: str) -> Period:
        """Read an EDTF string of the subset; raise InputError with one sentence otherwise."""
        return _parse(text)

    @property
    def first_day(self) -> date | None:
        """Earliest day it may cover; None where there is no earliest."""
        return date.fromordinal(self.start.first) if self.start else None

    @property
    def last_day(self) -> date | None:
        """Latest day it may cover; None where there is no latest."""
        return date.fromordinal(self.end.last) if self.end else None

    @property
    def begun_day(self) -> int:
        """Ordinal day on which it has certainly begun: the last day of its start.

        An open start has always begun; an unknown start has begun by the last day of the end.
        """
        if self.start:
            return self.start.last
        return BEFORE_ALL_DAYS if self.open_start or not self.end else self.end.last

    @property
    def over_day(self) -> int:
        """Ordinal day on which it has certainly ended: the last day of its end, or AFTER_ALL_DAYS."""
        return self.end.last if self.end else AFTER_ALL_DAYS

    @property
    def is_interval(self) -> bool:
        """Whether the source gives a start and an end, and not one date."""
        return _SEPARATOR in self.text

    @property
    def qualifiers(self) -> frozenset[str]:
        """How the source qualifies its dates: any of the values of `qualifiers` in periods.yaml."""
        return frozenset(i.qualifier for i in (self.start, self.end) if i and i.qualifier)

    def __str__(self) -> str:
        return self.text


def last_day_of(text: str) -> int:
    """Ordinal of the last day of a partial date given as a clock (``2021-06`` is 30 June 2021).

    For an interval it is the last day of its end. Raises InputError for an open end.
    """
    period = Period.parse(text)
    if period.end is None:
        raise InputError(f"'{text}' has no last day", mend="give a day, month or year such as 2021-06")
    return period.end.last


@lru_cache(maxsize=100_000)
def _parse(text: str) -> Period:
    if not isinstance(text, str) or not text:
        raise InputError("an empty time", mend="leave the field out where the source gives none")
    if _SEPARATOR not in text:
        instant = _instant(text, text)
        return Period(text, instant, instant)
    left, _, right = text.partition(_SEPARATOR)
    if left in ("", _OPEN) and right in ("", _OPEN) and left + right != _OPEN * 2:
        raise InputError(f"'{text}' has neither a start nor an end", mend="leave the field out")
    start = None if left in ("", _OPEN) else _instant(left, text)
    end = None if right in ("", _OPEN) else _instant(right, text)
    if start and end and start.first > end.last:
        raise InputError(f"'{text}' ends before it starts", mend="swap its two dates")
    return Period(text, start, end, open_start=left == _OPEN, open_end=right == _OPEN)


def _instant(text: str, whole: str) -> Instant:
    body, qualifier = (text[:-1], _QUALIFIERS[text[-1]]) if text[-1] in _QUALIFIERS else (text, None)
    for name, pattern in _DATES:
        if match := pattern.fullmatch(body):
            first, last = _span(match.groupdict(), whole)
            return Instant(first.toordinal(), last.toordinal(), name, qualifier)
    hint = "use EDTF such as 2014, 2014-03, 2014-03-05, 2014~, 2014-33 (a quarter), 2013/2014 or 2007/.."
    raise InputError(f"'{whole}' is no date that Garant reads", mend=hint)


def _span(groups: dict[str, str], whole: str) -> tuple[date, date]:
    if "decade" in groups:
        year = int(groups["decade"]) * 10
        return date(year, 1, 1), date(year + 9, 12, 31)
    if "century" in groups:
        year = int(groups["century"]) * 100
        return date(year, 1, 1), date(year + 99, 12, 31)
    year = int(groups["year"])
    first_month, last_month = 1, 12
    if "part" in groups:
        first_month, last_month = _PARTS[groups["part"]]
    elif "month" in groups:
        first_month = last_month = int(groups["month"])
    month_end = calendar.monthrange(year, last_month)[1]
    if "day" not in groups:
        return date(year, first_month, 1), date(year, last_month, month_end)
    if int(groups["day"]) > month_end:
        raise InputError(f"'{whole}' does not exist: that month has {month_end} days", mend="correct the day")
    day = date(year, last_month, int(groups["day"]))
    return day, day
