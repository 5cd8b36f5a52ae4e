"""Portions: what each provider has of the foreign personnel in a host on one day, and how concentrated they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from garant.forces.dependence import Bounds, herfindahl, shares
from garant.forces.foreign import Present, Whole, foreign
from garant.forces.hypotheses import Band
from garant.forces.identity import Force
from garant.reconcile import Fact


@dataclass(frozen=True, slots=True)
class Portion:
    """One provider's people, or (`rest`) those whom an operation's known contingents leave of its total.

    `low` and `high` are persons (infinite: open), `share` parts of 1; `if_least` is the share if every number were the
    least that its band allows, None where all of those are nothing. `unknown` are forces there in unknown strength.
    """

    entity: str
    rest: bool
    regimes: tuple[str, ...]
    low: float
    high: float
    share: Bounds
    if_least: float | None
    stale: bool
    claims: tuple[str, ...]
    unknown: tuple[Force, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependence:
    """A host's portions and the band of their Herfindahl index, as it is and if each number were the least possible.

    The index is None where nobody is sure to be there.
    """

    portions: tuple[Portion, ...]
    index: Bounds | None
    if_least: Bounds | None


def dependence(facts: Iterable[Fact], bands: Iterable[Band], host: str, day: int) -> Dependence:
    """How a host depends on its foreign providers on an ordinal day."""
    providers, wholes = foreign(facts, bands, host, day)
    own, rests = [(p.low, p.high) for p in providers], [(w.rest_low, w.rest_high) for w in wholes]
    least = sum(low for low, _ in [*own, *rests])
    everybody: list[Present | Whole] = [*providers, *wholes]
    found = [
        _portion(one, bounds, share, least)
        for one, bounds, share in zip(everybody, [*own, *rests], shares([*own, *rests]), strict=True)
    ]
    lows = [(low, low) for low, _ in own], [(low, low) for low, _ in rests]
    return Dependence(tuple(found), herfindahl(own, rests), herfindahl(*lows))


def _portion(one: Present | Whole, bounds: Bounds, share: Bounds, least: float) -> Portion:
    told = (*bounds, share, bounds[0] / least if least else None, one.stale, tuple(one.claims))
    if isinstance(one, Whole):
        return Portion(one.operation, True, (one.regime,), *told)
    return Portion(one.provider, False, tuple(sorted({f.regime for f in one.forces})), *told, tuple(one.unknown))
