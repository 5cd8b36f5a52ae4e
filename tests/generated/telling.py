"""How a source tells an event: truthful, but more or less precise, complete and under one name or another."""

from __future__ import annotations

import calendar
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.generated.event import Count, Event
from tests.generated.publishing import ATTRIBUTIONS, Outlet
from tests.generated.register import Register

Record = dict[str, Any]
CODER = {"kind": "person", "name": "generator"}


@dataclass(frozen=True)
class Manner:
    """Everything a source leaves open to its taste; the default tells all, to the day and exactly."""

    precision: str = "day"  #: day, month, quarter, year, early, span or open
    number: str = "exact"  #: exact, approx, range, at_least, elsewise, undisclosed or none
    leave_out: frozenset[str] = frozenset()  #: roles, slots and fields
    aliases: bool = False
    planned: bool = False
    attributed_to: str | None = None


@dataclass(frozen=True)
class Telling:
    """One event as one source tells it."""

    event: Event
    source: str
    manner: Manner
    record: Record


def month_of(day: date) -> tuple[date, date]:
    """First and last day of a day's month."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def spell(day: date, precision: str) -> tuple[str, date, date]:
    """A day at some precision: EDTF text, and the first and last day it may stand for."""
    if precision == "month":
        return day.strftime("%Y-%m"), *month_of(day)
    if precision == "year":
        return str(day.year), date(day.year, 1, 1), date(day.year, 12, 31)
    if precision == "quarter":
        part = (day.month - 1) // 3
        last = date(day.year, part * 3 + 3, 1)
        return f"{day.year}-{33 + part}", date(day.year, part * 3 + 1, 1), month_of(last)[1]
    if precision == "span":
        first, last = month_of(day)[0] - timedelta(1), month_of(day)[1] + timedelta(1)
        text = f"{first:%Y-%m}~/{last:%Y-%m}~"
        return text, month_of(first)[0], month_of(last)[1]
    return day.isoformat(), day, day


def choose_manner(rng: random.Random, event: Event, published: date) -> Manner:
    """A truthful manner for a source of this date."""
    planned = event.plannable and published < event.day
    leave_out = {r for r in sorted(event.spare_roles) if rng.random() < 0.25}
    leave_out |= {s for s in sorted(event.spare_slots) if rng.random() < 0.25}
    leave_out |= {f for f in sorted(event.spare) if rng.random() < 0.3}
    reported = event.modality == "asserted" and not planned and rng.random() < 0.15
    return Manner(
        precision=_precision(rng, event, published, planned=planned),
        number=_number(rng, event.count),
        leave_out=frozenset(leave_out),
        aliases=rng.random() < 0.45,
        planned=planned,
        attributed_to=rng.choice(ATTRIBUTIONS) if reported else None,
    )


def _precision(rng: random.Random, event: Event, published: date, *, planned: bool) -> str:
    if event.ongoing and rng.random() < 0.3:
        return "open"
    wanted = rng.choices(("day", "month", "quarter", "year", "span"), (62, 22, 4, 8, 4))[0]
    _, first, last = spell(event.day, wanted)
    inside = event.window[0] <= first and last <= event.window[1]
    if wanted != "day" and (not inside or (last > published and not planned)):
        return "day"
    return wanted


def _number(rng: random.Random, count: Count | None) -> str:
    if count is None:
        return "none"
    if count.elsewise and rng.random() < 0.2:
        return "elsewise"
    if count.slack == 0 or count.number < 40:
        return "none" if count.spare and rng.random() < 0.1 else "exact"
    forms = ("exact", "approx", "range", "at_least", "undisclosed", "none")
    return rng.choices(forms, (66, 14, 6, 4, 4, 6) if count.spare else (74, 14, 7, 5, 0, 0))[0]


def roughly(number: int, slack: float) -> int:
    """A rounder number not further off than `slack`."""
    for unit in (100, 50, 20, 10, 5):
        rounded = round(number / unit) * unit
        if abs(rounded - number) <= number * slack:
            return int(rounded)
    return number


def _quantity(count: Count, form: str) -> Record | None:
    base: Record = {"unit": count.unit, "measure": count.measure}
    low, high = int(count.number * 0.9) // 10 * 10, (int(count.number * 1.1) // 10 + 1) * 10
    if form == "elsewise" and count.elsewise:
        return {"value": count.elsewise[0], "measure": count.measure, "unit": count.elsewise[1]}
    forms: dict[str, Record | None] = {
        "none": None,
        "approx": {"value": roughly(count.number, count.slack), "approx": True} | base,
        "range": {"low": low, "high": high} | base,
        "at_least": {"low": low} | base,
        "undisclosed": {"undisclosed": True} | base,
        "exact": {"value": count.number} | base,
    }
    return forms[form]


def _named(rng: random.Random, register: Register, entity: str, *, alias: bool) -> Record:
    others = register.other_names(entity)
    named: Record = {"name": register.name(entity)}
    if alias and others:
        if rng.random() < 0.5:
            named["name"] = rng.choice(others)
        else:
            named["as_printed"] = rng.choice(others)
    if rng.random() < 0.5:
        named["entity"] = entity
    return named


def render(
    rng: random.Random,
    register: Register,
    event: Event,
    outlet: Outlet,
    manner: Manner,
    changed: Mapping[str, Any] | None = None,
) -> Record:
    """The claim record of one telling; `changed` replaces finished fields (None takes one away)."""
    record: Record = {
        "source": outlet.id,
        "locator": outlet.next_paragraph(rng),
        "says": "",
        "type": event.type,
        "actors": [
            {**_named(rng, register, e, alias=manner.aliases), "role": role, "kind": register.kind(e)}
            for role, e in event.cast
            if role not in manner.leave_out
        ],
        "modality": "planned" if manner.planned else event.modality,
        "coder": CODER,
    }
    if event.count and (quantity := _quantity(event.count, manner.number)):
        record["quantity"] = quantity
    record["time"] = event.fixed_time or spell(event.day, manner.precision)[0]
    if manner.precision == "open" and not event.fixed_time:
        record["time"] = f"{event.day:%Y-%m}/.."
    for field, entity in (("place", event.place), ("instrument", event.instrument)):
        if entity and field not in manner.leave_out:
            record[field] = _named(rng, register, entity, alias=manner.aliases)
    if event.regime and "regime" not in manner.leave_out:
        record["regime"] = event.regime
    slots = {k: v for k, v in event.slots.items() if k not in manner.leave_out}
    if manner.planned and slots.get("status") == "held":
        slots["status"] = "scheduled"
    if manner.planned:
        slots.pop("first", None)
    if slots:
        record["slots"] = slots
    if manner.attributed_to:
        record |= {"modality": "reported", "attributed_to": manner.attributed_to}
    for field, value in (changed or {}).items():
        if value is None:
            record.pop(field, None)
        else:
            record[field] = value
    record["says"] = f"{event.says.rstrip('.').replace('{n}', _spoken(record.get('quantity')))} ({record['time']})."
    return record


def _spoken(quantity: Record | None) -> str:
    """A quantity in words."""
    if quantity is None:
        return "some"
    if quantity.get("undisclosed"):
        return "a number not disclosed of"
    if "low" in quantity:
        return f"{quantity['low']} to {quantity['high']}" if "high" in quantity else f"at least {quantity['low']}"
    return f"{'about ' if quantity.get('approx') else ''}{quantity['value']}"
