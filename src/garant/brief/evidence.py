"""What a brief is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from garant.claims import Source
from garant.forces import JOINT, Band, bands
from garant.ledger import Clocks, Entry
from garant.names import Names
from garant.reconcile import Disagreement, Event, Fact, Gap


@dataclass(frozen=True)
class Evidence:
    """What a brief is made from: a case's title, claims with status, sources, names, and what reconciling finds.

    `facts` are the claims ready for comparison, `events` the claims that tell one event, `gaps` what nobody tells.
    `hidden` counts claims that `known_on` leaves out; `proposals` those that nobody has accepted. `charts` is a folder
    in which drawn charts are kept.
    """

    title: str
    country: str | None
    entries: Sequence[Entry]
    sources: Mapping[str, Source]
    names: Names
    clocks: Clocks
    hidden: Mapping[str, int]
    disagreements: Sequence[Disagreement]
    proposals: int
    facts: Mapping[str, Fact] = field(default_factory=dict)
    events: Sequence[Event] = ()
    gaps: Sequence[Gap] = ()
    proposed_included: bool = False
    charts: Path | None = None

    @cached_property
    def told(self) -> list[Fact]:
        """The facts in their order."""
        return list(self.facts.values())

    @cached_property
    def bands(self) -> list[Band]:
        """Strength bands of every force."""
        return bands(self.told, self.events, self.disagreements)

    @cached_property
    def by_claim(self) -> dict[str, Entry]:
        """Entries by the id of their claim."""
        return {str(entry.claim.id): entry for entry in self.entries}

    def name(self, entity: str) -> str:
        """What an entity is called in print: a state by its name, others by what is short."""
        known = self.names.entities.get(self.names.current(entity))
        return known.short() if known else entity.removeprefix("~")

    def home(self, host: str) -> bool:
        """Whether a force's host is the case's country; in a case without one every host is."""
        return self.country is None or self.country in host.split(JOINT)
