"""Rejects: rows that cannot be used, counted by reason and listed by row number."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from garant.errors import InputError


@dataclass(frozen=True, slots=True, order=True)
class Reject:
    """A row that cannot be used: its number (1 = first after the header), the reason, and what stands there."""

    row: int
    reason: str
    detail: str = ""


@dataclass(slots=True)
class Rejects:
    """All rows of one file that cannot be used; a row is rejected once, for the first reason found."""

    listed: dict[int, Reject] = field(default_factory=dict)

    def add(self, row: int, reason: str, detail: str = "") -> None:
        """Reject a row, unless it is rejected already."""
        self.listed.setdefault(row, Reject(row, reason, detail))

    def extend_rows(self, rejects: Iterable[tuple[int, str, str | None]]) -> None:
        """Reject rows given as (row, reason, detail)."""
        for row, reason, detail in rejects:
            self.add(row, reason, detail or "")

    def __len__(self) -> int:
        return len(self.listed)

    def __contains__(self, row: int) -> bool:
        return row in self.listed

    def by_reason(self) -> dict[str, int]:
        """How many rows for each reason, the most frequent first."""
        counted = Counter(reject.reason for reject in self.listed.values())
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def write(self, path: Path) -> None:
        """List the rows as CSV: row, reason, detail. Raises InputError where the file cannot be written."""
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(("row", "reason", "detail"))
                writer.writerows((r.row, r.reason, r.detail) for r in sorted(self.listed.values()))
        except OSError as error:
            raise InputError(f"cannot be written ({error.strerror})", where=str(path)) from None
