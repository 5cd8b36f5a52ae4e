"""Times as print has them ("last December", "early 2014", "il y a deux ans"), resolved into EDTF."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from garant.claims.definitions import load_yaml
from garant.claims.period import Period
from garant.errors import InputError

Groups = dict[str, str | None]
#: The least precise production of an anchor from which each unit can be counted.
_PRECISE = {"day": ("day",), "month": ("day", "month"), "year": ("day", "month", "year")}


def resolve_time(text: str, anchor: Period) -> str:
    """EDTF of a printed time, counted from `anchor` (the day the source was published, or an event before).

    English and French; the forms are the rules of relative.yaml. A weekday or a month without a year is the
    latest one not after the anchor. Raises InputError where no rule fits, or the anchor is too vague.

    >>> resolve_time("last December", Period.parse("2021-03-05"))
    '2020-12'
    >>> resolve_time("early 2014", Period.parse("2025-11-23"))
    '2014-01~/2014-04~'
    """
    plain = " ".join(text.split()).strip(" .,;").lower()
    for rule, pattern in _rules():
        if match := pattern.fullmatch(plain):
            edtf = _MEANINGS[rule["means"]](rule, match.groupdict(), anchor)
            return Period.parse(edtf).text
    raise InputError(f"'{text}' is no time that Garant can resolve", mend="give it as EDTF with --time")


def _shift(rule: dict[str, Any], groups: Groups, anchor: Period) -> str:
    unit = rule["unit"]
    by = rule["by"] if "by" in rule else rule["sign"] * _number(groups)
    day = _anchor_day(anchor, unit)
    if unit == "day":
        return (day + timedelta(days=by)).isoformat()
    if unit == "year":
        return f"{day.year + by:04d}"
    months = day.year * 12 + day.month - 1 + by
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def _weekday(_rule: dict[str, Any], groups: Groups, anchor: Period) -> str:
    day, wanted = _anchor_day(anchor, "day"), _word("weekday", groups)
    return (day - timedelta(days=(day.weekday() - wanted) % 7)).isoformat()


def _past_month(_rule: dict[str, Any], groups: Groups, anchor: Period) -> str:
    day, month = _anchor_day(anchor, "month"), _word("month", groups)
    return f"{day.year if month <= day.month else day.year - 1:04d}-{month:02d}"


def _part(_rule: dict[str, Any], groups: Groups, _anchor: Period) -> str:
    first, last = _word("part", groups)
    return f"{groups['year']}-{first:02d}~/{groups['year']}-{last:02d}~"


def _decade(_rule: dict[str, Any], _groups: Groups, anchor: Period) -> str:
    return f"{_anchor_day(anchor, 'year').year - 10}~/{anchor.text.rpartition('/')[2]}"


def _date(_rule: dict[str, Any], groups: Groups, anchor: Period) -> str:
    return _printed(groups["date"], anchor)


def _since(_rule: dict[str, Any], groups: Groups, anchor: Period) -> str:
    return f"{_printed(groups['date'], anchor)}/.."


def _until(_rule: dict[str, Any], groups: Groups, anchor: Period) -> str:
    return f"../{_printed(groups['date'], anchor)}"


def _between(_rule: dict[str, Any], groups: Groups, anchor: Period) -> str:
    return f"{_printed(groups['date'], anchor)}/{_printed(groups['date2'], anchor)}"


def _past_week(_rule: dict[str, Any], _groups: Groups, anchor: Period) -> str:
    day = _anchor_day(anchor, "day")
    monday = day - timedelta(days=day.weekday() + 7)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _months(_rule: dict[str, Any], groups: Groups, _anchor: Period) -> str:
    first, last = (_lookup("month")[str(groups[f"month{n}"])] for n in (1, 2))
    return f"{groups['year']}-{first:02d}/{groups['year']}-{last:02d}"


_MEANINGS: dict[str, Callable[[dict[str, Any], Groups, Period], str]] = {
    "shift": _shift,
    "weekday": _weekday,
    "past_month": _past_month,
    "past_week": _past_week,
    "months": _months,
    "part": _part,
    "decade": _decade,
    "date": _date,
    "since": _since,
    "until": _until,
    "between": _between,
}


def _printed(text: str | None, anchor: Period) -> str:
    """A printed date ("16 January 2014", "January 16, 2014", "March 2003", "2007") as EDTF."""
    body = text or ""
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", body):
        return body
    month = next(number for name, number in _lookup("month").items() if re.search(rf"\b{name}\b", body))
    year = re.search(r"\b\d{4}\b", body)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th|er)?\b", body)
    if year:
        return f"{year[0]}-{month:02d}" + (f"-{int(day[1]):02d}" if day else "")
    known = _anchor_day(anchor, "month")  # "5 August" without a year: the latest one
    number = int(day[1] if day else 1)
    return (
        f"{known.year if (month, number) <= (known.month, known.day) else known.year - 1:04d}-{month:02d}-{number:02d}"
    )


def _anchor_day(anchor: Period, unit: str) -> date:
    if anchor.end is None or anchor.last_day is None or anchor.end.production not in _PRECISE[unit]:
        raise InputError(
            f"'{anchor}' does not say which {unit} to count from", mend="give the time as EDTF with --time"
        )
    return anchor.last_day


def _number(groups: Groups) -> int:
    text = next(v for k, v in groups.items() if k.startswith("number") and v)
    return int(text) if text.isdigit() else int(_lookup("number")[text])


def _word(kind: str, groups: Groups) -> Any:
    text = next(v for k, v in groups.items() if k.startswith(kind) and v)
    return _lookup(kind)[text]


@cache
def _lookup(kind: str) -> dict[str, Any]:
    table = load_yaml("relative.yaml")["words"][kind]
    return {name: value for names, value in table.items() for name in str(names).split("|")}


@cache
def _rules() -> list[tuple[dict[str, Any], re.Pattern[str]]]:
    raw = load_yaml("relative.yaml")
    months = f"(?:{'|'.join(_lookup('month'))})"
    dated = raw["date"].replace("{m}", months)
    return [(rule, re.compile(_expanded(rule["pattern"], dated), re.IGNORECASE)) for rule in raw["rules"]]


def _expanded(pattern: str, dated: str) -> str:
    """The pattern with its placeholders as named groups; a second use of one is numbered."""
    text = pattern.replace("{date2}", f"(?P<date2>{dated})").replace("{date}", f"(?P<date>{dated})")
    for kind in ("month", "weekday", "number", "part"):
        words = "|".join(re.escape(w) for w in sorted(_lookup(kind), key=len, reverse=True))
        either = rf"{words}|\d+" if kind == "number" else words
        uses = 0
        while f"{{{kind}}}" in text:
            uses += 1
            text = text.replace(f"{{{kind}}}", f"(?P<{kind}{uses}>{either})", 1)
    return text
