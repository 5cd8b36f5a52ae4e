"""Where forces are said to be: places with coordinates that claims put personnel at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from garant.brief.evidence import Evidence
from garant.claims.wording import printed_time
from garant.forces import Force, force_of
from garant.reconcile import Fact


@dataclass(frozen=True, slots=True)
class Stationed:
    """One force at one place: where (degrees), the last day it is told of (ordinal, and as told), and the claims.

    `elsewhere`: what is booked there may stand elsewhere, as at a headquarters with whole battalions.
    """

    place: str
    longitude: float
    latitude: float
    force: Force
    contingents: tuple[str, ...]
    last: int
    when: str
    claims: tuple[str, ...]
    elsewhere: bool = False


def stationed(evidence: Evidence, year: int) -> list[Stationed]:
    """Forces at places in the case's country, each force at each place once, as told nearest to a year, by place.

    Only what a claim states as a fact counts. A place that claims put a force at and later away from stays, with the
    day it was last told of: that nobody tells of it any more does not say that it is gone.
    """
    found: dict[tuple[str, Force], list[Fact]] = {}
    for fact in evidence.told:
        place = fact.claim.place
        force = force_of(fact) if fact.type in ("deployment", "force_strength") and fact.factual else None
        if place is None or force is None or fact.span is None or not evidence.home(force.host):
            continue
        entity = evidence.names.resolve(place.name, "place", place.entity).entity
        known = evidence.names.entities.get(evidence.names.current(entity)) if entity else None
        if known is not None and known.kind == "place" and known.coordinates is not None:
            found.setdefault((known.id, _whole(force, fact)), []).append(fact)
    return [_stationed(place, force, facts, evidence, year) for (place, force), facts in sorted(found.items())]


def _whole(force: Force, fact: Fact) -> Force:
    """The operation that a contingent is part of: a base of an operation is one site, whoever mans it."""
    operation = next((e for e in fact.roles.get("operator", ()) if fact.kinds.get(e) == "mission"), None)
    return Force(force.host, operation, force.regime) if operation else force


def _stationed(place: str, force: Force, facts: list[Fact], evidence: Evidence, year: int) -> Stationed:
    known = evidence.names.entities[place]
    x, y = known.coordinates or (0.0, 0.0)
    nearest = min(facts, key=lambda f: (_off(f, year), -f.at.last)).at.last
    now = [f for f in facts if f.at.last == nearest]
    return Stationed(
        known.label(),
        x,
        y,
        force,
        _contingents(now, force, evidence),
        nearest,
        printed_time(now[-1].claim.time),
        tuple(f.id for f in now),
        any(f.slots.get("dispersal") in ("perhaps_dispersed", "dispersed") for f in now),
    )


def _off(fact: Fact, year: int) -> int:
    """Years between what a claim covers and a year."""
    first, last = (date.fromordinal(max(day, 1)).year for day in (fact.at.first, fact.at.last))
    return max(first - year, year - last, 0)


def _contingents(facts: Iterable[Fact], force: Force, evidence: Evidence) -> tuple[str, ...]:
    """The states whose people are there, by the newest claims."""
    providers = {p for f in facts for p in f.roles.get("provider", ()) if p != force.provider}
    return tuple(sorted(evidence.name(p) for p in providers))
