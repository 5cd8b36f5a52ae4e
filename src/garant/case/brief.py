"""brief: the printed picture of a case."""

from __future__ import annotations

import os
from pathlib import Path

from garant.brief import Evidence, page
from garant.case.locate import charts_folder
from garant.case.reconciled import ReconciledCase
from garant.claims import InputError
from garant.ledger import ClaimQuery, Clocks


class BriefVerbs(ReconciledCase):
    """brief."""

    def brief(
        self,
        output: str | Path | None = None,
        *,
        proposed: bool = False,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Path:
        """Write the brief as one HTML file and return its path.

        Only accepted claims feed it, unless `proposed`, which marks the page. `output` defaults to
        `brief-NAME.html` in the folder you stand in. Raises InputError where it cannot be written.
        """
        target = Path(output) if output else Path.cwd() / f"brief-{self.name}.html"
        text = page(
            self.evidence(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on), charts_folder()
        )
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(target)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise InputError(
                f"cannot be written ({error.strerror})", where=str(target), mend="name another with --output"
            ) from None
        return target.resolve()

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
        return Evidence(
            title=self.settings.title,
            country=self.settings.country,
            entries=self.entries(query),
            sources=self.ledger.sources(clocks),
            names=self._register(clocks),
            clocks=clocks,
            disagreements=self.reconciled(
                proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on
            ).disagreements(),
            hidden=self.ledger.count_unpublished(query),
            proposals=len(self.entries(ClaimQuery(clocks, statuses=("proposed",)))),
            proposed_included=proposed,
        )
