"""One named force of one provider in one host: what it was on each day, and the events of its life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.generated.event import Cast, Count, Event, between_siblings
from tests.generated.world import World, distinct_size


@dataclass(frozen=True)
class Setting:
    """Under what a force stands on a day."""

    regime: str
    operator: str | None
    instrument: str | None


@dataclass
class Force:
    """A force whose stock follows from its flows.

    `flows` are (day, change, kind) with kind first, inflow, rotation (no change), outflow or complete.
    `turns` are days on which it passes to another authority. `alone` says that its provider has no other
    force in this host, so that a source may leave its regime and operator unsaid.
    """

    entity: str
    provider: str
    host: str
    setting: Callable[[date], Setting]
    alone: bool = True
    police: int = 0
    flows: list[tuple[date, int, str]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    turns: list[date] = field(default_factory=list)

    @property
    def began(self) -> date:
        """The day of the first deployment."""
        return self.flows[0][0]

    @property
    def left(self) -> date | None:
        """The day of the complete withdrawal, if it left."""
        return self.flows[-1][0] if self.flows[-1][2] == "complete" else None

    def level(self, day: date) -> int:
        """Troops present at the end of a day."""
        return sum(change for at, change, kind in self.flows if at <= day and kind != "rotation")

    def quiet(self, day: date) -> tuple[date, date]:
        """The span around a day within which nothing of this force changed."""
        changes = sorted([at for at, _, _ in self.flows] + self.turns)
        before = [c + timedelta(1) for c in changes if c < day]
        after = [c - timedelta(1) for c in changes if c > day]
        return (before[-1] if before else date(1990, 1, 1)), (after[0] if after else date(2030, 1, 1))

    def move(self, world: World, day: date, kind: str) -> None:
        """Add a flow of a size unlike the force's other numbers."""
        level = self.level(day)
        rng = world.rng
        if kind == "complete":
            self.flows.append((day, -level, kind))
            return
        taken = [*self.sizes, level]
        low, high = {"first": (340, 960), "outflow": (level // 10, level // 3)}.get(kind, (110, 560))
        size = distinct_size(rng, low, high, taken)
        if size is None:
            return  # the force has had batches of all sizes
        if kind == "inflow" and any(abs(level + size - s) / (level + size) < 0.17 for s in self.sizes):
            return
        self.sizes.append(size)
        self.flows.append((day, -size if kind == "outflow" else size, kind))
        self.sizes.append(self.level(day))

    def cast(self, setting: Setting, *, named: bool = True) -> Cast:
        """Who takes part in an event of this force."""
        cast = [("provider", self.provider), ("host", self.host)]
        if setting.operator:
            cast.append(("operator", setting.operator))
        if named:
            cast.append(("subject", self.entity))
        return tuple(cast)

    @property
    def spare_roles(self) -> frozenset[str]:
        """What a source may leave unsaid of the cast."""
        return frozenset({"operator", "subject"}) if self.alone else frozenset()


def tell_of_flows(world: World, force: Force, siblings: list[date], *, first_in_host: bool) -> None:
    """Make events of a force's flows; `siblings` are the days of all flows of its provider in the host."""
    days = sorted(siblings)
    who, where, rng = world.name(force.provider), world.name(force.host), world.rng
    for day, change, kind in force.flows:
        setting = force.setting(day)
        window = between_siblings(days, days.index(day))
        number = abs(change)
        two = (number // 400 + 1, "companies") if number < 700 and rng.random() < 0.3 else None
        two = (2, "battalions") if number >= 700 else two
        slots: dict[str, object] = {"personnel": "troops"}
        spare_slots = {"personnel"}
        verb = "withdrew" if change < 0 else "sent"
        cast = force.cast(setting)
        if kind == "first" and first_in_host:
            slots["first"] = True
            spare_slots.add("first")
        if kind == "rotation":
            slots["rotation"] = True
        if kind == "complete":
            slots["complete"] = True
            cast = tuple((r, e) for r, e in cast if r != "operator")  # else the mission itself would have ended
        topic = {"first": "first_deployment", "complete": "complete_withdrawal"}.get(kind, kind)
        world.happen(
            Event(
                key=f"{topic}:{force.entity}:{day}",
                topic=topic,
                type="withdrawal" if change < 0 else "deployment",
                day=day,
                cast=cast,
                window=window,
                says=f"{who} {verb} {{n}} troops ({kind}), {where}.",
                count=Count(number, "personnel", "flow", two),
                regime=setting.regime,
                instrument=setting.instrument if change > 0 else None,
                slots=slots,
                spare_slots=frozenset(spare_slots),
                spare_roles=force.spare_roles if kind != "complete" else frozenset(),
                spare=frozenset({"regime", "instrument"}) if force.alone else frozenset({"instrument"}),
                plannable=kind in ("first", "inflow", "outflow"),
                bundle=f"force:{force.entity}",
                facts={"force": force.entity, "level": force.level(day)},
            )
        )


def tell_stock(world: World, force: Force, day: date, *, personnel: str = "troops", topic: str = "stock") -> Event:
    """Make an event of the force's size on a day."""
    setting = force.setting(day)
    number = force.level(day) + (force.police if personnel == "all_uniformed" else 0)
    mission = setting.operator is not None
    return world.happen(
        Event(
            key=f"{topic}:{personnel}:{force.entity}:{day}",
            topic=topic,
            type="force_strength",
            day=day,
            cast=force.cast(setting, named=not mission),
            window=force.quiet(day),
            says=f"{world.name(force.provider)} has {{n}} ({personnel}) in {world.name(force.host)}.",
            count=Count(number, "personnel", "stock", slack=0.02, spare=False),
            regime=setting.regime,
            slots={"personnel": personnel, "scope": "mission" if mission else "host"},
            spare_slots=frozenset({"scope"}) if force.alone else frozenset(),
            spare_roles=force.spare_roles,
            spare=frozenset({"regime"}) if force.alone else frozenset(),
            bundle=f"force:{force.entity}" if topic == "stock_after" else f"census:{setting.operator}:{day}",
            facts={"force": force.entity, "personnel": personnel},
        )
    )
