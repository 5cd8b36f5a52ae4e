"""overlap: which events of two datasets are one event, and where they disagree (experimental)."""

from __future__ import annotations

from datetime import date

from garant.case.recorded import EVENTS, RecordedCase
from garant.case.result import Column, Result, Row, column
from garant.claims import InputError
from garant.claims.period import Period
from garant.ledger import Clocks

_COLUMNS = (
    column("event in one", "one"),
    column("in the other", "other"),
    Column("one event?", lambda row: f"{row['probability']:.0%}", wrap=False),
    column("days apart", "days", wrap=False),
    Column("km beyond doubt", lambda row: f"{row['km']:.0f}", wrap=False),
    Column("actors alike", lambda row: f"{row['similarity']:.2f}", wrap=False),
    Column("deaths: best (low-high)", lambda row: f"{row['best']} ({row['low']}-{row['high']})", wrap=False),
    column("in the other", "other_best", wrap=False),
    Column("", lambda row: "" if row["agrees"] else "deaths differ", wrap=False),
)


class OverlapVerbs(RecordedCase):
    """overlap."""

    def overlap(
        self, from_: str | None = None, to: str | None = None, *, least: float = 0.5, known_on: str | None = None
    ) -> Result:
        """Pairs of a UCDP GED and an ACLED event that may be one, with the probability; nothing is merged or pooled.

        Rows `{one, other, probability, days, km, similarity, best, low, high, other_best, agrees}`, the surest first
        down to `least`; `agrees` says whether the second's deaths lie between the first's low and high count.
        Experimental: see `garant.exposure.matching`. Raises InputError unless both datasets are loaded.
        """
        from garant.exposure.events import read_events, told_within
        from garant.exposure.matching import comparable, match, rules

        clocks = Clocks.read(known_on=known_on)
        found = [self._newest(name, clocks) for name in EVENTS]
        for name, snapshot in zip(EVENTS, found, strict=True):
            if snapshot is None:
                raise InputError(
                    f"no events of {name} are loaded", where=self.name, mend=f"load them with 'garant load {name} FILE'"
                )
        first = Period.parse(from_).first_day if from_ else None
        last = Period.parse(to).last_day if to else None
        one, other = (
            read_events(snapshot.path, lethal=lethal)
            for snapshot, lethal in zip(found, (True, False), strict=True)
            if snapshot is not None
        )
        other = comparable(other)
        span = first or date.min, last or date.max
        one, other = (frame[told_within(frame, *span)] for frame in (one, other))
        pairs = match(one, other)
        shown = pairs[pairs["probability"] >= least]
        told: list[Row] = shown.to_dict("records")  # type: ignore[assignment]  # columns are named
        rows = [{**row, "agrees": bool(row["low"] <= row["other_best"] <= row["high"])} for row in told]
        left = len(one) - shown["one"].nunique(), len(other) - shown["other"].nunique()
        notes = [
            f"{left[0]} of {len(one)} events of {EVENTS[0]} and {left[1]} of {len(other)} of {EVENTS[1]} have no pair",
            *rules()["rules"].values(),
            "Experimental: probabilities are fitted without labels; the two datasets are never added up",
        ]
        return Result(f"{len(rows)} pairs that may be one event", _COLUMNS, rows, notes)
