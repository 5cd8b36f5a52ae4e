"""RADPKO: means over a year of the people whom each contributor had at a base, as its authors worked them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from garant.datasets.claimset import ClaimSet, Row
from garant.datasets.wholes import whole_operation


def bases(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:
    """The yearly table of bases: a column for each contributor and kind of personnel.

    The numbers are shares of monthly contributions spread over the bases, so each is "about" and a mean of the year.
    Less than half a person is nobody.
    """
    columns: list[tuple[str, str, str]] | None = None
    unknown: set[str] = set()
    sums: dict[tuple[str, str], list[tuple[Row, int]]] = defaultdict(list)
    for row in rows:
        if told.states.by_name(row["country"]) != told.country:
            told.outside += 1
            continue
        year = row.count("year")
        if year is None:
            told.rejects.add(row.number, "no year", row["year"])
            continue
        if columns is None:
            columns = list(_contributors(row, told, codes, unknown))
        before = len(told.claims)
        for column, state, kind in columns:
            _tell(row, told, column, state, kind, year)
        if len(told.claims) == before:
            told.silence(row, "nobody is counted at the base")
        if deployed := row.count("deployed"):
            sums[row["mission"], f"{year:04d}"].append((row, deployed))
    for (mission, time), parts in sums.items():
        whole_operation(told, mission, time, parts, f"the means over {time} of {len(parts)} bases")
    if unknown:
        told.notes.append(f"no state is known by the column names {', '.join(sorted(unknown))}")
    told.notes.append(
        "the numbers are means over a year of contributions that RADPKO spreads over bases: the claims say “about”"
    )


def _contributors(
    row: Row, told: ClaimSet, codes: Mapping[str, Any], unknown: set[str]
) -> Iterable[tuple[str, str, str]]:
    for column in row.columns:
        name, _, end = column.rpartition("_")
        if end in codes["kinds"] and name and name not in codes["groups"]:
            state = told.states.by_name(name.replace("_", " "))
            if state is None:
                unknown.add(column)
            else:
                yield column, state, codes["kinds"][end]


def _tell(row: Row, told: ClaimSet, column: str, state: str, kind: str, year: int) -> None:
    try:
        number = round(float(row.column(column)))
    except ValueError:
        return
    if number <= 0:
        return
    base = row["base"].title()
    told.say(
        row,
        says=f"Mean of {year}: {told.states.label(state)} had {number} {kind} of {row['mission']} at {base}.",
        type="force_strength",
        actors=[told.state(state, "provider"), told.host(), told.mission(row["mission"])],
        quantity={"value": number, "unit": "personnel", "measure": "stock", "approx": True},
        time=f"{year:04d}",
        place=told.place(base, row["latitude"], row["longitude"]),
        regime="un",
        slots={"personnel": kind, "scope": "mission", "component": f"at {base}, mean of the year"},
    )
