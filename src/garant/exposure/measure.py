"""Exposure: recorded violence by unit, period and perpetrator, raw and modelled apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from garant.exposure.events import share_within, told_within
from garant.exposure.kernel import Bandwidth, Smoother, in_period
from garant.exposure.settings import BY_POPULATION, settings
from garant.exposure.spread import Ground
from garant.exposure.units import Units

if TYPE_CHECKING:
    import pandas as pd

Span = tuple[date, date]
_RAW = ("low", "best", "high")
#: Deaths of a smooth intensity below which a unit has none of its own.
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Record:
    """Events of a dataset with their grounds: what exposure is measured on.

    Where a population layer is loaded, `people` is the ground shared out by it and `inhabitants` persons by lattice
    point inside the country; `span` are the days the data cover.
    """

    events: pd.DataFrame
    ground: Ground
    span: Span
    bandwidth: Bandwidth
    people: Ground | None = None
    inhabitants: NDArray[np.float64] | None = None

    def only(self, chosen: NDArray[np.bool_]) -> Record:
        """The same record with some of its events."""
        from dataclasses import replace

        def part(ground: Ground) -> Ground:
            return replace(
                ground,
                of_event=ground.of_event[chosen],
                printed_area=ground.printed_area[chosen],
                named_area=ground.named_area[chosen],
            )

        people = part(self.people) if self.people is not None else None
        return replace(self, events=self.events[chosen], ground=part(self.ground), people=people)


def measure(record: Record, units: Units, periods: Sequence[Span]) -> list[dict[str, Any]]:
    """Rows {unit, name, from, to, violence, perpetrator, perpetrator_kind, events, low, best, high, coarse_events,
    coarse_best, expected, intensity, ids}; sums over cells or areas equal the record's.

    Raw columns count an event at its printed place and in the period it began; `coarse` tells how many of them, and of
    their deaths, have a place known only to a province or worse. `expected` shares each event's best count over where
    and when it may have happened; `intensity` is the kernel's (see kernel). `ids` are the dataset's own ids of the
    events counted. With a population layer `expected_by_population` and `intensity_by_population` are the same with
    coarse events spread by where people live, and `people` those who live in the unit.
    """
    grounds = {"": record.ground} | ({} if record.people is None else {BY_POPULATION: record.people})
    models = {end: (units.shares(g), Smoother(g, record.bandwidth)) for end, g in grounds.items()}
    made: list[dict[str, Any]] = []
    living = None if record.inhabitants is None else units.gather(record.inhabitants)
    place_of = {unit: at for at, unit in enumerate(units.ids)}
    for first, last in periods:
        rows = _period(record, units, (first, last), models)
        made.extend(row if living is None else row | {"people": round(living[place_of[row["unit"]]])} for row in rows)
    return made


def _period(
    record: Record, units: Units, period: Span, models: Mapping[str, tuple[sparse.csr_matrix, Smoother]]
) -> Iterator[dict[str, Any]]:
    events = record.events
    begun = told_within(events, *period)
    mass = events["best"].to_numpy(float) * share_within(events, *period)
    smooth = events["best"].to_numpy(float) * in_period(events, *period, record.span, record.bandwidth.time_days)
    counts = {column: events[column].to_numpy(np.int64) for column in _RAW}
    ids = events["event_id"].to_numpy()
    counts["coarse_events"] = events["spread"].isin(settings()["coarse"]).to_numpy(np.int64)
    counts["coarse_best"] = counts["best"] * counts["coarse_events"]
    for (violence, perpetrator, kind), at in _by_perpetrator(events):
        modelled = {}
        for end, (shares, smoother) in models.items():
            own = np.zeros(len(events))
            own[at] = smooth[at]
            modelled[f"expected{end}"] = shares[at].T @ mass[at]
            modelled[f"intensity{end}"] = units.gather(smoother(own)) if own.any() else np.zeros(len(units.ids))
        counted = at[begun[at]]
        printed = units.printed[counted].T.tocsr()
        told = (modelled["expected"] > 0) | (modelled["intensity"] > _NEGLIGIBLE) | (np.diff(printed.indptr) > 0)
        for unit in np.flatnonzero(told):
            here = counted[printed.indices[printed.indptr[unit] : printed.indptr[unit + 1]]]
            yield {
                "unit": units.ids[unit],
                "name": units.names[unit],
                "from": period[0].isoformat(),
                "to": period[1].isoformat(),
                "violence": violence,
                "perpetrator": perpetrator,
                "perpetrator_kind": kind,
                "events": len(here),
                **{column: int(counts[column][here].sum()) for column in (*_RAW, "coarse_events", "coarse_best")},
                **{column: float(by_unit[unit]) for column, by_unit in modelled.items()},
                "ids": [str(name) for name in ids[here]],
            }


def _by_perpetrator(events: pd.DataFrame) -> Iterator[tuple[tuple[str, str, str], NDArray[np.int64]]]:
    keys = ["violence", "perpetrator", "perpetrator_kind"]
    for key, at in events.groupby(keys, sort=True).indices.items():
        violence, perpetrator, kind = (str(part) for part in key)  # type: ignore[attr-defined]  # three keys, a tuple
        yield (violence, perpetrator, kind), np.asarray(at, dtype=np.int64)
