"""What fills a case: tasks, bans, embargoes, presence told in one breath, motives, advice and business."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.generated.event import Cast, Count, Event, around
from tests.generated.forces import Force
from tests.generated.operations import Mission
from tests.generated.telling import month_of
from tests.generated.world import State, World


def measures(world: World, host: State, missions: list[Mission]) -> None:
    """An embargo, flight bans, fighters disarmed so far, tasks: what fills the picture."""
    rng, where = world.rng, world.name(host.entity)
    day = world.day_in(date(2006, 1, 1), date(2012, 1, 1))
    world.happen(
        Event(
            key=f"embargo:{host.entity}", topic="embargo", type="sanction", day=day,
            cast=(("target", host.entity), ("authorizer", "unsc")), window=around(day, 200),
            says=f"An arms embargo was laid on {where}.", instrument=world.resolution(day, "un"),
            slots={"form": "arms_embargo", "step": "imposed"},
        )
    )  # fmt: skip
    for mission in missions:
        at = world.day_in(mission.begins + timedelta(120), mission.last - timedelta(120))
        life = (mission.begins + timedelta(1), mission.last - timedelta(1))
        if rng.random() < 0.5:
            form = rng.choice(("flight_ban", "movement_ban"))
            world.happen(
                Event(
                    key=f"ban:{mission.entity}", topic="ban", type="consent_restricted", day=at,
                    cast=(("host", host.entity), ("operator", mission.entity)), window=around(at, 90),
                    says=f"{where} restricted {world.name(mission.entity)}: {form}.", slots={"form": form},
                )
            )  # fmt: skip
        world.happen(
            Event(
                key=f"task:{mission.entity}", topic="task", type="support_role", day=at,
                cast=(("operator", mission.entity), ("beneficiary", "civilians"), ("host", host.entity)), window=life,
                says=f"{world.name(mission.entity)} protects civilians.", regime=mission.regime,
                slots={"task": ["protect_civilians"]}, spare=frozenset({"regime"}),
                spare_roles=frozenset({"host"}), ongoing=mission.ends is None,
            )
        )  # fmt: skip
    total, since = 0, date(2009, 1, 1)
    for _ in range(3):
        total += rng.randint(400, 1500)
        until = since + timedelta(rng.randint(900, 1400))
        at = world.day_in(since + timedelta(30), until - timedelta(30))
        world.happen(
            Event(
                key=f"disarmed:{host.entity}:{at}", topic="disarmed", type="disarmament", day=at,
                cast=(("subject", host.groups[-1]),), window=(since + timedelta(1), until - timedelta(1)),
                says="{n} fighters have disarmed so far.",
                count=Count(total, "fighters", "cumulative", spare=False), slots={"of": "fighters", "stage": "ongoing"},
            )
        )  # fmt: skip
        since = until


def presence(world: World, force: Force) -> None:
    """From when to when a force was there, without a number; open where it is there still."""
    left = force.left
    told = month_of(left)[1] if left else force.began + timedelta(200)  # from when on a source can say so
    name = world.name(force.entity)
    end = f"{left:%Y-%m}" if left else ".."
    if world.rng.random() < 0.6:
        world.happen(
            Event(
                key=f"presence:{force.entity}",
                topic="presence",
                type="deployment",
                day=told,
                cast=(("provider", force.provider), ("host", force.host), ("subject", force.entity)),
                window=around(told, 1),
                says=f"{name} was in {world.name(force.host)} all the time.",
                slots={"personnel": "troops"},
                fixed_time=f"{force.began:%Y-%m}/{end}",
                bundle=f"force:{force.entity}",
                facts={"force": force.entity},
            )
        )
    if left and force.setting(left).regime == "bilateral":
        day = left - timedelta(world.rng.randint(40, 80))
        world.happen(
            Event(
                key=f"consent_withdrawn:{force.entity}",
                topic="consent_withdrawn",
                type="consent_withdrawn",
                day=day,
                cast=(("host", force.host), ("provider", force.provider)),
                window=around(day, 35),
                says=f"{world.name(force.host)} asked {name} to leave.",
                slots={"form": "letter"},
                bundle=f"force:{force.entity}",
            )
        )


def small_talk(world: World, host: State, partners: list[State]) -> None:
    """One of each of the rarer claim types, about matters that nothing else in the case touches."""
    where, partner = world.name(host.entity), partners[0].entity
    plans: tuple[tuple[str, Cast, dict[str, Any], str], ...] = (
        (
            "concession",
            (("beneficiary", partner), ("host", host.entity)),
            {"resource": ["gold"], "step": "granted"},
            "asserted",
        ),
        (
            "arms_flow",
            (("provider", partner), ("beneficiary", host.army)),
            {"item": ["rifles"], "manner": "donated"},
            "asserted",
        ),
        (
            "violation",
            (("violator", host.groups[0]), ("target", "civilians")),
            {"form": "abuse", "norm": "protection of the wounded"},
            "alleged",
        ),
        (
            "sector_cooperation",
            (("party", partner), ("partner", host.entity)),
            {"sector": ["roads"], "stage": "started"},
            "asserted",
        ),
        ("recommendation", (("addressee", host.government),), {"action": "publish its agreements"}, "recommended"),
        ("intent_or_motive", (("subject", partner),), {"motive": "regional standing", "interest": "status"}, "opinion"),
    )
    for type_, cast, slots, modality in plans:
        day = world.day_in(date(2007, 1, 1), date(2022, 6, 1))
        world.happen(
            Event(
                key=f"{type_}:{host.entity}",
                topic=type_,
                type=type_,
                day=day,
                cast=cast,
                window=around(day, 200),
                says=f"{where}: {type_.replace('_', ' ')}, {next(iter(slots.values()))}.",
                slots=slots,
                modality=modality,
            )
        )
