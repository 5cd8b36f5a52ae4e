"""A host's own life: who governs, votes, coups, bodies and their members, strategies."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from tests.generated.event import LAST_DAY, Event, around
from tests.generated.world import State, World, in_world


def government(world: World, host: State) -> None:
    """Presidents come by election or coup; the time between two changes is more than a year."""
    rng = world.rng
    host.presidents = [(date(1999, 1, 1), world.register.person())]
    year = rng.randint(2004, 2006)
    coup_after = rng.choice((1, 2, 2, 3))
    terms = 0
    while year <= 2022:
        month = rng.choice((2, 3, 10, 11))
        first = date(year, month, rng.randint(1, 26))
        second = first + timedelta(rng.choice((35, 42, 49))) if rng.random() < 0.6 else None
        _vote(world, host, "presidential", first, 1)
        if second:
            _vote(world, host, "presidential", second, 2)
        _vote(world, host, "legislative", date(year + 1, 6, rng.randint(1, 28)), None)
        taken = second or first
        if rng.random() < 0.6 or terms == 0:
            host.presidents.append((taken, world.register.person()))
            _takes_office(world, host, taken, "elected")
        terms += 1
        year += 5
        if terms == coup_after and year < 2021:
            coup = world.day_in(date(year - 2, 8, 1), date(year - 2, 12, 20))
            host.presidents.append((coup, world.register.person()))
            _coup(world, host, coup)
            year += rng.choice((0, 1))
            coup_after += 2
    failed = [d for y in (2006, 2010, 2013, 2017, 2021) for d in [world.day_in(date(y, 1, 5), date(y, 12, 20))]]
    for day in failed:
        if rng.random() < 0.5 and all(abs((day - since).days) > 240 for since, _ in host.presidents):
            _failed_attempt(world, host, day)
    for (since, person), (until, _) in pairwise([*host.presidents[1:], (LAST_DAY, "")]):
        if (until - since).days > 500 and rng.random() < 0.6:
            _holds(world, host, person, world.day_in(since + timedelta(60), until - timedelta(60)), (since, until))


def _vote(world: World, host: State, vote: str, day: date, turn: int | None) -> None:
    if not in_world(day):
        return
    slots: dict[str, object] = {"vote": vote, "status": "held"}
    if turn:
        slots["round"] = turn
    world.happen(
        Event(
            key=f"election:{host.entity}:{vote}:{day}",
            topic="election",
            type="election",
            day=day,
            cast=(("subject", host.entity),),
            window=around(day, 150),
            says=f"{world.name(host.entity)} voted ({vote}).",
            slots=slots,
            plannable=True,
        )
    )


def _takes_office(world: World, host: State, day: date, manner: str) -> None:
    person = host.president(day)
    world.happen(
        Event(
            key=f"office:{host.entity}:{day}",
            topic="office",
            type="leadership_change",
            day=day,
            cast=(("leader", person), ("subject", host.entity)),
            window=around(day, 150),
            says=f"{world.name(person)} became president.",
            slots={"office": "head of state", "manner": manner},
        )
    )


def _coup(world: World, host: State, day: date) -> None:
    person = host.president(day)
    world.happen(
        Event(
            key=f"coup:{host.entity}:{day}",
            topic="coup",
            type="leadership_change",
            day=day,
            cast=(("attacker", person), ("target", host.entity)),
            window=around(day, 120),
            says=f"{world.name(person)} took power in {world.name(host.entity)}.",
            place=host.capital,
            slots={"office": "head of state", "manner": "coup"},
            spare=frozenset({"place"}),
        )
    )


def _failed_attempt(world: World, host: State, day: date) -> None:
    world.happen(
        Event(
            key=f"attempt:{host.entity}:{day}",
            topic="attempt",
            type="political_event",
            day=day,
            cast=(("subject", host.entity),),
            window=around(day, 60),
            says=f"An attempt to take power in {world.name(host.entity)} failed.",
            slots={"event": "failed attempt to seize power"},
        )
    )


def _holds(world: World, host: State, person: str, day: date, term: tuple[date, date]) -> None:
    world.happen(
        Event(
            key=f"holds:{host.entity}:{day}",
            topic="holds",
            type="leadership_change",
            day=day,
            cast=(("leader", person), ("subject", host.entity)),
            window=(term[0] + timedelta(1), term[1] - timedelta(1)),
            says=f"{world.name(person)} is president of {world.name(host.entity)}.",
            slots={"office": "head of state", "manner": "holds"},
        )
    )


def bodies(world: World, host: State) -> None:
    """Bodies founded, joined, left and some dissolved."""
    rng, register, where = world.rng, world.register, world.name(host.entity)
    plans = (
        ("institution", "Commission for Disarmament of {}", "Commission du désarmement de {}", "CDA", None),
        ("institution", "Truth and Justice Panel of {}", "Panel vérité et justice de {}", "PVJ", "chair"),
        ("institution", "Contact Group on {}", "Groupe de contact sur {}", "GCO", "state"),
        ("armed_group", "Alliance for the Rebirth of {}", "Alliance pour la renaissance de {}", "ARE", "group"),
    )
    for index, (kind, en, fr, stem, members) in enumerate(plans):
        body = register.add(kind, en.format(where), fr.format(where), [], register.acronym(stem, where))
        founded = world.day_in(date(2005 + 3 * index, 1, 10), date(2007 + 3 * index, 12, 20))
        dissolved = founded + timedelta(rng.randint(1100, 2600)) if rng.random() < 0.75 else None
        if dissolved and dissolved > date(2023, 6, 1):
            dissolved = None
        _about(world, body, "founded", founded, None, window=(founded - timedelta(300), dissolved or LAST_DAY))
        last = dissolved or LAST_DAY
        if dissolved:
            _about(world, body, "dissolved", dissolved, None, window=(founded, dissolved + timedelta(300)))
        inside = (founded + timedelta(40), last - timedelta(40))
        if rng.random() < 0.5:
            _about(world, body, "exists", world.day_in(*inside), None, window=inside)
        if members == "chair":
            person = register.person()
            _about(world, body, "chairs", world.day_in(*inside), ("chair", person), window=inside)
        candidates = {
            "state": [p.entity for p in rng.sample(world.providers, 3)],
            "group": host.groups[:2],
        }.get(members or "", [])
        for member in candidates:
            joins = world.day_in(inside[0], inside[0] + (inside[1] - inside[0]) / 3)
            leaves = world.day_in(inside[0] + (inside[1] - inside[0]) * 0.6, inside[1])
            stays = rng.random() < 0.5
            _about(world, body, "joins", joins, ("member", member), window=inside)
            if not stays:
                _about(world, body, "leaves", leaves, ("member", member), window=(joins + timedelta(31), last))
            term = (joins + timedelta(31), (last if stays else leaves) - timedelta(31))
            if rng.random() < 0.5 and term[0] < term[1]:
                _about(world, body, "member", world.day_in(*term), ("member", member), window=term)


def _about(
    world: World, body: str, relation: str, day: date, other: tuple[str, str] | None, window: tuple[date, date]
) -> None:
    cast = (("subject", body),) + ((other,) if other else ())
    world.happen(
        Event(
            key=f"{relation}:{body}:{other[1] if other else ''}",
            topic=relation,
            type="institution",
            day=day,
            cast=cast,
            window=window,
            says=f"{world.name(body)}: {relation}{' ' + world.name(other[1]) if other else ''}.",
            slots={"relation": relation},
            bundle=f"body:{body}",
        )
    )


def strategies(world: World, host: State) -> None:
    """Strategies adopted one after the other, each valid for some whole years."""
    rng, where = world.rng, world.name(host.entity)
    for number, (en, fr) in enumerate(
        (
            ("Security Sector Reform Strategy of {} ({})", "Stratégie de réforme de la sécurité de {} ({})"),
            ("Defence Plan of {} ({})", "Plan de défense de {} ({})"),
            ("Border Management Policy of {} ({})", "Politique des frontières de {} ({})"),
        )
    ):
        year = 2006 + number * 2 + rng.randint(0, 2)
        while year < 2018:
            until = year + rng.randint(3, 5)
            # Its name tells the first year only, lest an end that a source has wrong contradict the name too.
            instrument = world.register.add("instrument", en.format(where, year), fr.format(where, year), [])
            day = world.day_in(date(year - 1, 9, 1), date(year - 1, 12, 20))
            valid = f"{year}/{until}"
            adopter = (("adopter", host.government),)
            says = f"{world.name(host.government)} adopted a strategy."
            world.happen(
                Event(
                    key=f"adopted:{instrument}", topic="adopted", type="strategy_adoption", day=day, cast=adopter,
                    window=around(day, 240), says=says, instrument=instrument,
                    slots={"step": "adopted", "valid": valid}, spare_slots=frozenset({"valid"}),
                    facts={"valid": (year, until)},
                    bundle=f"strategy:{instrument}",
                )
            )  # fmt: skip
            world.happen(
                Event(
                    key=f"valid:{instrument}", topic="valid", type="strategy_adoption",
                    day=max(day + timedelta(30), date(year, 2, 1)), cast=adopter, window=around(day, 1),
                    says=says, instrument=instrument,
                    slots={"step": "valid", "valid": valid}, fixed_time=valid, facts={"valid": (year, until)},
                    bundle=f"strategy:{instrument}",
                )
            )  # fmt: skip
            year = until + rng.randint(1, 4)
