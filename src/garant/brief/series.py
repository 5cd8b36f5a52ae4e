"""Series: numbers that one dataset gives of one force month by month, told as one: a reader wants the first, the last,
the highest and the lowest, and the rest behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from garant.brief.phrases import phrases
from garant.claims.wording import number, printed_time
from garant.forces.history import personnel_of
from garant.reconcile import Fact

#: Numbers of one force in one dataset from which on they are told as a series.
LEAST = 12


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that one dataset gives of one force, in order of time: the source's id, who is counted, the claims."""

    source: str
    who: tuple[tuple[str, str], ...]
    told: tuple[Fact, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return self.source, self.name

    @property
    def name(self) -> str:
        """Who is counted, in words: the provider and the operation, or the operation; and where, if everywhere."""
        everywhere = " (worldwide)" if self.told[0].slots.get("scope") == "world" else ""
        return ", ".join(name for _, name in self.who) + everywhere

    @property
    def says(self) -> str:
        """How many numbers of which time, and of each kind of personnel the first, the last, lowest and highest."""
        kinds: dict[str, list[Fact]] = {kind: [] for kind in phrases()["personnel"]}
        for fact in self.told:
            kinds[personnel_of(fact)].append(fact)
        counted = f"{self.name}: {number(len(self.told))} numbers, {_when(self.told[0])} to {_when(self.told[-1])}."
        return " ".join([counted, *(_range(kind, told) for kind, told in kinds.items() if told)])

    @property
    def anchor(self) -> str:
        """Where they stand."""
        rows = [fact.claim.row or 0 for fact in self.told]
        return f"rows {number(min(rows))} to {number(max(rows))}, each number with its row in the JSON form"

    def to_records(self) -> list[dict[str, Any]]:
        """Every number as plain JSON values: claim, row, time, personnel, low and high."""
        return [
            {
                "claim": fact.id,
                "row": fact.claim.row,
                "time": fact.claim.time,
                "personnel": personnel_of(fact),
                "low": int(fact.range[0]),
                "high": int(fact.range[1]),
                **({"approx": True} if _approximate(fact) else {}),
            }
            for fact in self.told
        ]


def series_of(facts: Iterable[Fact]) -> dict[str, Series]:
    """The series to which claims belong, by claim; claims that belong to none are left out.

    Only counts of a whole force, of one moment each: a number of a part or a place is told on its own.
    """
    groups: dict[tuple[str, tuple[tuple[str, str], ...], object], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.claim.coder.kind == "dataset" and fact.claim.row is not None and _counts(fact):
            groups[fact.source, fact.named, fact.slots.get("scope")].append(fact)
    found: dict[str, Series] = {}
    for (source, named, _), told in groups.items():
        if len(told) >= LEAST:
            hosts = told[0].of("host")
            who = tuple((entity, name) for entity, name in named if entity not in hosts)
            ordered = sorted(told, key=lambda f: (f.at.first, f.at.last, f.order))
            series = Series(source, who or named, tuple(ordered))
            found |= {fact.id: series for fact in told}
    return found


def _counts(fact: Fact) -> bool:
    if fact.type != "force_strength" or fact.bounds is None or fact.range[1] == float("inf") or fact.unit != "people":
        return False
    return fact.span is not None and fact.at.bounded and "component" not in fact.slots and fact.claim.place is None


def _range(kind: str, told: list[Fact]) -> str:
    """ "Soldiers: first 812 (October 2014), last 671 (May 2025, row 80); lowest 640 (May 2018), highest 902 (…)."."""
    lowest, highest = min(told, key=lambda f: f.range[0]), max(told, key=lambda f: f.range[1])
    derived = ", added up by us" if any("quantity" in (f.claim.derived or ()) for f in told) else ""
    words = str(phrases()["personnel"][kind]).capitalize()
    if len(told) == 1:
        return f"{words}{derived}: {_size(told[0])} ({_when(told[0])}, row {number(told[0].claim.row or 0)})."
    return (
        f"{words}{derived}: first {_size(told[0])} ({_when(told[0])}), last {_size(told[-1])} ({_when(told[-1])}, "
        f"row {number(told[-1].claim.row or 0)}); "
        f"lowest {_size(lowest)} ({_when(lowest)}), highest {_size(highest)} ({_when(highest)})."
    )


def _size(fact: Fact) -> str:
    low, high = (number(int(bound)) for bound in fact.range)
    about = "about " if _approximate(fact) else ""
    return about + (low if low == high else f"{low}-{high}")


def _approximate(fact: Fact) -> bool:
    return fact.claim.quantity is not None and bool(fact.claim.quantity.approx)


def _when(fact: Fact) -> str:
    return printed_time(fact.claim.time)
