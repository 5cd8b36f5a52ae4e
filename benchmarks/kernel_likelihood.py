"""How well violence elsewhere foretells each event: bandwidths of the kernel, and simple rivals on the same events.

    python benchmarks/kernel_likelihood.py GED_FILE [--case caf]

GED_FILE is UCDP GED for the case's country. Printed are the held-out log-likelihood of each pair of bandwidths (see
garant.exposure.bandwidth), how often each is chosen if places are drawn anew, and the mean gain over an even density,
in nats an event, of the chosen pair and of counts by PRIO-GRID cell and year. Each event is foretold without the others
at its place, and by last year's counts also with them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from garant.case import Case, init
from garant.exposure.bandwidth import choose, likelihoods, usable
from garant.exposure.kernel import middle_day
from garant.exposure.measure import Record
from garant.exposure.settings import settings
from garant.geo import cell_of
from garant.ledger import Clocks
from report import figure, heading, machine

RESAMPLES, SEED = 2000, 1
YEAR = 365.25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--case", default="caf")
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="garant-bench-") as folder:
        case = Case.open(init(Path(folder) / "case", from_=given.case))
        case.load("ucdp-ged", given.file)
        record = case._evidence("ucdp-ged", Clocks.read(), bandwidth=False).record
    if record is None:
        sys.exit("no events were loaded")
    scores = likelihoods(usable(record.events), record.ground.lattice, record.span)
    _surface(scores)
    _resampled(record, scores)
    _rivals(record, scores)


def _surface(scores: dict[tuple[float, float], NDArray[np.float64]]) -> None:
    rule = settings()["kernel"]
    heading("Held-out log-likelihood: km down, days across")
    print("      " + "".join(f"{b:>9g}" for b in rule["time_days"]))
    for h in rule["space_km"]:
        print(f"{h:>6g}" + "".join(f"{scores[h, b].sum():>9,.0f}" for b in rule["time_days"]))


def _places(record: Record) -> NDArray[np.int64]:
    printed = usable(record.events)[["longitude", "latitude"]].to_numpy(float).round(2)
    return np.unique(printed, axis=0, return_inverse=True)[1].ravel()


def _resampled(record: Record, scores: dict[tuple[float, float], NDArray[np.float64]]) -> None:
    """The choice if places were drawn anew, with replacement."""
    heading(f"Chosen in {RESAMPLES:,} resamples of places")
    of, pairs = _places(record), list(scores)
    by_place = np.array([np.bincount(of, scores[pair]) for pair in pairs])
    number = by_place.shape[1]
    drawn = np.random.default_rng(SEED).multinomial(number, np.full(number, 1 / number), size=RESAMPLES)
    for at, count in Counter((drawn @ by_place.T).argmax(axis=1).tolist()).most_common(5):
        figure(f"{pairs[at][0]:g} km, {pairs[at][1]:g} days", 100 * count / RESAMPLES, "%")


def _rivals(record: Record, scores: dict[tuple[float, float], NDArray[np.float64]]) -> None:
    heading("Gain over an even density, nats an event")
    lattice = record.ground.lattice
    chosen = choose(record.events, lattice, record.span)
    days = (record.span[1] - record.span[0]).days + 1
    level = -np.log(lattice.surface_km2 * days)
    pair = chosen.space_km, chosen.time_days
    figure(f"kernel of {pair[0]:g} km and {pair[1]:g} days", float(scores[pair].mean() - level), "nats")
    for what, back, block in (
        ("counts of the same cell and year, other places", 0, True),
        ("last year's counts of the cell, other places", 1, True),
        ("last year's counts of the cell, the place itself too", 1, False),
    ):
        figure(what, float(_counts(record, back, block).mean() - level), "nats")


def _counts(record: Record, back: int, block: bool) -> NDArray[np.float64]:
    """Log-density at each event by counts of its cell some years back, mixed with an even density as the kernel is."""
    used, lattice, even = usable(record.events), record.ground.lattice, settings()["kernel"]["even"]
    cell = cell_of(used["longitude"].to_numpy(float), used["latitude"].to_numpy(float))
    year = (middle_day(used).astype("datetime64[D]").astype("datetime64[Y]")).astype(int)
    surface = Counter[int]()
    for here, weight in zip(lattice.cell[lattice.inside], lattice.weight[lattice.inside], strict=True):
        surface[int(here)] += float(weight) * lattice.surface_km2  # type: ignore[assignment]
    square = np.array([surface[int(c)] or max(surface.values()) for c in cell])
    days, of = (record.span[1] - record.span[0]).days + 1, _places(record)
    told = (cell[:, None] == cell) & (year[:, None] - back == year)
    others = of[:, None] != of if block else np.ones((len(of), len(of)), dtype=bool)
    density = (told & others).sum(axis=1) / others.sum(axis=1) / (square * YEAR)
    made: NDArray[np.float64] = np.log((1 - even) * density + even / (lattice.surface_km2 * days))
    return made


if __name__ == "__main__":
    main()
