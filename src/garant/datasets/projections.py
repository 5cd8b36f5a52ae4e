"""How the columns of UCDP GED and ACLED become events: one SQL expression for each field, and what refuses a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from garant.datasets.columns import Columns

#: Days before and after the date of an event that ACLED dates to its week.
_HALF_WEEK = 3
_FATALITIES = ("best", "low", "high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_PARTS = _FATALITIES[3:]
#: No dataset of events that is loaded here tells of an earlier year.
_EARLIEST = "DATE '1900-01-01'"
#: Dates may be written a day ahead of the UTC day of loading, in time zones east of it.
_LATEST = "current_date + 1"


def ged(at: Columns, codes: Mapping[str, Any]) -> dict[str, str]:
    """Fields of a UCDP event. `outlets` is the text they are split from."""
    return {
        **_shared(at, codes),
        "sub_type": "NULL::VARCHAR",
        "dyad": at.text("dyad"),
        "inter_a": "NULL::VARCHAR",
        "inter_b": "NULL::VARCHAR",
        "start": at.date("start"),
        "end": at.date("end"),
        "day": at.date("start"),
        "last_day": at.date("end"),
        **{name: at.number(name, "INTEGER") for name in _FATALITIES},
        "clarity": at.number("clarity", "TINYINT"),
        "outlets": at.text("office"),
        "article": f"CASE WHEN {at.text('office')} IS NULL THEN {at.text('article')} END",
        "headline": at.text("headline"),
    }


def acled(at: Columns, codes: Mapping[str, Any]) -> dict[str, str]:
    """Fields of an ACLED event, and fatalities three times; its interval is worked out from them (`worked_out`)."""
    day = at.date("start")
    return {
        **_shared(at, codes),
        "sub_type": at.text("sub_type"),
        "dyad": "NULL::VARCHAR",
        "inter_a": at.text("inter_a"),
        "inter_b": at.text("inter_b"),
        "day": day,
        **{name: at.number("best", "INTEGER") for name in _FATALITIES[:3]},
        **dict.fromkeys(_PARTS, "NULL::INTEGER"),
        "clarity": "NULL::TINYINT",
        "outlets": at.text("office"),
        "article": "NULL::VARCHAR",
        "headline": "NULL::VARCHAR",
    }


def worked_out(dataset: str) -> dict[str, str]:
    """Fields that follow from others: for ACLED the interval that the time precision of its day allows.

    They are SQL on the other fields, so that a date is parsed once: DuckDB would parse it again in every branch.
    """
    if dataset != "acled":
        return {}
    # a date that cannot be is refused as it stands; reckoning with it could leave the range of dates
    asis = f"CASE WHEN day NOT BETWEEN {_EARLIEST} AND {_LATEST} THEN day"
    start = f"{asis} WHEN date_precision = 2 THEN day - {_HALF_WEEK}"
    end = f"{asis} WHEN date_precision = 2 THEN day + {_HALF_WEEK}"
    return {
        "start": f"{start} WHEN date_precision = 3 THEN date_trunc('month', day)::DATE ELSE day END",
        "end": f"{end} WHEN date_precision = 3 THEN last_day(day) ELSE day END",
        "last_day": "day",
    }


def refusals(at: Columns, codes: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What makes a row unusable: (SQL condition on the fields, reason, SQL of what stands there), first one first."""
    precisions = ", ".join(map(str, codes["date_precision"]))
    place = f"concat({at.raw('latitude')}, ' ', {at.raw('longitude')})"
    dates = f"concat({at.raw('start')}, ' ', {at.raw('end')})"
    deaths = " OR ".join(f"{name} < 0" for name in _FATALITIES)
    counts = [name for name in _FATALITIES if name in at.places]
    broken = " OR ".join(at.broken(name, "INTEGER") for name in counts)
    printed = f"concat_ws(' ', {', '.join(at.raw(name) for name in counts)})"
    return [
        ("event_id IS NULL", "no id", "''"),
        ("violence IS NULL", "unknown type of violence", at.raw("violence")),
        ("date_precision IS NULL OR date_precision NOT IN (" + precisions + ")", "unknown precision of the date",
         at.raw("date_precision")),
        ("start IS NULL OR \"end\" IS NULL", "no date", dates),
        (f"day < {_EARLIEST} OR last_day < {_EARLIEST}", "date before 1900", dates),
        (f"day > {_LATEST} OR last_day > {_LATEST}", "date after the day of loading", dates),
        ("\"end\" < start", "ends before it starts", dates),
        ("latitude IS NULL OR longitude IS NULL", "no coordinates", place),
        ("abs(latitude) > 90 AND abs(longitude) <= 90", "latitude and longitude swapped", place),
        ("NOT (abs(latitude) <= 90 AND abs(longitude) <= 180)", "coordinates out of range", place),
        ("spread IS NULL", "unknown precision of the place", at.raw("where_precision")),
        ("best IS NULL OR low IS NULL OR high IS NULL", "fatalities are no number", at.raw("best")),
        (broken, "fatalities are not a whole number", printed),
        (deaths, "negative fatalities", "concat_ws(' ', best, low, high)"),
    ]  # fmt: skip


def _shared(at: Columns, codes: Mapping[str, Any]) -> dict[str, str]:
    return {
        "event_id": at.text("event_id"),
        "country": at.text("country"),
        "country_code": at.text("country_code"),
        "violence": at.coded("violence", codes["violence"]),
        "side_a": at.text("side_a"),
        "side_b": at.text("side_b"),
        "latitude": at.number("latitude", "DOUBLE"),
        "longitude": at.number("longitude", "DOUBLE"),
        "date_precision": at.code("date_precision"),
        "where_precision": at.code("where_precision"),
        "spread": at.coded("where_precision", codes["spread"]),
        "place": at.text("place"),
        "adm1": at.text("adm1"),
        "adm2": at.text("adm2"),
    }
