"""Errors planted into a consistent case, each one extra claim that cannot be true beside those it contradicts."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from garant.claims import Claim
from tests.generated import errors_names, errors_numbers, errors_order, errors_time
from tests.generated.consistent import GeneratedCase
from tests.generated.planting import Desk, Draft, Opportunities


@dataclass(frozen=True)
class Planted:
    """One planted error.

    A finder succeeds if one disagreement of a kind in `kinds` has any `left` and any `right` claim on opposite
    sides. `magnitude` is the multiple of the kind's threshold: below 1 it need not be found.
    """

    kind: str
    magnitude: float
    left: frozenset[str]
    right: frozenset[str]
    kinds: tuple[str, ...]


KINDS: dict[str, Callable[[Desk], Opportunities]] = {
    "value": errors_numbers.value,
    "scope": errors_numbers.scope,
    "measure": errors_numbers.measure,
    "arithmetic": errors_numbers.arithmetic,
    "date": errors_time.date_told_otherwise,
    "validity": errors_time.validity,
    "sequence": errors_order.sequence,
    "lifetime": errors_order.lifetime,
    "regime": errors_names.regime,
    "identity": errors_names.identity,
    "outcome": errors_names.outcome,
    "duplicate": errors_names.duplicate,
}
#: Of kinds with a threshold, so many errors stay below it and need not be found.
_BELOW = 0.3
#: Magnitude of errors of kinds that have no threshold.
UNGRADED = 2.0


def plant(case: GeneratedCase, kind: str, count: int = 200, seed: int = 1) -> tuple[GeneratedCase, list[Planted]]:
    """The case with `count` errors of one kind, and what they are; the given case stays as it is.

    Every opportunity is used once before any is used again (by another source, with another magnitude).
    Raises ValueError where the case does not offer so many.
    """
    rng = random.Random(f"{kind} {seed}")
    desk = Desk(case, rng)
    offered = KINDS[kind](desk)
    drafts: list[Draft] = []
    while len(drafts) < count:
        rng.shuffle(offered.tries)
        before = len(drafts)
        for attempt in offered.tries:
            below = len(drafts) % 10 < _BELOW * 10
            wanted = _magnitude(rng, below=below) if offered.graded else UNGRADED
            if len(drafts) < count and (draft := attempt(wanted)):
                drafts.append(draft)
        if len(drafts) == before:
            raise ValueError(f"the case offers {before} opportunities for {kind} errors, not {count}; make it larger")
    records = [d.record for d in drafts]
    planted = [
        Planted(kind, d.magnitude, frozenset({str(Claim.model_validate(d.record).id)}), d.right, d.kinds)
        for d in drafts
    ]
    return replace(case, claims=[*case.claims, *records]), planted


def _magnitude(rng: random.Random, *, below: bool) -> float:
    if below:
        return rng.uniform(0.25, 0.85)
    return math.exp(rng.uniform(math.log(1.12), math.log(5.5)))
