"""What truly happened: events with their exact day, number and cast, before any source tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Cast = tuple[tuple[str, str], ...]
FIRST_DAY = date(2004, 1, 1)
LAST_DAY = date(2023, 12, 31)


@dataclass(frozen=True)
class Count:
    """A true number with what it counts; `elsewise` is the same in another unit ("2 battalions")."""

    number: int
    unit: str
    measure: str
    elsewise: tuple[int, str] | None = None
    #: Largest relative error of "about"; 0 where the number is only ever told exactly.
    slack: float = 0.04
    #: Whether a source may leave it out or withhold it.
    spare: bool = True


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    `window` is the span within which a coarser date is still unmistakable: a source may say "March" only
    where no sibling of the event (another batch of the force, another visit of the pair) could be meant and
    where a stock did not change. `fixed_time` is told as it stands, whatever the source.
    """

    key: str
    topic: str  #: what kind of event it is for whoever plants errors
    type: str
    day: date
    cast: Cast
    window: tuple[date, date]
    says: str  #: in words; `{n}` stands where the number is told
    count: Count | None = None
    regime: str | None = None
    instrument: str | None = None
    place: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    spare_roles: frozenset[str] = frozenset()
    spare_slots: frozenset[str] = frozenset()
    spare: frozenset[str] = frozenset()  #: fields that a source may leave out: regime, instrument, place
    fixed_time: str | None = None
    ongoing: bool = False  #: goes on to the end of the world, so "2014/.." is true
    plannable: bool = False
    modality: str = "asserted"
    bundle: str = ""  #: events of one bundle are told all or not at all
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def spell(self) -> str:
        """What it has in common with another count of the same unchanged stock: told twice, it would be a duplicate."""
        return f"{self.type}|{self.cast}|{dict(self.slots)}|{self.window}"

    @property
    def marks(self) -> set[str]:
        """What a source that told this event has spoken of."""
        return {self.key, self.spell, f"{self._sort}:{self.facts.get('force')}"}

    @property
    def bars(self) -> set[str]:
        """What a source must not have spoken of, lest it told one thing twice: a force's arrival and its whole stay."""
        other = {"presence": "move", "move": "presence"}.get(self._sort)
        return {self.key, self.spell} | ({f"{other}:{self.facts.get('force')}"} if other else set())

    @property
    def _sort(self) -> str:
        return "presence" if self.topic == "presence" else "move" if self.type == "deployment" else self.topic

    def entity(self, role: str) -> str:
        """The one entity in a role."""
        return next(e for r, e in self.cast if r == role)

    def has(self, role: str) -> bool:
        """Whether somebody plays this role."""
        return any(r == role for r, _ in self.cast)


def around(day: date, days: int) -> tuple[date, date]:
    """A window of some days on either side."""
    return day - timedelta(days), day + timedelta(days)


def between_siblings(days: list[date], index: int) -> tuple[date, date]:
    """The window of one of several sibling events: it ends so far before the middle between two of them that even
    coarse dates of both stay a month apart."""
    day = days[index]
    before, after = date(1990, 1, 1), date(2030, 1, 1)
    if index:
        before = days[index - 1] + (day - days[index - 1]) / 2 + timedelta(16)
    if index + 1 < len(days):
        after = day + (days[index + 1] - day) / 2 - timedelta(16)
    return min(before, day), max(after, day)
