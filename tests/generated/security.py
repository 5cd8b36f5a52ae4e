"""Violence, the host's army, and what people think of operations: the events that no operation makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.generated.event import Count, Event, around, between_siblings
from tests.generated.world import State, World, distinct_size

_ASPECTS = (
    "protection of civilians",
    "logistics and supply",
    "relations with the press",
    "neutrality between the parties",
    "training of the army",
)


def violence(world: World, host: State) -> None:
    """Attacks of each group at least three months apart, with their dead and wounded."""
    rng = world.rng
    for group in host.groups:
        day = world.day_in(date(2005, 1, 1), date(2008, 1, 1))
        days: list[date] = []
        while day < date(2023, 9, 1):
            days.append(day)
            day += timedelta(rng.randint(700, 1900))
        for index, at in enumerate(days):
            _incident(world, group, rng.choice(host.towns), at, between_siblings(days, index))


def _incident(world: World, group: str, town: str, day: date, window: tuple[date, date]) -> None:
    """One attack, with the dead, the wounded and both together told of the same people."""
    rng, where = world.rng, world.name(town)
    killed, wounded = rng.randint(12, 90), rng.randint(25, 160)
    attack = Event(
        key=f"attack:{group}:{day}",
        topic="attack",
        type="attack",
        day=day,
        cast=(("attacker", group), ("target", "civilians")),
        window=window,
        says=f"{world.name(group)} attacked {where}; {{n}} were killed.",
        count=Count(killed, "killed", "count", slack=0.0),
        place=town,
        spare_roles=frozenset({"target"}),
        bundle=f"incident:{group}:{day}",
    )
    world.happen(attack)
    tolls = [("killed_and_wounded", killed + wounded), ("wounded", wounded), ("killed", killed)]
    for harm, number in [tolls[0], rng.choice(tolls[1:])] if rng.random() < 0.6 else [tolls[1]]:
        world.happen(
            replace(
                attack,
                key=f"{harm}:{group}:{day}",
                topic="toll",
                type="casualties",
                says=f"{{n}} people in {where}: {harm}.",
                count=Count(number, "people", "count", slack=0.0, spare=False),
                slots={"harm": harm},
                spare_roles=frozenset(),
                facts={"harm": harm, "incident": f"{group}:{day}"},
            )
        )


def army(world: World, host: State) -> None:
    """Intakes of recruits, and battalions whose number only grows."""
    rng = world.rng
    day = world.day_in(date(2006, 1, 1), date(2008, 12, 1))
    intakes: list[date] = []
    while day.year < 2023:
        intakes.append(day)
        day += timedelta(rng.randint(900, 1800))
    sizes: list[int] = []
    for index, at in enumerate(intakes):
        sizes.append(distinct_size(rng, 300, 1600, sizes[-2:]) or 2000)
        world.happen(
            Event(
                key=f"intake:{host.army}:{at}",
                topic="intake",
                type="recruitment",
                day=at,
                cast=(("recruiter", host.army),),
                window=between_siblings(intakes, index),
                says=f"{world.name(host.army)} took in {{n}} recruits.",
                count=Count(sizes[-1], "soldiers", "flow"),
                slots={"stage": "completed", "procedure": rng.choice(("ordinary", "outside_ordinary"))},
                spare_slots=frozenset({"procedure"}),
            )
        )
    count, since = rng.randint(3, 6), date(2005, 1, 1)
    while since.year < 2022:
        until = since + timedelta(rng.randint(1000, 1700))
        at = world.day_in(since + timedelta(60), until - timedelta(60))
        world.happen(
            Event(
                key=f"battalions:{host.army}:{at}",
                topic="battalions",
                type="force_structure",
                day=at,
                cast=(("subject", host.army),),
                window=(since + timedelta(1), until - timedelta(1)),
                says=f"{world.name(host.army)} has {{n}} territorial battalions.",
                count=Count(count, "battalions", "count", slack=0.0, spare=False),
                slots={"element": "territorial infantry battalion", "standing": "actual"},
                facts={"battalions": count},
            )
        )
        count, since = count + rng.randint(1, 3), until


def assess(world: World, subject: str, years: tuple[int, int], aspects: int) -> None:
    """Judgements of a mission or force: whoever judges one aspect judges it alike; aspects differ."""
    rng = world.rng
    first, last = years
    for aspect in rng.sample(_ASPECTS, aspects):
        polarity = rng.choice(("positive", "negative"))
        world.happen(
            Event(
                key=f"assessment:{subject}:{aspect}",
                topic="assessment",
                type="assessment",
                day=date(last, 12, 31),
                cast=(("subject", subject),),
                window=around(date(last, 12, 31), 1),
                says=f"{world.name(subject)} is judged on {aspect}: {polarity}.",
                slots={"aspect": aspect, "polarity": polarity},
                fixed_time=f"{first}/{last}" if last > first else str(first),
                modality="opinion",
            )
        )
