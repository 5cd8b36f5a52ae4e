"""Exposure of one country with 1,000 simulated surfaces, and a panel of the world's land cells by month.

    python benchmarks/exposure_speed.py [--events 350000] [--cells 64818]

Events are generated: as many as UCDP GED has worldwide, a share of them in one country, with its precisions and years.
The cells are as many as PRIO-GRID has on land.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from garant.case.locate import packaged
from garant.geo import read_areas
from report import figure, heading, machine

EXPOSURE_S, PANEL_S = 5.0, 30.0
COUNTRY_EVENTS = 1848
SPREADS = {"point": 0.66, "near": 0.2, "district": 0.08, "province": 0.04, "country": 0.02}


def events(number: int, home: int, seed: int = 1) -> pd.DataFrame:
    """Events with the columns of a snapshot; the first `home` of them lie in the packaged case's country."""
    random = np.random.default_rng(seed)
    outline = read_areas(packaged()["caf"] / "figures" / "boundaries.geojson").outline
    west, south, east, north = outline.bounds
    here = np.arange(number) < home
    start = np.datetime64("1989-01-01") + random.integers(0, 365 * 35, number)
    side = random.choice(["Group A", "Group B", "Group C", "Government of Somewhere"], number)
    best = random.negative_binomial(0.5, 0.08, number)
    return pd.DataFrame(
        {
            "event_id": [str(n) for n in range(number)], "row": np.arange(1, number + 1), "in_case": here,
            "iso3": np.where(here, "CAF", "XXX"), "country": "Somewhere", "day": start, "start": start,
            "end": start + np.where(random.random(number) < 0.2, random.integers(1, 30, number), 0),
            "violence": random.choice(["state_based", "non_state", "one_sided"], number), "dyad": side,
            "side_a": side, "side_b": "Civilians", "side_a_kind": "armed_group", "side_b_kind": "civilians",
            "longitude": np.where(here, random.uniform(west + 2, east - 4, number), random.uniform(-170, 170, number)),
            "latitude": np.where(here, random.uniform(south + 2.5, north - 4, number), random.uniform(-40, 60, number)),
            "spread": random.choice(list(SPREADS), number, p=list(SPREADS.values())),
            "place": "", "adm1": "", "adm2": "", "best": best, "low": best, "high": best + 2, "deaths_civilians": best,
            "outlets": [["An outlet"]] * number,
        }
    )  # fmt: skip


EXPOSURE = """
import sys
from datetime import date
from pathlib import Path
from garant.exposure import units
from garant.exposure.bandwidth import choose
from garant.exposure.events import read_events
from garant.exposure.measure import Record, measure
from garant.exposure.ranking import worst
from garant.exposure.spread import spread
from garant.geo import Lattice, read_areas
areas = read_areas(Path(sys.argv[2]))
lattice = Lattice.over(areas)
events = read_events(Path(sys.argv[1]))
ground = spread(events, lattice)
data = (date(1989, 1, 1), date(2023, 12, 31))
people = spread(events, lattice, people=1 + lattice.latitude % 1) if sys.argv[3] == "people" else None
record = Record(events, ground, data, choose(events, lattice, data), people=people)
cells = units.cells(ground, events)
span = (date(2012, 1, 1), date(2022, 12, 31))
rows = measure(record, cells, [span])
ranking = worst(record, cells, span, draws=1000)
"""
PANEL = """
import sys
from datetime import date
from pathlib import Path
from garant.exposure.panel import Panel
span = (date(1989, 1, 1), date(2023, 12, 31))
cells = list(range(50_000, 50_000 + int(sys.argv[3])))
kinds = ["non_state", "one_sided", "state_based"]
Panel(Path(sys.argv[1]), "cell", "month", cells, *span, span, kinds, everywhere=True).write(Path(sys.argv[2]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=350_000)
    parser.add_argument("--cells", type=int, default=64_818)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="garant-bench-") as name:
        folder = Path(name)
        snapshot = folder / "events.parquet"
        frame = events(given.events, COUNTRY_EVENTS)
        frame[["day", "start", "end"]] = frame[["day", "start", "end"]].astype("datetime64[s]")
        frame.to_parquet(snapshot)
        heading(f"Exposure of a country with {COUNTRY_EVENTS:,} events, by cell, 1,000 simulated surfaces")
        outline = packaged()["caf"] / "figures" / "boundaries.geojson"
        given_files = [str(snapshot), str(outline)]
        _measured("a fresh process", EXPOSURE, [*given_files, "surface"], EXPOSURE_S)
        _measured("spread by people too, both models", EXPOSURE, [*given_files, "people"], EXPOSURE_S)
        heading(f"Panel of {given.cells:,} cells by month, 1989-2023, from {given.events:,} events")
        written = folder / "panel.parquet"
        _measured("written as Parquet", PANEL, [str(snapshot), str(written), str(given.cells)], PANEL_S)
        months = (date(2023, 12, 31).year - 1988) * 12
        figure("rows", given.cells * months, "")
        figure("on disk", written.stat().st_size / 1e6, "MB")


def _measured(what: str, code: str, words: list[str], required: float) -> None:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], check=True)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    figure(what, took, "s", below=required)
    figure(f"{what}: peak memory, of this or an earlier one", peak, "MB")


if __name__ == "__main__":
    main()
