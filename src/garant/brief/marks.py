"""Marks of the timeline, and the rows on which their labels do not touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml

#: Lanes, widths and fonts: timeline.yaml.
STYLE: dict[str, Any] = read_yaml(resources.files(__package__).joinpath("timeline.yaml").read_text(encoding="utf-8"))
#: Widths are estimated before drawing: the mean width of a character as a share of the font size.
_CHARACTER = 0.54


@dataclass(slots=True)
class Mark:
    """One thing on the timeline. `start` and `end` are days (ISO); `sure` is false where the source is not
    sure of the day or gives only a month or year; `label` ends with its footnote's number."""

    lane: str
    start: str
    end: str
    label: str
    sure: bool
    shape: str
    row: int = 0
    flip: bool = False
    notes: tuple[int, ...] = ()


def place(marks: Sequence[Mark]) -> dict[str, int]:
    """Give each mark the first row of its lane where its label does not touch another's; returns rows by lane."""
    first, last = min(m.start for m in marks), max(m.end for m in marks)
    days = max(1, (date.fromisoformat(last) - date.fromisoformat(first)).days)
    per_day = STYLE["width"] / days
    ends: dict[str, list[float]] = {}
    for mark in sorted(marks, key=lambda m: (m.start, m.label)):
        left = (date.fromisoformat(mark.start) - date.fromisoformat(first)).days * per_day
        right = (date.fromisoformat(mark.end) - date.fromisoformat(first)).days * per_day
        text = len(mark.label) * STYLE["font"] * _CHARACTER + 10
        mark.flip = right + text > STYLE["width"]
        occupied = (left - text, right + 8) if mark.flip else (left - 4, right + text)
        rows = ends.setdefault(mark.lane, [])
        mark.row = next((i for i, end in enumerate(rows) if end < occupied[0]), len(rows))
        rows[mark.row : mark.row + 1] = [occupied[1]]
    return {lane: len(rows) for lane, rows in ends.items()}
