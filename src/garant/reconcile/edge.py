"""Edge: two claims (or readings) that cannot both be true, and what that rests on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from garant.claims.period import AFTER_ALL_DAYS, BEFORE_ALL_DAYS
from garant.reconcile.fact import Fact

#: Days that meet all others.
_ALWAYS = (BEFORE_ALL_DAYS - AFTER_ALL_DAYS, 2 * AFTER_ALL_DAYS)

#: The kinds of disagreement, in the order of DESIGN.
KINDS = (
    "value",
    "date",
    "regime",
    "scope",
    "measure",
    "identity",
    "sequence",
    "lifetime",
    "outcome",
    "arithmetic",
    "validity",
    "duplicate",
)


@dataclass(frozen=True, slots=True)
class Edge:
    """One contradiction between two claims.

    `left` and `right` are claim ids, `left_reading` and `right_reading` what each amounts to. `needs` are further
    claims without which the two would not contradict each other; under a clock that hides one of them the edge is
    gone. `weight` (0-1) is how far apart the two are. `explains`: pairs whose difference this names better, so that
    they are not told twice. `topic`: the question that only the left claims raise (a reference, of which the right
    ones are what it may mean); without one, both claims raise it.
    """

    kind: str
    field: str
    left: str
    right: str
    left_reading: str
    right_reading: str
    because: str
    weight: float = 0.5
    needs: frozenset[str] = frozenset()
    explains: frozenset[frozenset[str]] = frozenset()
    topic: str | None = None

    @property
    def pair(self) -> frozenset[str]:
        """The two claims."""
        return frozenset((self.left, self.right))

    @property
    def rests_on(self) -> frozenset[str]:
        """Every claim that must be known for this to be a contradiction."""
        return self.needs | self.pair


#: How a kind's module sorts facts into blocks, inside which alone they are compared.
Keys = Callable[[Fact], Iterable[Hashable]]
#: How it finds edges within one block; it looks at nothing else.
Compare = Callable[[Sequence[Fact]], Iterator[Edge]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one kind: facts that share a key are compared with each other and with nothing else.

    That makes reconciling incremental: a block whose facts are the same gives the same edges. `types` are the claim
    types that have keys; None: any may.
    """

    name: str
    keys: Keys
    compare: Compare
    types: Collection[str] | None = None


def pairs(block: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Every two facts of a block, the first recorded first."""
    for at, one in enumerate(block):
        for other in block[at + 1 :]:
            yield one, other


def differing(
    block: Sequence[Fact],
    reading: Callable[[Fact], Hashable],
    days: Callable[[Fact], tuple[int, int] | None] | None = None,
) -> Iterator[tuple[Fact, Fact]]:
    """Every two facts of a block whose readings differ, the first recorded first.

    Facts that read the same cannot contradict each other, however many say so: they are never compared. Nor are facts
    whose `days` (ordinals, both inclusive) do not meet, where they are given; None meets all.
    """
    groups: dict[Hashable, list[Fact]] = {}
    for fact in block:
        groups.setdefault(reading(fact), []).append(fact)
    found: Iterator[tuple[Fact, Fact]]
    if days is None:
        found = (pair for one, other in combinations(groups.values(), 2) for pair in product(one, other))
    else:
        found = _meeting(list(groups.values()), days)
    for left, right in found:
        yield (left, right) if left.order <= right.order else (right, left)


def _meeting(
    groups: Sequence[Sequence[Fact]], days: Callable[[Fact], tuple[int, int] | None]
) -> Iterator[tuple[Fact, Fact]]:
    """Every two facts of different groups whose days meet, in the order of `combinations` and `product`.

    Sorted by their first days, each fact meets those that follow it up to its last day: of a monthly series of years
    that leaves the pairs of each month.
    """
    placed = [
        (*(days(fact) or _ALWAYS), group, at) for group, facts in enumerate(groups) for at, fact in enumerate(facts)
    ]
    placed.sort()
    met: list[tuple[int, int, int, int]] = []
    for number, (_, last, group, at) in enumerate(placed):
        for other in range(number + 1, len(placed)):
            first, _, other_group, other_at = placed[other]
            if first > last:
                break
            if group != other_group:
                met.append(
                    (group, other_group, at, other_at) if group < other_group else (other_group, group, other_at, at)
                )
    for left, right, one, other in sorted(met):
        yield groups[left][one], groups[right][other]
