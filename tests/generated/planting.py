"""The desk at which errors are planted: who told what how, and which other source could tell it wrongly."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from garant.claims import Claim
from tests.generated.consistent import GeneratedCase
from tests.generated.event import Event
from tests.generated.publishing import Outlet
from tests.generated.telling import Manner, Record, Telling, render, spell


@dataclass(frozen=True)
class Draft:
    """A planted claim with those it contradicts, and how far it is over the threshold."""

    record: Record
    right: frozenset[str]
    magnitude: float
    kinds: tuple[str, ...]


#: Makes a draft of the wanted magnitude, or None where this opportunity does not allow it.
Try = Callable[[float], Draft | None]


@dataclass
class Opportunities:
    """What a kind of error may be made of; `graded` kinds have a threshold and get magnitudes around it."""

    tries: list[Try]
    graded: bool = True


class Desk:
    """A generated case opened for planting; the case itself is never changed."""

    def __init__(self, case: GeneratedCase, rng: random.Random) -> None:
        self.rng = rng
        self.world = case.world
        self.register = case.world.register
        self.outlets = [replace(o, told=set(o.told)) for o in case.outlets]
        self.tellings = case.tellings
        self.ids = {id(t): str(Claim.model_validate(t.record).id) for t in case.tellings}
        self.by_event: dict[str, list[Telling]] = defaultdict(list)
        self.by_topic: dict[str, list[Event]] = defaultdict(list)
        self.referring: dict[str, list[Telling]] = defaultdict(list)
        self._numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
        for telling in case.tellings:
            event = telling.event
            if event.key not in self.by_event:
                self.by_topic[event.topic].append(event)
                if event.count and event.has("provider") and event.has("host"):
                    self._numbers[event.entity("provider"), event.entity("host")].append(event.count.number)
            self.by_event[event.key].append(telling)
            named = [e for r, e in event.cast if r not in telling.manner.leave_out]
            if event.instrument and "instrument" not in telling.manner.leave_out:
                named.append(event.instrument)
            for entity in named:
                self.referring[entity].append(telling)

    def events(self, *topics: str) -> list[Event]:
        """The told events of some topics."""
        return [e for t in topics for e in self.by_topic[t]]

    def told(
        self, event: Event, *, precision: str | None = None, exact: bool = False, says: Iterable[str] = ()
    ) -> list[Telling]:
        """An event's factual tellings: of this precision, with the exact number, not leaving out `says`."""
        needed = set(says)
        return [
            t
            for t in self.by_event.get(event.key, [])
            if not t.manner.planned
            and (precision is None or t.manner.precision == precision or event.fixed_time)
            and (not exact or t.manner.number == "exact")
            and not needed & t.manner.leave_out
        ]

    def ids_of(self, tellings: Iterable[Telling]) -> frozenset[str]:
        """Claim ids of tellings."""
        return frozenset(self.ids[id(t)] for t in tellings)

    def outlet(self, keys: Iterable[str], after: date) -> Outlet | None:
        """A source of its own that came out after a day and has told none of these events."""
        avoid = set(keys)
        free = [o for o in self.outlets if not o.copies and o.published > after and not avoid & o.told]
        if not free:
            return None
        chosen = self.rng.choice(free)
        chosen.told.update(avoid)
        return chosen

    def resembles_another(self, event: Event, number: int) -> bool:
        """Whether a wrong number would be right for another flow or stock of the same force."""
        if not (event.count and event.has("provider") and event.has("host")):
            return False
        others = self._numbers[event.entity("provider"), event.entity("host")]
        return any(abs(number - n) <= 0.02 * n for n in others if n != event.count.number)

    def draft(
        self,
        event: Event,
        right: list[Telling],
        magnitude: float,
        kinds: tuple[str, ...],
        *,
        manner: Manner | None = None,
        changed: Mapping[str, Any] | None = None,
        avoid: Iterable[str] = (),
    ) -> Draft | None:
        """Let a source that told none of the contradicted events tell this (wrong) event."""
        if not right:
            return None
        keys = {event.key, *(t.event.key for t in right), *avoid}
        manner = manner or Manner(aliases=self.rng.random() < 0.3)
        latest = max([spell(event.day, manner.precision)[2], *(t.event.day for t in right)])
        outlet = self.outlet(keys, latest)
        if outlet is None:
            return None
        record = render(self.rng, self.register, event, outlet, manner, changed)
        return Draft(record, self.ids_of(right), round(magnitude, 4), kinds)
