"""overlap: which events of two datasets are one event, and where they disagree (experimental)."""

from __future__ import annotations

from datetime import date

from garant.case.recorded import EVENTS, RecordedCase
from garant.case.result import Column, Result, Row, column
from garant.claims import InputError
from garant.claims.period import Period
from garant.ledger import Clocks


def _deaths(row: Row) -> str:
    if row["agrees"]:
        return ""
    return "deaths differ" if row["other_best"] else "no deaths told"


_COLUMNS = (
    column("event in one", "one"),
    column("in the other", "other"),
    Column("one event?", lambda row: f"{row['probability']:.0%}", wrap=False),
    column("days apart", "days", wrap=False),
    Column("km beyond doubt", lambda row: f"{row['km']:.0f}", wrap=False),
    Column("actors alike", lambda row: f"{row['similarity']:.2f}", wrap=False),
    Column("deaths: best (low-high)", lambda row: f"{row['best']} ({row['low']}-{row['high']})", wrap=False),
    column("in the other", "other_best", wrap=False),
    Column("", _deaths, wrap=False),
)
_QUALITY = (
    "Experimental; the two datasets are never added up. On {incidents} incidents coded by hand in the layout of ACLED, "
    "{precision:.0%} of the pairs at 50% and more were right, and they were {recall:.0%} of the true ones"
)


class OverlapVerbs(RecordedCase):
    """overlap."""

    def overlap(
        self, from_: str | None = None, to: str | None = None, *, least: float = 0.5, known_on: str | None = None
    ) -> Result:
        """Pairs of a UCDP GED and an ACLED event that may be one, with the probability; nothing is merged or pooled.

        Pairs of which one event at least lies between `from_` and `to`; they are fitted to all events of both datasets.
        Rows `{one, other, probability, days, km, similarity, best, low, high, other_best, agrees}`, the surest first
        down to `least`; `agrees` says whether the second's deaths lie between the first's low and high count. An event
        of ACLED that may lack its toll (see `comparable`) is compared though it tells no deaths. Experimental: see
        `garant.exposure.matching`. Raises InputError unless both datasets are loaded.
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
        if first is not None and last is not None and last < first:
            raise InputError(f"the period ends ({to}) before it begins ({from_})", mend="exchange the two dates")
        one, other = (
            read_events(snapshot.path, lethal=lethal)
            for snapshot, lethal in zip(found, (True, False), strict=True)
            if snapshot is not None
        )
        other = comparable(other)
        span = first or date.min, last or date.max
        # Fitted to all events, so that the days asked for change what is shown and no probability.
        pairs = match(one, other)
        one, other = (frame[told_within(frame, *span)] for frame in (one, other))
        asked = pairs["one"].isin(one["event_id"]) | pairs["other"].isin(other["event_id"])
        shown = pairs[asked & (pairs["probability"] >= least)]
        told: list[Row] = shown.to_dict("records")  # type: ignore[assignment]  # columns are named
        rows = [{**row, "agrees": bool(row["low"] <= row["other_best"] <= row["high"])} for row in told]
        left = [int((~frame["event_id"].isin(shown[side])).sum()) for side, frame in (("one", one), ("other", other))]
        notes = [
            f"{left[0]} of {len(one)} events of {EVENTS[0]} and {left[1]} of {len(other)} of {EVENTS[1]} have no pair",
            *rules()["rules"].values(),
            _QUALITY.format(**rules()["measured"]),
        ]
        return Result(f"{len(rows)} pairs that may be one event", _COLUMNS, rows, notes)
