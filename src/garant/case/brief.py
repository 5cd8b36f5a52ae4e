"""brief: the printed picture of a case."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from garant.brief import Evidence, draw, markdown, page, pdf, record
from garant.case.locate import charts_folder
from garant.case.reconciled import ReconciledCase
from garant.claims import InputError
from garant.claims.rules import unknown
from garant.ledger import ClaimQuery, Clocks
from garant.reconcile import gaps

FORMATS = ("html", "pdf", "md", "json")


class BriefVerbs(ReconciledCase):
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
        clocks = Clocks.read(as_of, known_on, ledger_on)
        statuses = ("accepted", "proposed") if proposed else ("accepted",)
        query = ClaimQuery(clocks, statuses=statuses)
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        shown, events = reconciled.shown(), reconciled.events()
        return Evidence(
            title=self.settings.title,
            country=self.settings.country,
            entries=self.entries(query),
            sources=self.ledger.sources(clocks),
            names=self._register(clocks),
            clocks=clocks,
            hidden=self.ledger.count_unpublished(query),
            disagreements=reconciled.disagreements(),
            proposals=len(self.entries(ClaimQuery(clocks, statuses=("proposed",)))),
            facts=shown,
            events=events,
            gaps=gaps(shown, events),
            proposed_included=proposed,
        )
