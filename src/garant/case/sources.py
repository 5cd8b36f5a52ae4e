"""sources: what the case rests on, and how far each source stands from the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from garant.case.base import CaseBase
from garant.case.result import Column, Result, column, counted
from garant.claims import InputError, origins
from garant.claims.rules import unknown
from garant.ledger import STATUSES, ClaimQuery, Clocks

_COLUMNS = (
    column("source", "id", wrap=False),
    Column("publisher", lambda row: row["publisher"], share=3),
    Column("title", lambda row: row["title"], share=6),
    column("published", "published", wrap=False),
    column("independence", "independence", wrap=False, spare=True),
    column("grade", "grade", wrap=False),
    Column("speaks for", lambda row: ", ".join(row.get("interested", [])), share=2, spare=True),
    Column("rests on", lambda row: ", ".join(row.get("derived_from", [])), share=2, spare=True),
    Column("claims", lambda row: sum(row["claims"].values())),
)


class SourceVerbs(CaseBase):
    """sources."""

    def sources(
        self,
        ids: Sequence[str] = (),
        *,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Result:
        """Sources in order of publication: rows of source records, plus `origins` (the independent sources behind
        copies) and `claims` (how many, by status). `ids` picks some; with `known_on`, those published by then."""
        clocks = Clocks.read(as_of, known_on, ledger_on)
        every = self.ledger.sources(clocks)
        for id in ids:
            if id not in every:
                raise InputError(unknown("source", id, every), mend="list them with 'garant sources'")
        counts: dict[str, Counter[str]] = {}
        for entry in self.entries(ClaimQuery(clocks, statuses=STATUSES)):
            counts.setdefault(entry.claim.source, Counter())[entry.status] += 1
        known = clocks.known_day
        wanted = [s for s in every.values() if not ids or s.id in ids]
        shown = [s for s in wanted if known is None or (s.known_day is not None and s.known_day <= known)]
        undated = sum(s.known_day is None for s in wanted)
        rows = []
        for source in sorted(shown, key=lambda s: (s.known_day is None, s.known_day or 0, s.id)):
            row = source.to_record()
            row["origins"] = sorted(origins(every, source.id))
            row["claims"] = dict(counts.get(source.id, {}))
            rows.append(row)
        notes = (
            [f"{counted(undated, 'undated source')} left out, because --known-on is given"] if undated and known else []
        )
        return Result(counted(len(rows), "source"), _COLUMNS, rows, notes)
