"""Geo-PKO: units drawn on UN maps become claims on who was where on the day of the map.

The numbers are Geo-PKO's: unit symbols taken at standard sizes, so each is "about", and their sum over a map says how
many people the symbols stand for, not how many there were. Nothing on a map (0 or blank) is never zero troops. Only UN
operations are covered: about other forces these tables say nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from garant.datasets.claimset import ClaimSet, Record, Row, hosts_of, whole
from garant.datasets.wholes import whole_operation

#: The most contributors that the wide table of 2.1 names for a place.
_SLOTS = 17
_OVERVIEW = re.compile(r"\s*([^,()]+(?:\([A-Z]{2,}\))?)\s*\(([^()]*)\)\s*(?:,|$)")
_UNKNOWN = "unknown"
#: What a symbol without a number says of how many there are.
AT_LEAST_ONE: Record = {"low": 1}


def maps(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:
    """The wide table (2.0, 2.1): one row for each map and place, with contributors and their numbers."""
    sums: dict[tuple[str, str], list[Row]] = defaultdict(list)
    seen: dict[tuple[str, ...], int] = {}
    repeated = doubtful = 0
    unequal: list[int] = []
    for row in rows:
        if not _is_here(row, told):
            continue
        year, month = row.count("year"), row.count("month")
        if year is None or month is None or not 1 <= month <= 12:  # noqa: PLR2004  # months of a year
            told.rejects.add(row.number, "no date of the map", f"{row['year']}-{row['month']}")
            continue
        time = f"{year:04d}-{month:02d}"
        key = (row["map"], row["mission"], time, row["location"])
        repeated += key in seen
        seen.setdefault(key, row.number)
        sums[row["mission"], time].append(row)
        parts = [
            (row.column(f"nameoftcc_{i}"), row.column(f"notroopspertcc_{i}"))
            for i in range(1, _SLOTS + 1)
            if row.column(f"nameoftcc_{i}")
        ]
        numbers = [whole(size) for _, size in parts]
        if row.count("troops") is not None and parts and sum(n or 0 for n in numbers) != row.count("troops"):
            unequal.append(row.number)
        doubtful += bool(row.count("battalions")) and row.count("hq") in codes["hq"]
        _site(row, told, time, parts, codes)
    for (mission, time), shown in sums.items():
        counted = [(r, n) for r in shown if (n := r.count("troops"))]
        if counted:
            where = f"what the unit symbols of {shown[0]['map']} stand for at {len(counted)} places"
            whole_operation(told, mission, time, counted, where)
    if repeated:
        told.notes.append(f"{repeated} rows repeat a map and place: all are kept, each with its row")
    if unequal:
        listed = ", ".join(map(str, unequal))
        told.notes.append(
            f"in {len(unequal)} rows the contributors add up to another number than the place has (rows {listed}): "
            "the claims give the contributors' numbers, the sum of the map the places'"
        )
    if doubtful:
        told.notes.append(
            f"{doubtful} rows book whole battalions at a headquarters, whose companies may stand elsewhere: "
            "the claims say so (dispersal: perhaps_dispersed)"
        )


def front_map(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:
    """The yearly table of places (2.3): the number of one map of the year, and the mean of all its maps.

    A place stands there once for each different number; all are kept.
    """
    sums: dict[tuple[str, str], list[tuple[Row, int]]] = defaultdict(list)
    added_up: Counter[tuple[str, str]] = Counter()
    seen: set[tuple[str, ...]] = set()
    repeated = 0
    for row in rows:
        if not _is_here(row, told):
            continue
        year = row.count("year")
        if year is None:
            told.rejects.add(row.number, "no year", row["year"])
            continue
        time, mean, number = f"{year:04d}", row.count("mean") or 0, row.count("troops")
        key = (row["mission"], time, row["location"])
        added_up[row["mission"], time] += mean
        if key in seen:
            repeated += 1
        elif mean:
            sums[row["mission"], time].append((row, mean))
        seen.add(key)
        if number:
            says = f"A map of {year} shows units taken as {number} people of {row['mission']} at {row['location']}."
            _strength(told, row, says, [], time, number, _part(row, codes), "all_uniformed")
        _symbols(row, told, time, codes, silent=not number)
    for (mission, time), parts in sums.items():
        whole_operation(told, mission, time, parts, f"the means of the year's maps at {len(parts)} places")
    if repeated:
        told.notes.append(f"{repeated} rows repeat an operation, year and place: all are kept, each with its row")
    for (mission, time), parts in sums.items():
        total = sum(n for _, n in parts)
        naive = added_up[mission, time]
        if naive != total:
            told.notes.append(
                f"{mission} {time}: adding up all rows would count repeated places again ({naive:,}); "
                f"each place once is {total:,}"
            )


def contributors_map(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:
    """The yearly table of contributors (2.3): "Rwanda (800), Nepal (size unknown)" for each place."""
    seen: set[tuple[str, ...]] = set()
    repeated = 0
    for row in rows:
        hosts = hosts_of(row["mission"])
        if hosts is not None and told.country not in hosts:
            told.outside += 1
            continue
        if hosts is None or len(hosts) > 1:
            why = "the table does not say in which state the place is"
            told.rejects.add(row.number, why, f"{row['mission']}, {row['location']}")
            continue
        year = row.count("year")
        parts = _OVERVIEW.findall(row["overview"])
        if year is None or not parts or _OVERVIEW.sub("", row["overview"]).strip():
            why = "no year" if year is None else "contributors that cannot be read"
            told.rejects.add(row.number, why, row["overview"])
            continue
        key = (row["mission"], str(year), row["location"])
        repeated += key in seen
        seen.add(key)
        _site(row, told, f"{year:04d}", [(name.strip(), size) for name, size in parts], codes)
    if repeated:
        told.notes.append(f"{repeated} rows repeat an operation, year and place: all are kept, each with its row")


def _is_here(row: Row, told: ClaimSet) -> bool:
    """Whether the row's place is in the case's country; an unknown state is a reject."""
    state = told.states.by_name(row["country"])
    if state is None and not row["country"]:
        told.rejects.add(row.number, "no state", row["location"])
    elif state != told.country:
        told.outside += 1
    return state == told.country


def _site(row: Row, told: ClaimSet, time: str, parts: list[tuple[str, str]], codes: Mapping[str, Any]) -> None:
    """Claims on the contributors at a place, and on symbols without a number."""
    whole_part = _part(row, codes)
    personnel = "all_uniformed" if row.count("fpu") else "troops"
    for name, size in parts:
        state, number = told.states.by_name(name), whole(size)
        whose = "a contributor that is not named" if name.lower() == _UNKNOWN else name
        who = [told.state(state, "provider", name)] if state else []
        part = whole_part if state else {**whole_part, "component": f"{whole_part['component']}, units of {whose}"}
        if number:
            says = f"The UN map shows units of {whose} at {row['location']}, taken as {number} people."
        else:
            says = f"The UN map shows units of {whose} at {row['location']}; their size is unknown."
        _strength(told, row, says, who, time, number or None, part, personnel)
    number = row.count("troops")
    if not parts and number:
        says = f"The UN map shows units at {row['location']}, taken as {number} people; it names no contributor."
        _strength(told, row, says, [], time, number, whole_part, personnel)
    _symbols(row, told, time, codes, silent=not parts and not number)


def _symbols(row: Row, told: ClaimSet, time: str, codes: Mapping[str, Any], *, silent: bool) -> None:
    """Police and observers are only symbols: somebody is there (at least one), nobody says how many."""
    for personnel in codes["personnel"]:
        if row.count(personnel):
            says = f"The UN map shows {personnel} of {row['mission']} at {row['location']}, and no number."
            _strength(told, row, says, [], time, AT_LEAST_ONE, _part(row, codes), personnel)
            silent = False
    if silent:
        told.silence(row, "the map shows a place without any unit symbol, which is not zero troops")


def _strength(
    told: ClaimSet,
    row: Row,
    says: str,
    who: list[Record],
    time: str,
    number: int | Record | None,
    part: Record,
    personnel: str,
) -> None:
    """A strength at a place: about `number`, at least one (AT_LEAST_ONE), or of unknown size (None)."""
    size: Record | None = {"value": number, "approx": True} if isinstance(number, int) else number
    quantity = {**size, "unit": "personnel", "measure": "stock"} if size else None
    told.say(
        row,
        says=says,
        type="force_strength",
        actors=[*who, told.host(), told.mission(row["mission"])],
        quantity=quantity,
        time=time,
        place=told.place(row["location"], row["latitude"], row["longitude"]),
        regime="un",
        slots={"personnel": personnel, "scope": "mission", **part},
        derived=["quantity"] if number is AT_LEAST_ONE else None,
    )


def _part(row: Row, codes: Mapping[str, Any]) -> Record:
    """Which part of the operation it is: that at a place. Whole battalions at a headquarters may stand elsewhere."""
    part = {"component": f"at {row['location']}"}
    if row.count("battalions") and row.count("hq") in codes["hq"]:
        part["dispersal"] = "perhaps_dispersed"
    return part
