"""What a brief is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.brief.series import Series, series_of
from garant.claims import Source
from garant.forces import JOINT, Band, bands
from garant.ledger import Clocks, Entry
from garant.names import Names
from garant.reconcile import Disagreement, Event, Fact, Gap

if TYPE_CHECKING:
    from garant.geo import Areas


@dataclass(frozen=True)
class Recorded:
    """Recorded violence: rows of `measure` by area and year, the ranking of the newest year, and where they come from.

    `first` is the first day of that year, `end` the last day the data cover; `worst` how many are called the worst;
    `beside_km` how far beside an outline a place may lie; `people` cites the population layer, if there is one.
    """

    title: str
    version: str
    cite: str
    source: Source
    end: date
    first: date
    areas: Areas
    rows: Sequence[Mapping[str, Any]]
    ranking: Sequence[Mapping[str, Any]]
    worst: int
    beside_km: float
    people: str = ""

    @property
    def year(self) -> int:
        """The newest whole year of the data."""
        return self.first.year


@dataclass(frozen=True)
class Evidence:
    """What a brief is made from: a case's title, claims with status, sources, names, and what reconciling finds.

    `facts` are the claims ready for comparison, `events` the claims that tell one event, `gaps` what nobody tells.
    `hidden` counts claims that `known_on` leaves out; `proposals` those that nobody has accepted. `charts` is a folder
    in which drawn charts are kept. `unrecorded` says why a case with events or figures shows no recorded violence.
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
    recorded: Recorded | None = None
    unrecorded: str = ""

    @cached_property
    def told(self) -> list[Fact]:
        """The facts in their order."""
        return list(self.facts.values())

    @cached_property
    def bands(self) -> list[Band]:
        """Strength bands of every force."""
        return bands(self.told, self.events, self.disagreements)

    @cached_property
    def series(self) -> dict[str, Series]:
        """The series to which claims of datasets belong, by claim."""
        return series_of(self.told)

    def tellings(self, claims: Iterable[str]) -> int:
        """How many times something is told: each claim, but a series only once, however many months it has."""
        return len({self.series[claim].key if claim in self.series else claim for claim in claims})

    @cached_property
    def by_claim(self) -> dict[str, Entry]:
        """Entries by the id of their claim."""
        return {entry.id: entry for entry in self.entries}

    def name(self, entity: str) -> str:
        """What an entity is called in print: a state by its name, others by what is short."""
        known = self.names.entities.get(self.names.current(entity))
        return known.short() if known else entity.removeprefix("~")

    def home(self, host: str) -> bool:
        """Whether a force's host is the case's country; in a case without one every host is."""
        return self.country is None or self.country in host.split(JOINT)
