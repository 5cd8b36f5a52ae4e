"""A consistent case: an invented world, simulated first and then told by some sixty sources."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.generated import asides, census, operations, politics, relations, security
from tests.generated.event import Event
from tests.generated.forces import Force
from tests.generated.operations import Mission, Run
from tests.generated.publishing import Outlet, publish
from tests.generated.telling import Manner, Telling, choose_manner, render
from tests.generated.world import World, empty_world

Record = dict[str, Any]


@dataclass
class GeneratedCase:
    """Plain records, and beside them the truth and the tellings that whoever plants errors needs."""

    sources: list[Record]
    entities: list[Record]
    claims: list[Record]
    world: World = field(repr=False)
    outlets: list[Outlet] = field(repr=False)
    tellings: list[Telling] = field(repr=False)


def simulate(hosts: int, seed: int) -> World:
    """The truth: what happened in so many host countries between 2004 and 2023."""
    world = empty_world(hosts, seed)
    runs: list[Run] = []
    missions: dict[str, list[Mission]] = defaultdict(list)
    in_host: dict[tuple[str, str], list[Force]] = defaultdict(list)
    bilateral: list[Force] = []
    for number, host in enumerate(world.hosts):
        politics.government(world, host)
        taken: set[str] = set()
        own_runs = operations.plan_missions(world, host)
        for run in own_runs:
            for mission in run.missions:
                operations.mandate(world, mission)
                missions[host.entity].append(mission)
            operations.hand_over(world, run)
            operations.fill(world, host, run, census.pool(world, host, taken, 4 if len(own_runs) == 1 else 3))
            operations.set_ceilings(world, run)
        partners = census.pool(world, host, taken, 3)
        both = number % 3 == 1  # here one contributor to the mission has a bilateral force besides
        for place, provider in enumerate(partners):
            bilateral.append(relations.bilateral_force(world, host, provider, alone=True))
            relations.visits(world, host, provider)
            if place < 2:
                start = world.rng.randint(2008, 2014)
                relations.train(world, host, provider, (start, start + world.rng.randint(3, 5)))
            relations.other_agreements(world, host, provider, world.rng.choice((1, 2)))
        if both:
            force = own_runs[0].forces[0]
            provider = next(p for p in world.providers if p.entity == force.provider)
            force.alone = False
            bilateral.append(relations.bilateral_force(world, host, provider, alone=False))
            relations.visits(world, host, provider)
        runs += own_runs
        politics.bodies(world, host)
        politics.strategies(world, host)
        security.violence(world, host)
        security.army(world, host)
        for mission in missions[host.entity]:
            years = mission.begins.year + 1, max(mission.begins.year + 1, mission.last.year - 1)
            security.assess(world, mission.entity, years, world.rng.choice((2, 3, 3)))
        for force in [f for f in bilateral if f.host == host.entity]:
            year = force.began.year + 1
            security.assess(world, force.entity, (year, year), 2)
        asides.measures(world, host, missions[host.entity])
        asides.small_talk(world, host, partners)
    forces = [f for run in runs for f in run.forces] + bilateral
    for force in forces:
        in_host[force.provider, force.host].append(force)
    for force in forces:
        operations.tell_force(world, force, in_host)
        asides.presence(world, force)
    census.take(world, runs, census.Often())
    return world


def consistent_case(claims: int = 2000, seed: int = 1) -> GeneratedCase:
    """A case of so many claims without a contradiction; the same seed gives the same records."""
    hosts = max(4, round(claims / 480))
    world = simulate(hosts, seed)
    rng = random.Random(f"telling {seed}")
    outlets = publish(rng, min(80, max(40, claims // 33)))
    told: list[Telling] = []
    for bundle in _bundles(rng, world.events):
        made = [t for event in bundle for t in _tell(rng, world, outlets, event)]
        if len(bundle) == 1:
            made = made[: claims - len(told)]
        if len(told) + len(made) <= claims:  # a bundle is told whole, or not at all
            told += made
        if len(told) == claims:
            break
    assert len(told) == claims, f"the world offers only {len(told)} tellings; give it more hosts"
    told.sort(key=lambda t: (t.source, int(t.record["locator"][2:])))
    return GeneratedCase(
        sources=[o.record for o in outlets],
        entities=list(world.register.records.values()),
        claims=[t.record for t in told],
        world=world,
        outlets=outlets,
        tellings=told,
    )


#: What is told sooner where there is more truth than claims; the rest counts 1.
_WEIGHTS = {"force": 1.9, "mission": 2.6, "census": 2.2, "treaty": 2.0, "strategy": 2.0, "incident": 1.0, "body": 1.5}
_SINGLE_WEIGHTS = {"coup": 40.0, "election": 1.6, "visit": 2.4, "assessment": 2.0}


def _bundles(rng: random.Random, events: list[Event]) -> list[list[Event]]:
    """All events, bundle by bundle, in a random order that favours what other claims lean on."""
    bundles: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda e: e.key):
        bundles[event.bundle or event.key].append(event)

    def place(name: str) -> float:
        weight = _WEIGHTS.get(name.split(":", maxsplit=1)[0], _SINGLE_WEIGHTS.get(bundles[name][0].topic, 1.0))
        return -float(rng.random() ** (1 / weight))

    places = {name: place(name) for name in bundles}
    return [bundles[name] for name in sorted(bundles, key=places.__getitem__)]


def _tell(rng: random.Random, world: World, outlets: list[Outlet], event: Event) -> list[Telling]:
    """Let some sources that came out after an event tell it, and their copyists repeat them."""
    # What is told for a whole year is known at its end; a judgement's period likewise.
    after = [o for o in outlets if o.published > event.day and not o.copies]
    soon = [o for o in after if o.published < event.day + timedelta(900)]
    tellers: list[Outlet] = []
    for _ in range(rng.choices((1, 2, 3, 4), (15, 38, 31, 16))[0]):
        pool = [o for o in (soon if rng.random() < 0.6 else after) if o not in tellers and not event.bars & o.told]
        if pool:
            tellers.append(rng.choice(pool))
    if event.plannable and rng.random() < 0.5:
        ahead = [o for o in outlets if event.day - timedelta(150) < o.published < event.day and not o.copies]
        ahead = [o for o in ahead if not event.bars & o.told]
        tellers += ahead[-1:]
    made = []
    for outlet in tellers:
        manner = choose_manner(rng, event, outlet.published)
        if event.topic == "assessment":
            manner = Manner(leave_out=manner.leave_out, aliases=manner.aliases)
        record = render(rng, world.register, event, outlet, manner)
        outlet.told |= event.marks
        made.append(Telling(event, outlet.id, manner, record))
        for copyist in outlets if not manner.planned else []:
            if copyist.copies == outlet.id and not event.bars & copyist.told and rng.random() < 0.35:
                copy = record | {"source": copyist.id, "locator": copyist.next_paragraph(rng)}
                copyist.told |= event.marks
                made.append(Telling(event, copyist.id, manner, copy))
    return made
