"""Peace operations: mandates with ceilings and expiry, handovers, contingents that come, change and leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.generated.event import LAST_DAY, Count, Event, around
from tests.generated.forces import Force, Setting, tell_of_flows, tell_stock
from tests.generated.world import State, World, seasons

_YEAR = timedelta(365)


@dataclass
class Paper:
    """A resolution in force from its day to its expiry."""

    day: date
    expires: date
    instrument: str


@dataclass
class Mission:
    """An operation in one host; `begins` is later than `established` where it takes over from another."""

    entity: str
    host: str
    regime: str
    established: date
    begins: date
    ends: date | None
    handed_over: bool
    papers: list[Paper] = field(default_factory=list)

    @property
    def last(self) -> date:
        """Its last day in the simulated world."""
        return self.ends or LAST_DAY

    def paper(self, day: date) -> Paper:
        """The resolution in force on a day."""
        return next(p for p in reversed(self.papers) if p.day <= day)


@dataclass
class Run:
    """Missions that hand over to one another without a break, and the contingents that stay through it."""

    missions: list[Mission]
    forces: list[Force] = field(default_factory=list)

    def mission(self, day: date) -> Mission:
        """The mission in charge on a day (from the handover day on, the successor)."""
        return next(m for m in reversed(self.missions) if m.begins <= day or m is self.missions[0])

    def setting(self, day: date) -> Setting:
        """Under what a contingent stands on a day."""
        mission = self.mission(day)
        return Setting(mission.regime, mission.entity, mission.paper(day).instrument)


def _name_mission(world: World, host: State, regime: str) -> str:
    register, name = world.register, world.name(host.entity)
    stem, en, fr = {
        "un": ("MINU", "United Nations Stabilisation Mission in", "Mission des Nations unies pour la stabilisation de"),
        "au": ("MISAF", "African-led Support Mission to", "Mission africaine de soutien à"),
        "regional": ("MICO", "Community Consolidation Mission in", "Mission communautaire de consolidation de"),
    }[regime]
    ordinal = ""
    while any(r["name"]["en"] == f"{ordinal}{en} {name}" for r in register.records.values()):
        ordinal = {"": "Second ", "Second ": "Third ", "Third ": "Fourth "}[ordinal]
    number = {"": "", "Second ": " II", "Third ": " III", "Fourth ": " IV"}[ordinal]
    acronym = register.acronym(stem, name) if not number else None
    if acronym is None:  # a later mission of the same kind has a name of its own
        acronym = register.acronym(stem[:3] + "TRA", name)
    return register.add("mission", f"{ordinal}{en} {name}", f"{fr} {name}{number}", [], acronym)


def plan_missions(world: World, host: State) -> list[Run]:
    """The host's missions over twenty years, as one or two unbroken runs."""
    rng = world.rng
    runs: list[Run] = []
    established = begins = date(2004, rng.randint(1, 5), rng.randint(1, 28))
    regimes = rng.choice((("regional", "un"), ("au", "un"), ("regional", "au", "un"), ("un", "au", "un")))
    chain: list[Mission] = []
    position = 0
    while True:
        regime = regimes[min(position, len(regimes) - 1)] if position < len(regimes) else rng.choice(("un", "au"))
        position += 1
        year = begins.year + rng.randint(3, 5)
        last = year >= 2020
        handed = not last and rng.random() < (0.72 if len(runs) == 0 or len(chain) < 2 else 0.8)
        if len(runs) == 1 and not handed:
            last = True
        ends: date | None = date(year, rng.choice((5, 11)), rng.randint(10, 25))
        if last:
            ends = None if rng.random() < 0.4 else min(ends or LAST_DAY, date(2022, 11, 20))
        mission = Mission(_name_mission(world, host, regime), host.entity, regime, established, begins, ends, handed)
        chain.append(mission)
        if last or ends is None:
            runs.append(Run(chain))
            return runs
        if handed:
            begins = ends
            established = ends - timedelta(rng.randint(60, 150))
        else:
            runs.append(Run(chain))
            chain = []
            established = begins = ends + timedelta(rng.randint(300, 420))


def mandate(world: World, mission: Mission) -> None:
    """Establish a mission and extend it to its end; each resolution has one date."""
    rng = world.rng
    day, expires = mission.established, mission.established + _YEAR
    verb = "establish"
    council, host = world.council(mission.regime), mission.host
    name = world.name(mission.entity)
    while True:
        if mission.ends and not mission.handed_over and (mission.ends - expires).days < 90:
            expires = mission.ends
        paper = Paper(day, expires, world.resolution(day, mission.regime))
        mission.papers.append(paper)
        world.happen(
            Event(
                key=f"{verb}:{mission.entity}:{day}",
                topic=verb,
                type="mandate",
                day=day,
                cast=(("operator", mission.entity), ("authorizer", council), ("host", host)),
                window=around(day, 200),
                says=f"The mandate of {name}: {verb}.",
                instrument=paper.instrument,
                slots={"verb": verb, "expires": expires.isoformat()},
                spare_slots=frozenset({"expires"}) if verb == "establish" else frozenset(),
                spare_roles=frozenset({"authorizer", "host"}),
                bundle=f"mission:{mission.entity}",
                facts={"expires": expires},
            )
        )
        if expires >= mission.last or expires.year >= 2024:
            break
        day = expires - timedelta(rng.randint(4, 20))
        expires, verb = expires + _YEAR, "extend"
    if mission.ends and not mission.handed_over:
        _close(world, mission)


def _close(world: World, mission: Mission) -> None:
    ends = mission.ends
    assert ends
    name = world.name(mission.entity)
    for topic, kind, slots in (
        ("mandate_end", "mandate", {"verb": "end"}),
        ("closure", "withdrawal", {"complete": True}),
    ):
        world.happen(
            Event(
                key=f"{topic}:{mission.entity}",
                topic=topic,
                type=kind,
                day=ends,
                cast=(("operator", mission.entity), ("host", mission.host)),
                window=around(ends, 200),
                says=f"{name} ended.",
                regime=mission.regime if kind == "withdrawal" else None,
                slots=slots,
                spare_roles=frozenset({"host"}),
                spare=frozenset({"regime"}),
                bundle=f"mission:{mission.entity}",
            )
        )


def hand_over(world: World, run: Run) -> None:
    """Tell of each handover inside a run."""
    for old, new in zip(run.missions, run.missions[1:], strict=False):
        world.happen(
            Event(
                key=f"handover:{new.entity}",
                topic="handover",
                type="operation_handover",
                day=new.begins,
                cast=(("predecessor", old.entity), ("successor", new.entity)),
                window=around(new.begins, 170),
                says=f"{world.name(old.entity)} handed over to {world.name(new.entity)}.",
                instrument=new.papers[0].instrument,
                slots={"rehatted": True},
                spare_slots=frozenset({"rehatted"}),
                spare=frozenset({"instrument"}),
                bundle=f"mission:{new.entity}",
                facts={"established": new.established},
            )
        )


def set_ceilings(world: World, run: Run) -> None:
    """Give each mission a ceiling above all it ever had, and raise it with some extensions."""
    rng = world.rng
    for mission in run.missions:
        days = [d for f in run.forces for d, _, _ in f.flows if mission.begins <= d <= mission.last] + [mission.begins]
        most = max(sum(f.level(d) for f in run.forces) for d in days)
        ceiling = (int(max(most, 600) * 1.2) // 50 + 1) * 50
        for index, paper in enumerate(mission.papers):
            if index and rng.random() > 0.12:
                continue
            if index:
                ceiling = (int(ceiling * 1.2) // 50 + 1) * 50
            verb = "increase" if index else "authorise"
            world.happen(
                Event(
                    key=f"ceiling:{mission.entity}:{paper.day}",
                    topic="ceiling",
                    type="mandate",
                    day=paper.day,
                    cast=(("operator", mission.entity), ("authorizer", world.council(mission.regime))),
                    window=around(paper.day, 200),
                    says=f"{world.name(mission.entity)} may have up to {{n}} troops.",
                    count=Count(ceiling, "personnel", "ceiling", slack=0.0, spare=False),
                    instrument=paper.instrument,
                    slots={"verb": verb, "personnel": "troops"},
                    spare_roles=frozenset({"authorizer"}),
                    bundle=f"mission:{mission.entity}",
                )
            )


def fill(world: World, host: State, run: Run, providers: list[State]) -> None:
    """Let contingents of these providers live through a run."""
    rng = world.rng
    first, last = run.missions[0].begins, run.missions[-1].last
    times = seasons(first + timedelta(25), last - timedelta(5))
    closing = run.missions[-1].ends is not None
    for place, provider in enumerate(providers):
        who, where = world.name(provider.entity), world.name(host.entity)
        unit = world.register.add(
            "military",
            f"{who} contingent in {where}",
            f"Contingent de {who} en {where}",
            [(f"{who} infantry in {where}", "en")],
            world.register.acronym(who[:3].upper() + "BATT-", where),
        )
        force = Force(unit, provider.entity, host.entity, run.setting, turns=[m.begins for m in run.missions[1:]])
        arrival = 0 if place < 2 else rng.randint(0, max(0, min(len(times) - 4, 8)))
        leaves = len(times) - 1 if closing else None
        if rng.random() < 0.3 and len(times) - arrival > 6:
            leaves = rng.randint(arrival + 4, len(times) - 1)
        for index in range(arrival, len(times)):
            day = world.day_in(*times[index])
            if index == arrival:
                force.move(world, day, "first")
            elif index == leaves:
                force.move(world, day, "complete")
                break
            elif (day - force.flows[-1][0]).days >= 100 and rng.random() < 0.4:
                force.move(world, day, rng.choice(("inflow", "inflow", "inflow", "outflow", "rotation")))
        force.police = int(max(force.level(d) for d, _, _ in force.flows) * rng.uniform(0.22, 0.5))
        run.forces.append(force)


def tell_force(world: World, force: Force, in_host: dict[tuple[str, str], list[Force]]) -> None:
    """Tell one force's flows and the stocks after its inflows."""
    siblings = in_host[force.provider, force.host]
    days = [d for f in siblings for d, _, _ in f.flows]
    tell_of_flows(world, force, days, first_in_host=force.began == min(days))
    for day, _, kind in force.flows:
        later = day + timedelta(world.rng.randint(4, 24))
        _, end = force.quiet(later)
        often = {"first": 0.7, "inflow": 1.0, "rotation": 0.9, "outflow": 0.3}.get(kind, 0.0)
        if later < end and world.rng.random() < often:
            tell_stock(world, force, later, topic="stock_after")
