"""UNPMM: tasks of UN missions by year, as claims on their mandates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from garant.datasets.claimset import ClaimSet, Row


def mission_years(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:
    """The table of mission-years: the task codes flagged in a year, as one claim.

    Most tasks are flagged in one year only, so a flag seems to mark the year in which the task was first given; a year
    without a flag is no end of a task.
    """
    task = re.compile(rf"(?:{'|'.join(codes['tasks'])})\d\d")
    for row in rows:
        states = {told.states.by_gw(row[f"gw_{n}"]) for n in range(1, 6)}
        if told.country not in states:
            told.outside += 1
            continue
        year = row.count("year")
        if year is None:
            told.rejects.add(row.number, "no year", row["year"])
            continue
        given = [name for name, value in sorted(row.columns.items()) if task.fullmatch(name) and value == "1"]
        if not given:
            told.silence(row, "no task is flagged in the year, which ends none")
            continue
        told.say(
            row,
            says=f"In {year} {row['mission']} is coded with {len(given)} tasks: {', '.join(given)} (codes of UNPMM).",
            type="mandate",
            actors=[told.mission(row["mission"])],
            time=f"{year:04d}",
            regime="un",
            slots={"verb": "task", "subject_matter": f"UNPMM codes {', '.join(given)}"},
        )
    told.notes.append(
        "most tasks are flagged in one year only: a flag seems to mark when a task was first given, not that it went on"
    )
