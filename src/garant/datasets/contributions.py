"""Contributions of uniformed personnel: who had how many of whom in which operation, month by month or as yearly means.

Male and female add up to the number of a row. Individual police and formed units of one contributor are police; where a
month has both, their sum is derived. The sum over all contributors is a derived claim on the operation. A cell that is
empty says nothing; a zero says that nobody is there: in the UN's table a claim where it follows a number, else none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from garant.claims.period import Period
from garant.datasets.claimset import ClaimSet, Row, hosts_of
from garant.datasets.wholes import whole_operation
from garant.errors import InputError
from garant.ledger import collector_off
from garant.names import fold

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T.*")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTHS = 12
_KINDS = ("troops", "police", "observers")
#: People are counted; a broken number in a table of counts is a mean or a slip, and no count.
_BROKEN = "number of people is not a whole number"
Part = tuple[Row, int]


@collector_off()
def un_monthly(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:
    """The UN's table: a row for each month, contributor, operation and personnel type."""
    found: dict[tuple[str, str, str], dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))
    seen: dict[tuple[str, ...], int] = {}
    nobody: list[tuple[str, str, str, str, Row]] = []
    for row in rows:
        if not _serves_here(row, told):
            continue
        content = tuple(row[name] for name in ("mission", "contributor", "kind", "date", "female", "male", "total"))
        first = seen.setdefault(content, row.number)
        state = _contributor(row, told)
        time = iso_day(row["date"])
        kind = codes["kinds"].get(fold(row["kind"]))
        parts = row.count("female"), row.count("male")
        number = row.count("total") if None in parts else sum(p or 0 for p in parts)
        broken = row.broken("female", "male", "total")
        for fault, why, what in (
            (state is None, "unknown contributor", row["contributor"]),
            (time is None, "no date", row["date"]),
            (kind is None, "unknown personnel type", row["kind"]),
            (broken, _BROKEN, str(broken)),
            (number is None or number < 0, "no number of people", f"{row['female']} {row['male']}"),
            (first != row.number, "the same row again", f"duplicate of row {first}"),
        ):
            if fault:
                told.rejects.add(row.number, why, what)
                break
        else:
            if number:
                found[row["mission"], str(time), str(state)][str(kind)].append((row, number))
            else:
                nobody.append((row["mission"], str(state), str(kind), str(time), row))
    _tell(found, told)
    _tell_of_none(nobody, found, told)


def ipi_month(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:  # noqa: ARG001  # one signature for all readers
    """IPI's month: a row for each contributor and operation; rows over all operations or contributors are outside."""
    found: dict[tuple[str, str, str], dict[str, list[Part]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        host = told.states.by_alpha(row["host"])
        if host != told.country:
            told.outside += 1
            continue
        state, time = _contributor(row, told), iso_day(row["date"])
        if state is None or time is None:
            told.rejects.add(
                row.number, "no date" if state else "unknown contributor", row["contributor"] or row["iso"]
            )
            continue
        if broken := row.broken("troops", "police", "observers", "fpu", "ip"):
            told.rejects.add(row.number, _BROKEN, broken)
            continue
        kinds = {"troops": row.count("troops"), "police": row.count("police"), "observers": row.count("observers")}
        if kinds["police"] is None:
            kinds["police"] = sum(n for n in (row.count("fpu"), row.count("ip")) if n) or None
        if not any(kinds.values()):
            told.silence(row, "nobody is counted")
        for kind, number in kinds.items():
            if number:
                found[row["mission"], time, state][kind].append((row, number))
    _tell(found, told)


def country_series(rows: Iterable[Row], told: ClaimSet, contributor: str) -> None:
    """IPI's file of one country: its people in all UN operations together, month by month."""
    for row in rows:
        time = iso_day(row["date"])
        if time is None:
            told.rejects.add(row.number, "no date", row["date"])
            continue
        if broken := row.broken(*_KINDS):
            told.rejects.add(row.number, _BROKEN, broken)
            continue
        kinds = {k: row.count(k) for k in _KINDS}
        if not any(kinds.values()):
            told.silence(row, "nobody is counted")
        for kind, number in kinds.items():
            if number:
                _strength(told, row, contributor, None, time, kind, number, derived=["actors"])


def yearly_means(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:  # noqa: ARG001  # one signature for all readers
    """A table of means over the months of a year, as somebody made them: told as they stand, and "about"."""
    sums: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for row in rows:
        if not _serves_here(row, told):
            continue
        state, year, number = _contributor(row, told), row.count("year"), row.count("total")
        if state is None or year is None or number is None or number < 0:
            why = "unknown contributor" if state is None else "no number of people" if year else "no year"
            told.rejects.add(row.number, why, f"{row['contributor']} {row['year']} {row['total']}")
        elif not number:
            told.silence(row, "nobody is counted")
        else:
            sums[row["mission"], f"{year:04d}"].append((row, number))
            says = f"Mean of {year}: {number} people of {told.states.label(state)} in {row['mission']}."
            _strength(told, row, state, row["mission"], f"{year:04d}", "all_uniformed", number, says=says, approx=True)
    for (mission, time), parts in sums.items():
        whole_operation(told, mission, time, parts, f"the means of {len(parts)} contributors")
    told.notes.append("the numbers are somebody's means over a year, of months that may be missing: told as they stand")


@lru_cache(maxsize=10_000)  # a table of months repeats few days very often
def iso_day(text: str) -> str | None:
    """A day as published tables print it, as ISO 8601; None where it is none or its order cannot be told."""
    told = text.strip()
    if match := _COMPACT.fullmatch(told):
        told = "-".join(match.groups())
    if match := _SLASHED.fullmatch(told):
        first, second, year = (int(g) for g in match.groups())
        day, month = (first, second) if first > _MONTHS else (second, first)
        if day <= _MONTHS and first != second:
            return None
        told = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        return Period.parse(told[:10]).text
    except InputError:
        return None


def _serves_here(row: Row, told: ClaimSet) -> bool:
    """Whether the operation serves in the case's country; one that is not listed is a reject."""
    hosts = hosts_of(row["mission"])
    if hosts is None:
        told.rejects.add(row.number, "unknown operation", row["mission"])
    elif told.country not in hosts:
        told.outside += 1
    return hosts is not None and told.country in hosts


def _contributor(row: Row, told: ClaimSet) -> str | None:
    return told.states.by_alpha(row["iso"]) or told.states.by_name(row["contributor"])


def _tell(found: Mapping[tuple[str, str, str], Mapping[str, list[Part]]], told: ClaimSet) -> None:
    """Claims by contributor and kind, all in uniform where there are several kinds, and the operation's sum."""
    sums: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for (mission, time, state), kinds in found.items():
        for kind, parts in kinds.items():
            derived = ["quantity"] if len(parts) > 1 else None
            _strength(told, parts[0][0], state, mission, time, kind, sum(n for _, n in parts), derived=derived)
            for row, _ in parts:
                told.used.add(row.number)
        every = [part for parts in kinds.values() for part in parts]
        whole = sum(n for _, n in every)
        if len(kinds) > 1:
            _strength(told, every[0][0], state, mission, time, "all_uniformed", whole, derived=["quantity", "slots"])
        sums[mission, time].append((every[0][0], whole))
    for (mission, time), parts in sums.items():
        whole_operation(told, mission, time, parts, f"{len(parts)} contributors", approx=False)


def _tell_of_none(
    nobody: Iterable[tuple[str, str, str, str, Row]],
    found: Mapping[tuple[str, str, str], Mapping[str, list[Part]]],
    told: ClaimSet,
) -> None:
    """A zero in a table of counts says that nobody is there: a claim where it follows a number, else counted only."""
    counted: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    several: set[tuple[str, str]] = set()
    for (mission, time, state), kinds in found.items():
        if len(kinds) > 1:
            several.add((mission, state))
        for kind in kinds:
            counted[mission, state, kind].add(time)
    zeros: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    for mission, state, kind, time, row in nobody:
        there = time in counted[mission, state, kind]  # another row of the kind counts somebody
        if there or zeros[mission, state, kind].setdefault(time, row) is not row:
            told.silence(row, "nobody is counted")
    for (mission, state, kind), by_time in zeros.items():
        somebody = False
        for time in sorted(counted[mission, state, kind] | by_time.keys()):
            if (zero := by_time.get(time)) is None:
                somebody = True
            elif somebody:
                _strength(told, zero, state, mission, time, kind, 0)
                if (mission, state) in several and (mission, time, state) not in found:
                    several.discard((mission, state))
                    _strength(told, zero, state, mission, time, "all_uniformed", 0, derived=["quantity", "slots"])
                somebody = False
            else:
                told.silence(zero, "nobody is counted")


def _strength(
    told: ClaimSet,
    row: Row,
    state: str,
    mission: str | None,
    time: str,
    personnel: str,
    number: int,
    *,
    says: str | None = None,
    approx: bool | None = None,
    derived: list[str] | None = None,
) -> None:
    kind = personnel.replace("all_uniformed", "people in uniform")
    where = f"in {mission}" if mission else "in UN operations worldwide"
    worked_out = " (derived: the sum of several rows or columns)" if derived and "quantity" in derived else ""
    everywhere = [{"name": "United Nations", "role": "operator", "kind": "igo"}]
    told.say(
        row,
        says=says or f"{told.states.label(state)} had {number} {kind} {where} on {time}{worked_out}.",
        type="force_strength",
        actors=[told.state(state, "provider"), *([told.host(), told.mission(mission)] if mission else everywhere)],
        quantity={"value": number, "unit": "personnel", "measure": "stock", **({"approx": True} if approx else {})},
        time=time,
        regime="un",
        slots={"personnel": personnel, "scope": "mission" if mission else "world"},
        derived=sorted({*derived, *(["says"] if worked_out else [])}) if derived else None,
    )
