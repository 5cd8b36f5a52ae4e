"""Between two states: agreements, consent, bilateral forces, training cohorts and visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.generated.event import LAST_DAY, Count, Event, around, between_siblings
from tests.generated.forces import Force, Setting
from tests.generated.world import State, World, distinct_size, in_world

_SUBJECTS = {
    "defence": ("Defence Cooperation", "de coopération de défense"),
    "training": ("Military Training", "de formation militaire"),
    "mining": ("Mining and Investment", "sur les mines et les investissements"),
    "justice": ("Judicial Assistance", "d'entraide judiciaire"),
    "transport": ("Air Services", "sur les services aériens"),
}


@dataclass(frozen=True)
class Treaty:
    """An agreement between two states, with its day of signature and perhaps its expiry."""

    instrument: str
    day: date
    expires: date | None


def sign(world: World, one: State, other: State, subject: str, day: date, expires: date | None) -> Treaty:
    """Two states sign an agreement; some ratify it months later."""
    a, b, year = world.name(one.entity), world.name(other.entity), day.year
    en, fr = _SUBJECTS[subject]
    instrument = world.register.add(
        "instrument",
        f"Agreement on {en} between {a} and {b} ({year})",
        f"Accord {fr} entre {a} et {b} ({year})",
        [(f"{a}-{b} {subject} agreement of {year}", "en")],
    )
    slots: dict[str, object] = {"stage": "signed", "subjects": [subject]}
    slots["publication"] = world.rng.choice(("published", "unpublished"))
    if expires:
        slots["expires"] = expires.isoformat()
    cast = (("signatory", one.entity), ("signatory", other.entity))
    spare = frozenset(slots) - {"stage"}
    world.happen(
        Event(
            key=f"signature:{instrument}",
            topic="signature",
            type="agreement",
            day=day,
            cast=cast,
            window=around(day, 250),
            says=f"{a} and {b} signed an agreement on {subject}.",
            instrument=instrument,
            place=world.rng.choice((one.capital, other.capital)),
            slots=slots,
            spare_slots=spare,
            spare=frozenset({"place"}),
            bundle=f"treaty:{instrument}",
            facts={"expires": expires},
        )
    )
    ratified = day + timedelta(world.rng.randint(70, 220))
    if world.rng.random() < 0.2 and in_world(ratified):
        world.happen(
            Event(
                key=f"ratified:{instrument}",
                topic="ratified",
                type="agreement",
                day=ratified,
                cast=cast,
                window=(day + timedelta(31), ratified + timedelta(200)),
                says=f"The agreement of {a} and {b} on {subject} was ratified.",
                instrument=instrument,
                slots={"stage": "ratified"},
                bundle=f"treaty:{instrument}",
            )
        )
    return Treaty(instrument, day, expires)


def consent(world: World, host: State, provider: State, treaty: Treaty) -> None:
    """The host's consent to the provider's force, which the agreement itself gives."""
    world.happen(
        Event(
            key=f"consent:{treaty.instrument}",
            topic="consent",
            type="consent_given",
            day=treaty.day,
            cast=(("host", host.entity), ("provider", provider.entity)),
            window=around(treaty.day, 250),
            says=f"{world.name(host.entity)} accepted forces of {world.name(provider.entity)}.",
            instrument=treaty.instrument,
            regime="bilateral",
            slots={"form": "agreement"}
            | ({"expires": treaty.expires.isoformat()} if treaty.expires else {"covers": ["protection of sites"]}),
            spare_slots=frozenset({"expires", "covers"}),
            spare=frozenset({"regime"}),
            bundle=f"treaty:{treaty.instrument}",
        )
    )


def bilateral_force(world: World, host: State, provider: State, *, alone: bool) -> Force:
    """A force under signed agreements: each deployment rests on the one in force."""
    rng = world.rng
    day = world.day_in(date(2005, 2, 1), date(2012, 12, 1))
    treaties: list[Treaty] = []
    while True:
        expires = day + timedelta(rng.randint(1300, 2300)) if rng.random() < 0.75 else None
        treaty = sign(world, provider, host, "defence", day, expires)
        consent(world, host, provider, treaty)
        treaties.append(treaty)
        if not expires or expires > date(2021, 1, 1) or len(treaties) == 3:
            break
        day = expires - timedelta(rng.randint(20, 90))

    def setting(at: date) -> Setting:
        return Setting("bilateral", None, next(t.instrument for t in reversed(treaties) if t.day <= at))

    who, where = world.name(provider.entity), world.name(host.entity)
    unit = world.register.add(
        "military",
        f"Bilateral protection force of {who} in {where}",
        f"Force bilatérale de protection de {who} en {where}",
        [(f"{who} protection force in {where}", "en")],
        world.register.acronym(who[:3].upper() + "FOR-", where),
    )
    force = Force(unit, provider.entity, host.entity, setting, alone)
    last = min(treaties[-1].expires or LAST_DAY, LAST_DAY)
    times = [
        d
        for year in range(treaties[0].day.year, last.year + 1)
        for d in (
            world.day_in(date(year, 6, 16), date(year, 6, 27)),
            world.day_in(date(year, 12, 12), date(year, 12, 20)),
        )
        if treaties[0].day + timedelta(15) <= d <= last - timedelta(10)
    ]
    ends = bool(treaties[-1].expires and treaties[-1].expires <= LAST_DAY) or rng.random() < 0.3
    for index, time in enumerate(times):
        if index == 0:
            force.move(world, time, "first")
        elif ends and index == len(times) - 1:
            force.move(world, time, "complete")
        elif (time - force.flows[-1][0]).days >= 110 and rng.random() < 0.45:
            force.move(world, time, rng.choice(("inflow", "inflow", "outflow", "rotation")))
    return force


def train(world: World, host: State, provider: State, years: tuple[int, int]) -> None:
    """Numbered cohorts of the host's army, trained by the provider's, and totals between them."""
    rng = world.rng
    day = world.day_in(date(years[0], 1, 10), date(years[0], 6, 30))
    treaty = sign(world, provider, host, "training", day - timedelta(rng.randint(60, 200)), None)
    days: list[date] = []
    while day.year <= years[1]:
        days.append(day)
        day += timedelta(rng.randint(130, 260))
    sizes: list[int] = []
    for _ in days:
        sizes.append(distinct_size(rng, 90, 640, sizes[-3:]) or 900)
    trainer, trainee = provider.army, host.army
    for index, (at, size) in enumerate(zip(days, sizes, strict=True)):
        facts = {"programme": treaty.instrument, "cohort": index + 1, "sum": sum(sizes[: index + 1])}
        world.happen(
            Event(
                key=f"cohort:{treaty.instrument}:{index + 1}",
                topic="cohort",
                type="training",
                day=at,
                cast=(("trainer", trainer), ("trainee", trainee)),
                window=between_siblings(days, index),
                says=f"Cohort {index + 1} of {{n}} soldiers completed its training.",
                count=Count(size, "soldiers", "flow"),
                instrument=treaty.instrument,
                place=host.towns[0],
                slots={"cohort": index + 1, "stage": "completed", "curriculum": ["map reading", "first aid"]},
                spare_slots=frozenset({"curriculum"}),
                spare=frozenset({"instrument", "place"}),
                bundle=f"programme:{treaty.instrument}",
                facts=facts,
            )
        )
        until = days[index + 1] - timedelta(1) if index + 1 < len(days) else at + timedelta(100)
        if index and rng.random() < 0.75:
            world.happen(
                Event(
                    key=f"trained:{treaty.instrument}:{index + 1}",
                    topic="trained_total",
                    type="training",
                    day=at + timedelta(rng.randint(8, 60)),
                    cast=(("trainer", trainer), ("trainee", trainee)),
                    window=(at + timedelta(1), until),
                    says="{n} soldiers have been trained so far.",
                    count=Count(sum(sizes[: index + 1]), "soldiers", "cumulative", slack=0.02, spare=False),
                    instrument=treaty.instrument,
                    spare=frozenset({"instrument"}),
                    bundle=f"programme:{treaty.instrument}",
                    facts=facts,
                )
            )


def visits(world: World, host: State, provider: State) -> None:
    """Presidents visit one another, some pairs every four or five months: two visits are not one."""
    rng = world.rng
    day = world.day_in(date(2005, 1, 1), date(2016, 6, 1))
    for number in range(rng.choice((2, 2, 3, 4))):
        guest, home = (provider, host) if rng.random() < 0.5 else (host, provider)
        person = guest.president(day)
        world.happen(
            Event(
                key=f"visit:{host.entity}:{provider.entity}:{number}",
                topic="visit",
                type="meeting_visit",
                day=day,
                cast=(("visitor", person), ("host", home.entity)),
                window=around(day, 43),
                says=f"{world.name(person)} visited {world.name(home.entity)}.",
                place=home.capital,
                slots={"form": rng.choice(("state_visit", "official_visit", "working_visit"))},
                spare_slots=frozenset({"form"}),
                spare=frozenset({"place"}),
                plannable=True,
            )
        )
        day += timedelta(rng.randint(118, 156) if rng.random() < 0.6 else rng.randint(400, 1500))
        if day > LAST_DAY:
            break


def other_agreements(world: World, host: State, provider: State, count: int) -> None:
    """Agreements that no force rests on."""
    subjects = world.rng.sample(["mining", "justice", "transport"], min(3, count))
    for subject in subjects:
        day = world.day_in(date(2006, 1, 1), date(2021, 12, 31))
        expires = day + timedelta(world.rng.randint(1000, 1900)) if world.rng.random() < 0.4 else None
        sign(world, provider, host, subject, day, expires)
