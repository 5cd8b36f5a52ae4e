"""Time of loading events against DuckDB's own ``CREATE TABLE AS SELECT * FROM read_csv`` on one file in one run.

Run it as ``.venv/bin/python benchmarks/load_speed.py``. The files are made up in the published layouts: 350,000 events
of UCDP's shape and 2,500,000 of ACLED's (about 0.2 and 1.3 GB, in a temporary folder). Each round runs both, each in a
process of its own, one after the other. Required: at most 2.5 times DuckDB's time, and less than 1.5 GB of memory.
"""

from __future__ import annotations

import csv
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.datasets.invented import ACLED_NEW, GED, acled, ged

KINDS = (
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
)
SIZES = {"ucdp-ged": 350_000, "acled": 2_500_000}
ROUNDS = 3
LIMIT, MEMORY_MB = 2.5, 1500
BARE = """
import duckdb, json, resource, sys, time
begun = time.perf_counter()
duckdb.connect().execute(f"CREATE TABLE t AS SELECT * FROM read_csv('{sys.argv[1]}')")
print(json.dumps([time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
OURS = """
import json, resource, sys, time
from garant.case import Case
begun = time.perf_counter()
row = Case.open(sys.argv[3]).load(sys.argv[2], sys.argv[1])[0]
seconds = time.perf_counter() - begun
assert row["rows"] == row["used"] + row["outside"] + sum(row["rejected"].values()), row
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
WORDS = ("an", "invented", "account", "of", "what", "people", "said", "near", "the", "market", "in", "rain", "happened")


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for dataset, rows in SIZES.items():
            file = write(Path(folder) / f"{dataset}.csv", dataset, rows)
            bare, ours, memory = [], [], 0.0
            for number in range(ROUNDS):
                bare.append(measured(BARE, file)[0])
                case = Path(folder) / f"case-{dataset}-{number}"
                subprocess.run(
                    [sys.executable, "-m", "garant", "init", case, "--country", "CAF"], check=True, capture_output=True
                )
                seconds, used = measured(OURS, file, dataset, case)
                ours.append(seconds)
                memory = max(memory, used)
            ratio = statistics.median(o / b for o, b in zip(ours, bare, strict=True))
            kept = ratio <= LIMIT and memory < MEMORY_MB
            missed += not kept
            print(f"{dataset}: {rows:,} rows, {file.stat().st_size / 1e6:.0f} MB, median of {ROUNDS} rounds")
            print(f"  DuckDB alone {statistics.median(bare):.1f} s, load {statistics.median(ours):.1f} s")
            told = f"  ratio {ratio:.2f} (at most {LIMIT}), largest memory {memory:.0f} MB (below {MEMORY_MB})"
            print(told + ("" if kept else "  MISSED"))
            file.unlink()
    return 1 if missed else 0


def measured(program: str, *words: str | Path) -> tuple[float, float]:
    """Seconds and MB that a program tells of itself."""
    done = subprocess.run([sys.executable, "-c", program, *map(str, words)], check=True, capture_output=True, text=True)
    seconds, memory = json.loads(done.stdout.splitlines()[-1])  # before it DuckDB may draw its progress
    return seconds, memory


def write(path: Path, dataset: str, rows: int) -> Path:
    """A file in a dataset's layout with random contents."""
    chosen = random.Random(6)
    columns = GED if dataset == "ucdp-ged" else ACLED_NEW
    made = _ged(rows, chosen) if dataset == "ucdp-ged" else _acled(rows, chosen)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for record in made:
            writer.writerow([record.get(c, "") for c in columns])
    return path


def _ged(rows: int, chosen: random.Random) -> Iterator[dict[str, Any]]:
    base, first = ged(), date(1989, 1, 1)
    for n in range(rows):
        day, deaths = first + timedelta(chosen.randrange(12_000)), chosen.randrange(9)
        latitude, longitude = round(chosen.uniform(3, 10), 6), round(chosen.uniform(15, 27), 6)
        yield {
            **base, "id": n, "relid": f"INV-{day.year}-{n}", "year": day.year, "active_year": 1, "code_status": "Clear",
            "type_of_violence": 1 + n % 3, "conflict_new_id": 300 + n % 90, "conflict_name": "Invented: Government",
            "side_a": f"Group {n % 300}", "side_b": f"Group {n % 170}", "number_of_sources": 2,
            "source_article": f'"Invented Agency,{day},Fighting in town {n % 500}";"Invented Radio,{day},Many dead"',
            "source_date": f"{day};{day}", "source_original": "an invented official", "where_prec": 1 + n % 6,
            "where_coordinates": f"Town {n % 500}", "where_description": f"Town {n % 500}, near the river",
            "latitude": latitude, "longitude": longitude, "geom_wkt": f"POINT ({longitude} {latitude})",
            "priogrid_gid": 137_000 + n % 900, "region": "Africa", "date_prec": 1 + n % 5,
            "date_start": f"{day} 00:00:00.000", "date_end": f"{day} 00:00:00.000", "best": deaths, "low": deaths,
            "high": deaths + 3, "country_id": 482 if n % 9 else 483,
            "country": "Central African Republic" if n % 9 else "Chad",
        }  # fmt: skip


def _acled(rows: int, chosen: random.Random) -> Iterator[dict[str, Any]]:
    base, first = acled(), date(1997, 1, 1)
    inter = ("State forces", "Rebel group", "Political militia", "Civilians")
    for n in range(rows):
        day = first + timedelta(chosen.randrange(10_000))
        yield {
            **base,
            "event_id_cnty": f"CAF{n}",
            "event_date": day,
            "year": day.year,
            "time_precision": 1 + n % 3,
            "event_type": KINDS[n % 6],
            "actor1": f"Group {n % 700}",
            "inter1": inter[n % 4],
            "actor2": f"Group {n % 450}",
            "inter2": inter[(n + 1) % 4],
            "location": f"Town {n % 900}",
            "latitude": round(chosen.uniform(3, 10), 4),
            "longitude": round(chosen.uniform(15, 27), 4),
            "geo_precision": 1 + n % 3,
            "region": "Middle Africa",
            "notes": f"On {day}, {' '.join(chosen.choices(WORDS, k=chosen.randrange(20, 60)))}.",
            "fatalities": n % 5,
            "timestamp": 1_600_000_000 + n,
        }


if __name__ == "__main__":
    sys.exit(main())
