"""What reconciling rests on in a case: its claims as facts, and those that pass the clocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from garant.case.base import CaseBase
from garant.ledger import STATUSES, ClaimQuery, Clocks, Decision, Entry, collector_off
from garant.reconcile import Disagreement, Event, Fact, Reconciler, assemble, same_events

#: Reconcilers kept in memory: one for each state of names and sources that has been asked for.
_KEPT = 4
#: A day after every other: what a clock that hides nothing is set to.
_ALL = "9999"


@dataclass(frozen=True)
class Reconciled:
    """The facts of a case in the order of recording, those that pass the clocks, and the decisions recorded in time.

    `told` are the entries of those that pass the clocks, in order of time.
    """

    reconciler: Reconciler
    facts: dict[str, Fact]
    told: tuple[Entry, ...]
    visible: frozenset[str]
    clocks: Clocks
    decisions: tuple[Decision, ...]
    published: frozenset[str] | None

    def disagreements(self) -> list[Disagreement]:
        """Disagreements among what is visible, the most damaging first."""
        return list(self._disagreements)

    def shown(self) -> dict[str, Fact]:
        """The facts that pass the clocks."""
        return dict(self._shown)

    def events(self) -> list[Event]:
        """Events told by more than one visible claim."""
        return list(self._events)

    @cached_property
    def _disagreements(self) -> list[Disagreement]:
        with collector_off():
            edges = self.reconciler.between(list(self.facts.values()))
            return assemble(edges, self.facts, self.visible, self.decisions, self.published)

    @cached_property
    def _shown(self) -> dict[str, Fact]:
        return {key: fact for key, fact in self.facts.items() if key in self.visible}

    @cached_property
    def _events(self) -> list[Event]:
        with collector_off():
            return same_events(self._shown.values())


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
        reconciler = self._reconciler(clocks)
        with collector_off():
            entries = sorted(self.entries(ClaimQuery(everything, statuses=statuses)), key=_recorded)
            facts = {fact.id: fact for fact in reconciler.facts(entry.claim for entry in entries)}
            by_id = {entry.id: entry for entry in entries}
            told = tuple(by_id[id] for id in self.ledger.ids(ClaimQuery(clocks, statuses=statuses)))
        decisions = tuple(d for d, _ in self.ledger.decisions(clocks))
        published = None
        if clocks.known_day is not None:
            known = replace(everything, known_day=clocks.known_day)
            published = frozenset(self.ledger.ids(ClaimQuery(known, statuses=STATUSES)))
        visible = frozenset(entry.id for entry in told)
        return Reconciled(reconciler, facts, told, visible, clocks, decisions, published)

    def _reconciler(self, clocks: Clocks) -> Reconciler:
        kept: dict[object, Reconciler] = self.__dict__.setdefault("_reconcilers", {})
        key = (self.ledger.names_revision(clocks), len(self.ledger.source_versions(clocks)))
        if key not in kept:
            while len(kept) >= _KEPT:
                kept.pop(next(iter(kept)))
            kept[key] = Reconciler(self._register(clocks), self.ledger.sources(clocks))
        return kept[key]


def _recorded(entry: Entry) -> tuple[int, str]:
    """Order of recording; claims that came in together are in the order of their ids, wherever they are read."""
    return entry.recorded_at, entry.id
