"""How well `garant overlap` pairs events that tell one incident, on incidents coded and labelled by hand.

Run it as ``.venv/bin/python -m benchmarks.overlap_accuracy``. The incidents of tests/hand/overlap.yaml are written in
the layout of ACLED and loaded beside UCDP GED 23.1, which must be in ../shared. Precision, recall and F1 are of pairs
with a probability of one half and more. `first`: share of incidents with a counterpart whose surest pair is right.
`alone`: share of incidents without one that get no pair. The crowd are the same incidents moved by 30 to 400 days,
several times over: a dataset that tells much which the other does not.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.conftest import SHARED
from tests.datasets.invented import ACLED_NEW, table
from tests.exposure.labelled import Measured, agreement, loaded, measured, nearest, pairs, second, written

from garant.case import Case, init

#: How often each incident is told again at another time.
CROWD = 10
_HALVES = {"all": ("tuning", "held out"), "tuning": ("tuning",), "held out": ("held out",)}


def tell(name: str, found: Measured) -> None:
    """One line of figures, and one of calibration."""
    print(f"{name}: {found.incidents} incidents, {found.labelled} labelled pairs, {found.found} found; precision "
          f"{found.precision:.2f}, recall {found.recall:.2f}, F1 {found.f1:.2f}, first {found.first:.2f}, alone "
          f"{found.alone:.2f}, Brier score {found.brier:.3f}")  # fmt: skip


def crowded(folder: Path) -> tuple[int, int, int]:
    """Moved incidents in all and with a pair of one half, and how many incidents still have one."""
    draw = Random(5)  # the same crowd each time
    with written(folder).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    moved = []
    for row in rows * CROWD:
        day = date.fromisoformat(row["event_date"]) + draw.choice((-1, 1)) * timedelta(draw.randint(30, 400))
        moved.append(row | {"event_id_cnty": f"OFF{len(moved)}", "event_date": f"{day}", "year": day.year})
    case = Case.open(init(folder / "crowd", country="CAF"))
    case.load("ucdp-ged", SHARED / "data/ucdp/GEDEvent_v23_1_CAF.csv")
    case.load("acled", table(folder / "crowd.csv", [*rows, *moved], ACLED_NEW))
    shown = {pair["other"] for pair in case.overlap()}
    wrong = sum(name.startswith("OFF") for name in shown)
    return len(moved), wrong, len(shown) - wrong


def main() -> None:
    if not (SHARED / "data/ucdp/GEDEvent_v23_1_CAF.csv").exists():
        print("Skipped: needs UCDP GED 23.1 of the Central African Republic in ../shared/data/ucdp")
        return
    with tempfile.TemporaryDirectory() as work:
        found = pairs(loaded(SHARED, Path(work)))
        for name, halves in _HALVES.items():
            tell(f"overlap, {name}", measured(found, halves))
            tell(f"nearest event within a day and 25 km, {name}", measured(nearest(SHARED), halves))
        readers = agreement()
        print(f"Two readers, held out: F1 of pairs {readers.f1:.2f}, kappa {readers.kappa:.2f}, same events for "
              f"{readers.same:.0%} of incidents")  # fmt: skip
        tell("overlap, held out, by the second reader's labels", measured(found, _HALVES["held out"], second()))
        print("Calibration, held out (pairs, mean probability, share true):",
              *(f"{n}: {chance:.2f} {true:.2f}" for n, chance, true in measured(found, _HALVES["held out"]).bins),
              sep="\n  ")  # fmt: skip
        moved, wrong, kept = crowded(Path(work))
        print(f"In a crowd of {moved} moved incidents {wrong} have a pair, and {kept} that were not moved.")


if __name__ == "__main__":
    main()
