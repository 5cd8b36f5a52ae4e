"""Posterior-predictive surfaces as they are kept and handed on: deaths by draw and unit.

One surface is one other toll that the same violence could have had (see simulate). Surfaces of different years are
drawn independently given the data, so that they may be added draw by draw; an event whose interval spans two years may
then fall into both or into neither, as often as into one on average. Surfaces of one kind of violence and perpetrator
are drawn for it alone, as a ranking of it would be: they add up to those of all together on average, not draw by draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from garant.exposure.measure import Record, Span
from garant.exposure.settings import settings
from garant.exposure.simulate import fall, predict
from garant.exposure.units import Units, real

_Ints = NDArray[np.int64]
#: The violence, and the kind of perpetrator, of surfaces drawn for all of them together.
ALL = "all"


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Simulated deaths: `deaths` is an array of whole numbers, draws × units; `units` are their ids, by column.

    A unit that is not among them has no deaths in any draw.
    """

    units: tuple[str, ...]
    deaths: _Ints

    def of(self, units: Sequence[str]) -> _Ints:
        """The deaths of some units in their order (draws × units), zero where none were drawn."""
        at = {unit: column for column, unit in enumerate(self.units)}
        found = np.zeros((len(self.deaths), len(units)), dtype=np.int64)
        for column, unit in enumerate(units):
            if unit in at:
                found[:, column] = self.deaths[:, at[unit]]
        return found


def surfaces(record: Record, units: Units, span: Span, draws: int, random: np.random.Generator) -> Surfaces:
    """Surfaces of a period, drawn as `ranking.worst` draws them: location, date and process in doubt."""
    kept = real(units, units.shares(record.ground), record.events, span)
    fallen, deaths = fall(record, record.ground, units, kept, span, draws, random)
    drawn = predict(fallen, deaths, len(kept), random)
    return Surfaces(tuple(units.ids[at] for at in kept), drawn.astype(np.int64))


def by_class(record: Record, units: Units, year: Span, draws: int) -> Iterator[tuple[str, str, Surfaces]]:
    """Surfaces of a year, of all violence and of each kind by each kind of perpetrator; each year has its own seed."""
    random = np.random.default_rng(settings()["simulation"]["seed"] + year[0].year)
    yield ALL, ALL, surfaces(record, units, year, draws, random)
    events = record.events
    for violence, kind in sorted(set(zip(events["violence"], events["perpetrator_kind"], strict=True))):
        chosen = events["violence"].eq(violence) & events["perpetrator_kind"].eq(kind)
        yield violence, kind, surfaces(record.only(chosen.to_numpy()), units, year, draws, random)
