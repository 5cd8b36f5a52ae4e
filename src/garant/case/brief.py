"""brief: the printed picture of a case."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from garant.case.locate import charts_folder
from garant.case.reconciled import ReconciledCase
from garant.case.recorded import RecordedCase, lag_day
from garant.claims import InputError, Source
from garant.claims.rules import unknown
from garant.ledger import ClaimQuery, Clocks, collector_off
from garant.reconcile import gaps

if TYPE_CHECKING:
    from garant.brief import Evidence, Recorded

FORMATS = ("html", "pdf", "md", "json")


class BriefVerbs(ReconciledCase, RecordedCase):
    """brief."""

    def brief(
        self,
        output: str | Path | None = None,
        *,
        format: str | None = None,
        sections: Sequence[str] = (),
        proposed: bool = False,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Path:
        """Write the brief as one file and return its path.

        `format` is html, pdf, md or json (default: as the name of `output` ends, else html); `sections` are ids of
        chapters ("all": every one). Only accepted claims feed it, unless `proposed`, which marks it. `output` defaults
        to `brief-NAME.FORMAT` in the folder you stand in. Raises InputError for unknown words and where it cannot be
        written.
        """
        ending = Path(output).suffix.removeprefix(".").lower() if output else ""
        form = format or (ending if ending in FORMATS else "html")
        if form not in FORMATS:
            raise InputError(unknown("format", form, FORMATS))
        target = Path(output) if output else Path.cwd() / f"brief-{self.name}.{form}"
        content = self.brief_text(
            form, sections=sections, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on
        )
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            beside.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
            beside.replace(target)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise InputError(
                f"cannot be written ({error.strerror})", where=str(target), mend="name another with --output"
            ) from None
        return target.resolve()

    def brief_text(
        self,
        format: str = "html",
        *,
        sections: Sequence[str] = (),
        proposed: bool = False,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> str | bytes:
        """What `brief` writes: text, or bytes of a PDF."""
        from garant.brief import draw, markdown, page, pdf, record  # here: no other verb needs what lays out and draws

        with collector_off():
            evidence = self.evidence(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
            picture = draw(replace(evidence, charts=charts_folder()), sections)
        match format:
            case "md":
                return markdown(picture)
            case "json":
                return json.dumps(record(picture), ensure_ascii=False, indent=1)
            case "pdf":
                return pdf(page(picture))
        return page(picture)

    def evidence(
        self,
        *,
        proposed: bool = False,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Evidence:
        """What a brief is made from, under the clocks."""
        from garant.brief import Evidence, Recorded

        clocks = Clocks.read(as_of, known_on, ledger_on)
        statuses = ("accepted", "proposed") if proposed else ("accepted",)
        query = ClaimQuery(clocks, statuses=statuses)
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        shown, events = reconciled.shown(), reconciled.events()
        recorded = self._recorded(clocks)
        return Evidence(
            title=self.settings.title,
            country=self.settings.country,
            entries=reconciled.told,
            sources=self.ledger.sources(clocks),
            names=self._register(clocks),
            clocks=clocks,
            hidden=self.ledger.count_unpublished(query),
            disagreements=reconciled.disagreements(),
            proposals=len(self.ledger.ids(ClaimQuery(clocks, statuses=("proposed",)))),
            facts=shown,
            events=events,
            gaps=gaps(shown, events),
            proposed_included=proposed,
            recorded=recorded if isinstance(recorded, Recorded) else None,
            unrecorded=recorded if isinstance(recorded, str) else "",
        )

    def _recorded(self, clocks: Clocks) -> Recorded | str:
        """Recorded violence by area and year, up to six months ago; else why there is none ("": nothing is loaded)."""
        from garant.brief import Recorded
        from garant.exposure.settings import settings

        rule = settings()
        until = min(lag_day(rule["lag_days"]), date.fromordinal(clocks.as_of_day))
        try:
            evidence = self._evidence(None, clocks, bandwidth=False, until=until)
        except InputError as error:
            carries = self.snapshots() or (self.folder / "figures").is_dir()
            where = Path(error.where).name if error.where else None  # a brief names no folder of its maker
            return str(InputError(error.what, where=where, mend=error.mend)) if carries else ""
        end = min(evidence.span[1], until)
        year = end.year if (end.month, end.day) == (12, 31) else end.year - 1
        if year < evidence.span[0].year:
            return f"no whole year of {evidence.origin['title']} had passed by then"
        rows, ranking = self._yearly(evidence, year)
        origin = evidence.origin
        return Recorded(
            title=origin["title"],
            version=origin["version"],
            cite=f"{origin['citation']} ({origin['licence']})",
            source=Source(
                id=re.sub(r"[^a-z0-9]+", "-", f"{origin['dataset']}-{origin['version']}".lower()),
                kind="dataset",
                publisher=origin["publisher"],
                title=f"{origin['title']} {origin['version']}",
                published=origin["released"],
                licence=origin["licence"],
                version=origin["version"],
                note=origin["citation"],
            ),
            end=evidence.span[1],
            first=date(year, 1, 1),
            areas=evidence.areas,
            rows=rows,
            ranking=ranking,
            worst=ranking[0]["worst"] if ranking else 0,
            beside_km=rule["nearest_area_km"],
            people=evidence.people,
        )
