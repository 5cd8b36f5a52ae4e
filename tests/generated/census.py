"""Censuses: in quiet months every contributor's stock, the mission's total and the ranks are on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.generated.event import Count, Event
from tests.generated.forces import Force, tell_stock
from tests.generated.operations import Mission, Run
from tests.generated.world import State, World


@dataclass(frozen=True)
class Often:
    """How often each thing is put on record (probabilities)."""

    held: float = 0.3
    contributor: float = 0.68
    uniformed: float = 0.7
    world: float = 0.35
    total: float = 0.65
    component: float = 0.08
    rank: float = 0.45


@dataclass
class Standing:
    """What a provider has in UN service everywhere: a constant elsewhere, and its contingents in the hosts."""

    elsewhere: int
    forces: list[Force] = field(default_factory=list)

    def level(self, day: date) -> int:
        """Troops in UN service on a day."""
        return self.elsewhere + sum(f.level(day) for f in self.forces if f.level(day) and f.setting(day).regime == "un")

    def quiet(self, day: date) -> tuple[date, date]:
        """The span without any change."""
        spans = [f.quiet(day) for f in self.forces]
        return max(s for s, _ in spans), min(e for _, e in spans)


def take(world: World, runs: list[Run], often: Often) -> None:
    """Hold censuses of all missions."""
    rng = world.rng
    standings: dict[str, Standing] = defaultdict(lambda: Standing(rng.randint(2600, 7000)))
    for force in (f for run in runs for f in run.forces):
        standings[force.provider].forces.append(force)
    reported: set[tuple[str, date]] = set()
    for run in runs:
        for mission in run.missions:
            for day in _days(mission):
                if rng.random() < often.held:
                    _hold(world, run, mission, day, often)
                    _worldwide(world, run, day, standings, reported, often)


def _days(mission: Mission) -> Iterator[date]:
    for year in range(mission.begins.year, mission.last.year + 1):
        for month in (6, 12):
            day = date(year, month, 30)
            if mission.begins + timedelta(60) <= day <= mission.last - timedelta(12):
                yield day


def _hold(world: World, run: Run, mission: Mission, day: date, often: Often) -> None:
    rng = world.rng
    present = [f for f in run.forces if f.level(day) > 0]
    if not present:
        return
    start = max(f.quiet(day)[0] for f in present)
    end = min(f.quiet(day)[1] for f in run.forces)
    for force in present:
        both = rng.random()
        if both < often.contributor:
            tell_stock(world, force, day, topic="census")
        if rng.random() < often.uniformed:
            tell_stock(world, force, day, personnel="all_uniformed", topic="census")
        if rng.random() < often.component:
            _component(world, force, day)
    for personnel in ("troops", "all_uniformed"):
        number = sum(f.level(day) + (f.police if personnel == "all_uniformed" else 0) for f in present)
        if rng.random() < often.total and len(present) > 1:
            _total(world, mission, day, personnel, number, (start, end))
    ranked = sorted(present, key=lambda f: -f.level(day))
    levels = [f.level(day) for f in ranked]
    if len(set(levels)) == len(levels) and len(levels) > 2:
        for rank, force in enumerate(ranked, 1):
            if rng.random() < often.rank:
                _rank(world, mission, force.provider, day, rank)


def _total(world: World, mission: Mission, day: date, personnel: str, number: int, window: tuple[date, date]) -> None:
    world.happen(
        Event(
            key=f"total:{personnel}:{mission.entity}:{day}",
            topic="total",
            type="force_strength",
            day=day,
            cast=(("operator", mission.entity), ("host", mission.host)),
            window=window,
            says=f"{world.name(mission.entity)} has {{n}} ({personnel}).",
            count=Count(number, "personnel", "stock", slack=0.02, spare=False),
            regime=mission.regime,
            slots={"personnel": personnel, "scope": "mission"},
            spare_roles=frozenset({"host"}),
            spare_slots=frozenset({"scope"}),
            spare=frozenset({"regime"}),
            bundle=f"census:{mission.entity}:{day}",
            facts={"personnel": personnel},
        )
    )


def _component(world: World, force: Force, day: date) -> None:
    setting = force.setting(day)
    number = int(force.level(day) * world.rng.uniform(0.3, 0.7))
    name = world.rng.choice(("infantry battalion", "level II hospital", "engineering company", "aviation unit"))
    world.happen(
        Event(
            key=f"component:{force.entity}:{day}",
            topic="component",
            type="force_strength",
            day=day,
            cast=force.cast(setting, named=False),
            window=force.quiet(day),
            says=f"The {name} of {world.name(force.provider)} has {{n}} members.",
            count=Count(number, "personnel", "stock", slack=0.02, spare=False),
            regime=setting.regime,
            slots={"personnel": "troops", "scope": "mission", "component": name},
            bundle=f"census:{setting.operator}:{day}",
            facts={"force": force.entity},
        )
    )


def _rank(world: World, mission: Mission, provider: str, day: date, rank: int) -> None:
    first = day.replace(day=1)
    world.happen(
        Event(
            key=f"rank:{mission.entity}:{provider}:{day}",
            topic="rank",
            type="contribution_rank",
            day=day,
            cast=(("provider", provider), ("host", mission.entity)),
            window=(first, (first + timedelta(31)).replace(day=1) - timedelta(1)),
            says=f"{world.name(provider)} has rank {{n}} in {world.name(mission.entity)}.",
            count=Count(rank, "rank among contributors", "rank", slack=0.0, spare=False),
            slots={"personnel": "troops", "scope": "mission"},
            bundle=f"census:{mission.entity}:{day}",
        )
    )


def _worldwide(
    world: World,
    run: Run,
    day: date,
    standings: dict[str, Standing],
    reported: set[tuple[str, date]],
    often: Often,
) -> None:
    for force in run.forces:
        provider = force.provider
        if (provider, day) in reported or world.rng.random() > often.world or not force.level(day):
            continue
        reported.add((provider, day))
        number = standings[provider].level(day)
        if any(f.level(day) * 1.3 > number for f in standings[provider].forces):
            continue
        world.happen(
            Event(
                key=f"worldwide:{provider}:{day}",
                topic="worldwide",
                type="force_strength",
                day=day,
                cast=(("provider", provider),),
                window=standings[provider].quiet(day),
                says=f"{world.name(provider)} has {{n}} troops in UN service worldwide.",
                count=Count(number, "personnel", "stock", slack=0.02, spare=False),
                regime="un",
                slots={"personnel": "troops", "scope": "world"},
                bundle=f"census:{run.mission(day).entity}:{day}",
                facts={"personnel": "troops"},
            )
        )


def pool(world: World, host: State, taken: set[str], count: int) -> list[State]:
    """Providers that have no force in a host yet."""
    free = [p for p in world.providers if p.entity not in taken and p is not host]
    chosen = world.rng.sample(free, min(count, len(free)))
    taken.update(p.entity for p in chosen)
    return chosen
