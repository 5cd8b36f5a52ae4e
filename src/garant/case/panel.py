"""panel: counts of recorded violence by unit and period, for researchers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.case.exposed import WATERMARK
from garant.case.recorded import EVENTS, RecordedCase, covered, lag_day
from garant.claims import InputError
from garant.claims.period import Period
from garant.claims.rules import unknown
from garant.ledger import Clocks

if TYPE_CHECKING:
    from garant.datasets import Snapshot
    from garant.exposure.panel import Panel

UNITS = ("cell-month", "cell-year", "area-month", "area-year", "country-month", "country-year")


class PanelVerbs(RecordedCase):
    """panel."""

    def panel(
        self,
        unit: str = "cell-month",
        *,
        from_: str | None = None,
        to: str | None = None,
        dataset: str | None = None,
        cells: str | Path | None = None,
        output: str | Path | None = None,
        local: bool = False,
        known_on: str | None = None,
    ) -> Panel:
        """Counts of recorded violence by unit and period, tidy and typed, for models.

        `unit` is cell, area or country, with month or year. Every unit has a row for every period from `from_` to `to`
        (default: what the data cover): zero where nothing happened, null where the data do not cover it. Cells are
        those of the case's country; `cells` names a file with one PRIO-GRID number a line for any others, and then
        events of the whole file count. `output` (.parquet or .csv) is written as it is computed; a file of cells, or of
        the last six months, only with `local`, which marks it. Returns a `Panel` (`to_pandas`, `happened`, `batches`,
        `write`). Raises InputError where no events are loaded.
        """
        from garant.exposure.panel import Panel

        if unit not in UNITS:
            raise InputError(unknown("unit", unit, UNITS))
        clocks = Clocks.read(known_on=known_on)
        if dataset is not None and dataset not in EVENTS:
            raise InputError(unknown("dataset of events", dataset, EVENTS))
        names = EVENTS if dataset is None else (dataset,)
        found = next((s for name in names if (s := self._newest(name, clocks)) is not None), None)
        if found is None:
            raise InputError(
                f"no events of {' or '.join(names)} are loaded",
                where=self.name,
                mend=f"load them with 'garant load {names[0]} FILE'",
            )
        what, period = unit.split("-")
        known, kinds = covered(found), _kinds(found)
        first = (Period.parse(from_).first_day if from_ else None) or known[0]
        last = (Period.parse(to).last_day if to else None) or known[1]
        if last < first:
            raise InputError(f"the period ends ({to}) before it begins ({from_})", mend="exchange the two dates")
        fine = what == "cell" or min(last, known[1]) > lag_day(_lag())
        if output is not None and fine and not local:
            told = "cells" if what == "cell" else "the last six months"
            raise InputError(f"a file of {told} is not to be passed on", mend="add --local to keep it for yourself")
        units, of_event = self._units(what, found.path, cells, clocks)
        everywhere = cells is not None or (what == "country" and self.settings.country is None)
        made = Panel(
            found.path, what, period, units, first, last, known, kinds, of_event=of_event, everywhere=everywhere,
            watermark=WATERMARK if fine else "",
        )  # fmt: skip
        if output is not None:
            made.write(Path(output))
        return made

    def _units(self, what: str, snapshot: Path, cells: str | Path | None, clocks: Clocks) -> tuple[Any, Any]:
        """Units of a panel, and for areas the area of each event."""
        import numpy as np
        import pandas as pd

        from garant.exposure.events import read_events
        from garant.exposure.settings import OUTSIDE
        from garant.exposure.spread import printed_areas
        from garant.geo import Lattice, cell_of

        if cells is not None:
            if what != "cell":
                raise InputError("--cells goes with cell-month and cell-year only", mend="leave it out")
            return _cells(Path(cells)), None
        if what == "country":
            if self.settings.country is not None:
                return [self.settings.country], None
            codes = pd.read_parquet(snapshot, columns=["iso3", "country"])
            return sorted(codes["iso3"].fillna(codes["country"]).unique()), None
        events, areas = read_events(snapshot, lethal=False), self._areas(clocks)
        if what == "cell":
            lattice = Lattice.over(areas)
            own = cell_of(events["longitude"], events["latitude"])
            return np.union1d(lattice.cell[lattice.inside], own).tolist(), None
        at, _ = printed_areas(events, areas)
        known = np.array([*(a.code for a in areas.areas), OUTSIDE])
        outside = [OUTSIDE] if (at < 0).any() else []
        of_event = pd.DataFrame({"row": events["row"], "unit": known[at]})
        return [*(a.code for a in areas.areas), *outside], of_event


def _kinds(snapshot: Snapshot) -> list[str]:
    """Kinds of violence in a snapshot."""
    import pandas as pd

    return sorted(pd.read_parquet(snapshot.path, columns=["violence"])["violence"].unique())


def _lag() -> int:
    from garant.exposure.settings import settings

    return int(settings()["lag_days"])


def _cells(file: Path) -> list[int]:
    from garant.geo.grid import CELLS

    try:
        found = sorted({int(line) for line in file.read_text(encoding="utf-8").split()})
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(file)) from None
    except ValueError as error:
        raise InputError(
            f"is no list of cells ({error})", where=str(file), mend="one PRIO-GRID number a line"
        ) from None
    if not found or found[0] < 1 or found[-1] > CELLS:
        raise InputError(f"holds no cell, or a number outside 1 to {CELLS}", where=str(file))
    return found
