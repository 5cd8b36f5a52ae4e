"""The invented world: its states, who governs them when, and the list of what happened there."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.generated.event import FIRST_DAY, LAST_DAY, Event
from tests.generated.register import Register

#: Flows of a mission's contingents fall into two seasons a year, which leaves June and December quiet
#: for censuses in which every contributor's stock, and so the mission's total, stands still.
SEASONS = (((2, 15), 60), ((8, 20), 60))


@dataclass
class State:
    """A state with its army, capital, towns and presidents (first day in office, person)."""

    entity: str
    army: str
    capital: str
    government: str
    towns: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    presidents: list[tuple[date, str]] = field(default_factory=list)

    def president(self, day: date) -> str:
        """Who is in office on a day."""
        return next(person for since, person in reversed(self.presidents) if since <= day)


@dataclass
class World:
    """Everything that is and happens; `events` is filled by the modules that simulate one subject each."""

    rng: random.Random
    register: Register
    hosts: list[State]
    providers: list[State]
    community: str  #: the regional organisation
    community_council: str
    events: list[Event] = field(default_factory=list)
    _keys: set[str] = field(default_factory=set)
    _papers: set[int] = field(default_factory=set)

    def happen(self, event: Event) -> Event:
        """Record an event; keys are unique."""
        assert event.key not in self._keys, event.key
        self._keys.add(event.key)
        self.events.append(event)
        return event

    def name(self, entity: str) -> str:
        """Canonical name of an entity."""
        return self.register.name(entity)

    def number_for(self, day: date) -> int:
        """A number for a resolution: higher for later ones, and no real resolution's."""
        number = 3000 + (day - FIRST_DAY).days // 2
        while number in self._papers:
            number += 1
        self._papers.add(number)
        return number

    def resolution(self, day: date, regime: str) -> str:
        """A new resolution, communiqué or decision of the council that mandates under a regime."""
        number, year = self.number_for(day), day.year
        if regime == "un":
            en, fr = f"UN Security Council resolution {number} ({year})", f"résolution {number} ({year})"
            aliases: list[tuple[str, str | None]] = [(f"resolution {number} ({year})", "en"), (f"S/RES/{number}", None)]
            fr = f"Résolution {number} ({year}) du Conseil de sécurité"
        elif regime == "au":
            en = f"AU Peace and Security Council communiqué {number} ({year})"
            fr = f"Communiqué {number} ({year}) du Conseil de paix et de sécurité"
            aliases = [(f"PSC/PR/COMM.{number}", None)]
        else:
            short = self.register.acronym_of(self.community)
            en, fr = (
                f"{short} Council decision {number} ({year})",
                f"Décision {number} ({year}) du Conseil de la {short}",
            )
            aliases = [(f"decision {number} ({year})", "en")]
        return self.register.add("instrument", en, fr, aliases)

    def council(self, regime: str) -> str:
        """Who mandates under a regime."""
        return {"un": "unsc", "au": "au-psc"}.get(regime, self.community_council)

    def day_in(self, first: date, last: date) -> date:
        """A random day of a span."""
        return first + timedelta(self.rng.randint(0, max(0, (last - first).days)))


def seasons(first: date, last: date) -> list[tuple[date, date]]:
    """The seasons of flows that lie wholly in a span."""
    found = []
    for year in range(first.year, last.year + 1):
        for (month, day), length in SEASONS:
            start = date(year, month, day)
            if first <= start and start + timedelta(length) <= last:
                found.append((start, start + timedelta(length)))
    return found


def distinct_size(rng: random.Random, low: int, high: int, others: Sequence[int], apart: float = 0.17) -> int | None:
    """A number unlike any of the others (None if there is none): two batches of a force cannot be taken for one."""
    for _ in range(60):
        made = rng.randint(low, high)
        if all(abs(made - other) / max(made, other) > apart for other in others if other):
            return made
    return None


def new_state(register: Register, *, towns: int, groups: int) -> State:
    """Invent a state with its army, government, capital, towns and armed groups."""
    name = register.word(3, register.rng.choice(("ia", "ma", "stan", "ne", "")))
    entity = register.add("state", name, None, [(f"Republic of {name}", "en"), (f"République de {name}", "fr")])
    army = register.add(
        "military",
        f"{name} Defence Forces",
        f"Forces de défense de {name}",
        [(f"army of {name}", "en")],
        register.acronym("FD", name),
    )
    government = register.add(
        "institution", f"Government of {name}", f"Gouvernement de {name}", [(f"{name} authorities", "en")]
    )
    places = [register.add("place", register.word(2, "i"), None, []) for _ in range(towns + 1)]
    bands = []
    for _ in range(groups):
        word = register.word(3)
        bands.append(
            register.add(
                "armed_group",
                f"Front for the Renewal of {word}",
                f"Front pour le renouveau de {word}",
                [],
                register.acronym("FR", word),
            )
        )
    return State(entity, army, places[0], government, places[1:], bands)


def govern(world: World, state: State, years: Sequence[int]) -> None:
    """Give a state presidents who change in the given years; no claims are made of it."""
    state.presidents = [(date(1998, 1, 1), world.register.person())]
    for year in years:
        state.presidents.append((date(year, world.rng.randint(1, 12), 15), world.register.person()))


def empty_world(hosts: int, seed: int) -> World:
    """States without a history yet."""
    rng = random.Random(seed)
    register = Register(rng)
    word = register.word(3)
    community = register.add(
        "igo",
        f"Community of {word} Basin States",
        f"Communauté des États du bassin de {word}",
        [],
        register.acronym("CEB", word),
    )
    short = register.acronym_of(community)
    council = register.add("institution", f"{short} Council", f"Conseil de la {short}", [])
    world = World(rng, register, [], [], community, council)
    world.providers = [new_state(register, towns=0, groups=0) for _ in range(12)]
    world.hosts = [new_state(register, towns=5, groups=3) for _ in range(hosts)]
    for state in world.providers:
        govern(world, state, (2009 + rng.randint(0, 3), 2016 + rng.randint(0, 3)))
    return world


def in_world(day: date) -> bool:
    """Whether the simulation covers a day."""
    return FIRST_DAY <= day <= LAST_DAY
