"""How long the verbs take on a case into which the UN's whole monthly table of contributions was loaded.

    python benchmarks/contribution_speed.py [--rounds 1] [--keep DIR]

The table is made up in the published layout: 60 contributors, ten operations, eleven years of months, four kinds of
personnel (316,800 rows), of which one operation is in the packaged case's country. Contingents come and go, stay the
same for months, and vary a little in between, as real ones do; the numbers are invented. It is loaded into a copy of
the packaged case. Every run is a fresh process, from start to end; peak memory is that of the one process.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from command_speed import run
from report import figure, heading, machine

STATES = """
BGD BDI BEN BFA BOL BRA BTN CHE CHL CHN CIV CMR COD COG COL CZE DEU DJI EGY ESP ETH FIN FRA GAB GHA GMB GTM HUN IDN IND
IRL ITA JOR KEN KHM LKA MAR MDA MEX MRT NER NGA NPL PAK PER PHL POL PRT PRY ROU RUS RWA SEN SRB TGO TUN TZA UGA ZAF ZMB
"""
OPERATIONS = ("MINUSCA", "MONUSCO", "MINUSMA", "UNMISS", "UNAMID", "UNISFA", "UNIFIL", "UNDOF", "MINURSO", "UNFICYP")
#: Kinds of personnel with the size of a large contingent of each.
KINDS = {"Troops": 900, "Formed Police Units": 160, "Experts on Mission": 12, "Staff Officer": 30}
COLUMNS = (
    "contribution_id", "isocode3", "m49_code", "contributing_country", "mission_acronym", "personnel_type",
    "female_personnel", "male_personnel", "last_reporting_date",
)  # fmt: skip
FIRST_YEAR, FIRST_MONTH, MONTHS = 2014, 10, 132
LOAD, VERB, BRIEF = 8.0, 5.0, 12.0
VERBS = ("forces", "disagreements", "consent", "operations", "rank", "dependence", "gaps")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1, help="runs of each verb that are counted")
    parser.add_argument("--keep", type=Path, help="make the case here, and keep it and the briefs")
    given = parser.parse_args()
    print(machine())
    folder = given.keep or Path(tempfile.mkdtemp(prefix="garant-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        met = measure(folder, given.rounds)
    finally:
        if given.keep is None:
            shutil.rmtree(folder)
    print("\nAll requirements are met." if met else "\nA requirement is NOT met.")


def measure(folder: Path, rounds: int) -> bool:
    """Load the table and time every verb, printed; whether all is as quick as required."""
    table = write(folder / "contributions.csv")
    run("init", "case", "--from", "caf", folder=folder)
    heading("Loading the table into a copy of the packaged case")
    loaded = run("load", "un-contributions", table.name, "--case", "case", folder=folder)
    print((folder / "printed").read_text(encoding="utf-8").strip())
    passed = [figure("load", loaded.time.wall, "s", below=LOAD)]
    figure("load: processor time", loaded.time.cpu, "s")
    figure("load: peak memory", loaded.peak, "MB")
    heading("Verbs: median seconds of a fresh process")
    passed += [timed(verb, [verb, "--case", "case", "--json"], folder, rounds, VERB) for verb in VERBS]
    heading("The brief")
    words = ["brief", "--case", "case", "--output"]
    timed("brief, html, the first", [*words, "brief.html"], folder, 1, None)
    passed.append(timed("brief, html, warm", [*words, "brief.html"], folder, rounds, BRIEF))
    timed("brief, json, warm", [*words, "brief.json"], folder, rounds, None)
    for form in ("html", "json"):
        figure(f"brief, {form}: size", (folder / f"brief.{form}").stat().st_size / 1e6, "MB")
    return all(passed)


def timed(what: str, words: list[str], folder: Path, rounds: int, below: float | None) -> bool:
    """Print the median time, its processor time and the highest peak of memory of some runs."""
    runs = [run(*words, folder=folder) for _ in range(rounds)]
    passed = figure(what, statistics.median(r.time.wall for r in runs), "s", below=below)
    figure(f"{what}: processor time", statistics.median(r.time.cpu for r in runs), "s")
    figure(f"{what}: peak memory", max(r.peak for r in runs), "MB")
    return passed


def write(path: Path, seed: int = 8) -> Path:
    """The table, in the layout of the United Nations; the same seed gives the same file."""
    drawn = random.Random(seed)
    days = [_last_day(FIRST_YEAR * 12 + FIRST_MONTH - 1 + n) for n in range(MONTHS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        number = 0
        for operation in OPERATIONS:
            for state in STATES.split():
                for kind, large in KINDS.items():
                    for day, people in zip(days, _contingent(drawn, large), strict=True):
                        number += 1
                        women = people // 12
                        writer.writerow([number, state, "", state, operation, kind, women, people - women, day])
    return path


def _contingent(drawn: random.Random, large: int) -> Iterator[int]:
    """People of one kind by month: present in most months, the same from one to the next in most."""
    size = drawn.randint(1, large)
    comes, goes = (drawn.randint(1, 12), drawn.randint(MONTHS - 24, MONTHS)) if drawn.random() < 0.4 else (0, MONTHS)
    for month in range(MONTHS):
        if drawn.random() < 0.03:  # another unit comes, or one leaves for good
            size = drawn.randint(1, large)
        elif drawn.random() < 0.4:  # a rotation under way
            size = max(1, size + drawn.randint(-3, 3))
        yield size if comes <= month < goes else 0


def _last_day(month: int) -> str:
    year, of_year = divmod(month, 12)
    return f"{year}-{of_year + 1:02d}-{calendar.monthrange(year, of_year + 1)[1]:02d}"


if __name__ == "__main__":
    sys.exit(main())
