"""Compute the packaged exposure figures of the Central African Republic from UCDP GED.

    python packaging/caf_figures.py GED_FILE

GED_FILE is the official CSV (or its zip) of GED 23.1. Only aggregate figures by year, area, cell and perpetrator are
written, with simulated surfaces drawn from them, and the dataset's citation; no row of the dataset.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from garant.case import Case, init
from garant.exposure.figures import write_figures
from garant.exposure.units import areas, cells
from garant.ledger import Clocks
from garant.version import __version__

CASE = Path(__file__).parent.parent / "src" / "garant" / "cases" / "caf"


def main(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = Case.open(init(Path(folder) / "case", from_="caf"))
        print(case.load("ucdp-ged", file))
        evidence = case._evidence("ucdp-ged", Clocks.read())
        record = evidence.record
        if record is None:
            sys.exit("no events were loaded")
        units = [areas(record.ground, record.events), cells(record.ground, record.events)]
        told = {
            **evidence.origin,
            "sha256": case.snapshot("ucdp-ged").origin.sha256,
            "made_with": f"garant {__version__}",
        }
        write_figures(CASE / "figures", record, units, told)
    for written in sorted((CASE / "figures").iterdir()):
        print(written.name, written.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
