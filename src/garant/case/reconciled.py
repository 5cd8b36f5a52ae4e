"""What reconciling rests on in a case: its claims as facts, and those that pass the clocks."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from garant.case.base import CaseBase
from garant.ledger import STATUSES, ClaimQuery, Clocks, Decision, Entry
from garant.reconcile import Disagreement, Event, Fact, Reconciler, assemble, same_events

#: Reconcilers kept in memory: one for each state of names and sources that has been asked for.
_KEPT = 4
#: A day after every other: what a clock that hides nothing is set to.
_ALL = "9999"


@dataclass(frozen=True)
class Reconciled:
    """The facts of a case in the order of recording, those that pass the clocks, and the decisions recorded in time."""

    reconciler: Reconciler
    facts: dict[str, Fact]
    visible: frozenset[str]
    clocks: Clocks
    decisions: tuple[Decision, ...]
    published: frozenset[str] | None

    def disagreements(self) -> list[Disagreement]:
        """Disagreements among what is visible, the most damaging first."""
        edges = self.reconciler.between(list(self.facts.values()))
        return assemble(edges, self.facts, self.visible, self.decisions, self.published)

    def shown(self) -> dict[str, Fact]:
        """The facts that pass the clocks."""
        return {key: fact for key, fact in self.facts.items() if key in self.visible}

    def events(self) -> list[Event]:
        """Events told by more than one visible claim."""
        return same_events(self.shown().values())


class ReconciledCase(CaseBase):
    """A case whose claims can be held against each other."""

    def reconciled(
        self,
        *,
        proposed: bool = False,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Reconciled:
        """The case's claims as facts: all that were recorded by `ledger_on`, and which of them pass the clocks."""
        clocks = Clocks.read(as_of, known_on, ledger_on)
        statuses = ("accepted", "proposed") if proposed else ("accepted",)
        everything = replace(Clocks.read(_ALL), ledger_stamp=clocks.ledger_stamp, ledger_on=clocks.ledger_on)
        entries = sorted(self.entries(ClaimQuery(everything, statuses=statuses)), key=_recorded)
        reconciler = self._reconciler(clocks)
        facts = {fact.id: fact for fact in reconciler.facts(entry.claim for entry in entries)}
        visible = frozenset(_id(entry) for entry in self.entries(ClaimQuery(clocks, statuses=statuses)))
        decisions = tuple(d for d, _ in self.ledger.decisions(clocks))
        published = None
        if clocks.known_day is not None:
            known = replace(everything, known_day=clocks.known_day)
            published = frozenset(_id(entry) for entry in self.entries(ClaimQuery(known, statuses=STATUSES)))
        return Reconciled(reconciler, facts, visible, clocks, decisions, published)

    def _reconciler(self, clocks: Clocks) -> Reconciler:
        kept: dict[object, Reconciler] = self.__dict__.setdefault("_reconcilers", {})
        key = (self.ledger.names_revision(clocks), len(self.ledger.source_versions(clocks)))
        if key not in kept:
            while len(kept) >= _KEPT:
                kept.pop(next(iter(kept)))
            kept[key] = Reconciler(self._register(clocks), self.ledger.sources(clocks))
        return kept[key]


def _id(entry: Entry) -> str:
    return str(entry.claim.id)


def _recorded(entry: Entry) -> tuple[int, str]:
    """Order of recording; claims that came in together are in the order of their ids, wherever they are read."""
    return entry.recorded_at, str(json.loads(entry.text)["id"])
