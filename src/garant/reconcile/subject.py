"""What a claim with a number counts, so that only numbers of one thing are compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from garant.names import fold
from garant.reconcile.fact import Fact
from garant.reconcile.settings import rules
from garant.reconcile.timing import Span

#: Kinds of actors that are units of a force, and neither operations nor the states that provide them.
_UNITS = ("military", "police", "company", "armed_group")
_DAYS_OF_YEAR = 366


def years(span: Span | None, reach: int = 0) -> Iterator[int]:
    """Numbers of the years (of 366 days) that a bounded span touches, `reach` days around it included."""
    if span is not None and span.bounded:
        first, last = span.earliest - reach, span.latest + reach
        yield from range(first // _DAYS_OF_YEAR, last // _DAYS_OF_YEAR + 1)


def provider(fact: Fact) -> str | None:
    """The state or organisation that provides; where none is named, the operation itself (see `Cast.provider`)."""
    return fact.cast.provider


def same_force(one: Fact, other: Fact) -> bool:
    """Whether two claims may mean one force: neither names another operation, nor another unit, than the other.

    A unit and the operation in which it serves do not exclude each other.
    """
    for kinds in (("mission",), _UNITS):
        left, right = _forces(one, kinds), _forces(other, kinds)
        if left and right and not left & right:
            return False
    return True


def _forces(fact: Fact, kinds: tuple[str, ...]) -> frozenset[str]:
    return fact.cast.of_kind(("operator", "subject", "supporter", "provider"), kinds) - fact.of("host")


#: Types whose numbers count one thing or another.
COUNTED = (
    "force_strength", "deployment", "withdrawal", "contribution_rank", "training", "recruitment", "agreement",
    "force_structure", "mandate", "attack", "casualties", "strategy_adoption",
)  # fmt: skip


def about(fact: Fact) -> tuple[Hashable, ...] | None:  # noqa: PLR0911  # one answer for each type
    """The key of what a number counts, coarse: facts with different keys never count one thing. None: no such fact."""
    if fact.claim.quantity is None:
        return None
    match fact.type:
        case "force_strength" | "deployment" | "withdrawal" | "contribution_rank":
            return fact.type, provider(fact)
        case "training":
            return fact.type, fact.country("trainer"), fact.country("trainee")
        case "recruitment":
            return fact.type, fact.country("recruiter")
        case "agreement":
            return fact.type, fact.country("party", "signatory")
        case "force_structure":
            return fact.type, fact.of("subject", "target", "operator")
        case "mandate":
            return fact.type, fact.of("operator", "subject"), fact.slots.get("personnel")
        case "attack" | "casualties":
            return fact.type, fact.country("attacker", "perpetrator"), fact.slots.get("harm")
        case "strategy_adoption":
            return (fact.type, fact.paper) if fact.paper else None
    return None


def compatible(one: Fact, other: Fact) -> bool:
    """Whether two facts with one coarse key may count the same thing: nothing that both state differs.

    `personnel` and `scope` are left to the kind `scope`, `regime` to the kind `regime`.
    """
    if one.unit != other.unit or one.measure != other.measure:
        return False
    for roles in (("host",), ("place",)):
        left, right = one.of(*roles), other.of(*roles)
        if left and right and not left & right:
            return False
    if not _same_people(one, other) or not _same_place(one, other):
        return False
    for slot in ("cohort", "round", "harm", "standing", "community"):
        if slot in one.slots and slot in other.slots and one.slots[slot] != other.slots[slot]:
            return False
    return one.slots.get("component") == other.slots.get("component") and _same_element(one, other)


def _same_people(one: Fact, other: Fact) -> bool:
    if one.type not in ("recruitment", "training"):
        return same_force(one, other)
    left, right = one.of("recruiter", "trainee"), other.of("recruiter", "trainee")
    return not left or not right or bool(left & right)


def _same_place(one: Fact, other: Fact) -> bool:
    if one.type not in ("attack", "casualties"):
        return True
    left, right = one.claim.place, other.claim.place
    targets = one.of("target", "subject"), other.of("target", "subject")
    named = left is not None and right is not None and fold(left.name) == fold(right.name)
    return named and (not all(targets) or bool(targets[0] & targets[1]))


def _same_element(one: Fact, other: Fact) -> bool:
    left, right = (fold(str(f.slots.get("element", ""))).split() for f in (one, other))
    if one.type != "force_structure":
        return True
    if one.number_in_series or other.number_in_series:
        return False
    return bool(left) and bool(right) and (set(left) <= set(right) or set(right) <= set(left))


def same_scope(one: Fact, other: Fact) -> bool:
    """Whether both count the same people: neither `personnel` nor `scope` differs where both say it."""
    left, right = one.slots.get("personnel"), other.slots.get("personnel")
    if left is not None and right is not None and left != right:
        return False
    left, right = scope(one), scope(other)
    return left is None or right is None or left == right or {left, right} == {"host", "mission"}


def scope(fact: Fact) -> str | None:
    """What circle of people is counted: the slot, else the host or mission that the claim names."""
    said = fact.slots.get("scope")
    if said is not None or fact.type == "contribution_rank":
        return said
    if fact.of("host"):
        return "host"
    return "mission" if fact.of("operator") else None


def same_regime(one: Fact, other: Fact) -> bool:
    """Whether neither states a regime that the other's differs from."""
    left, right = one.claim.regime, other.claim.regime
    return left is None or right is None or left == right or "unknown" in (left, right)


def same_time(one: Fact, other: Fact) -> bool:
    """Whether two counts are of one time, or of one event told with dates that allow it."""
    if one.span is None or other.span is None:
        return False
    limits = rules()["value"]
    if one.measure == "rank":
        return one.at.strict_gap(other.at) <= limits["rank_days"] and (
            max(one.at.days, other.at.days) <= limits["dated_days"] or one.at.strict_gap(other.at) == 0
        )
    if one.measure in ("stock", "cumulative") or one.type == "force_structure":
        return _one_date(one.span, other.span)
    return one.at.gap(other.at) <= (
        limits["event_days"] if max(one.at.days, other.at.days) <= limits["event_days"] else 0
    )


def days_of(fact: Fact) -> tuple[int, int] | None:
    """Days (ordinals, both inclusive) that meet those of every count that may be of one time with it.

    None where its time says nothing of that. Wider than `same_time`, which decides.
    """
    if not fact.factual or fact.span is None:
        return None
    limits = rules()["value"]
    if fact.measure in ("stock", "cumulative") or fact.type == "force_structure":
        reach = 0
    else:
        reach = limits["rank_days"] if fact.measure == "rank" else limits["event_days"]
    return fact.span.earliest, fact.span.latest + reach


def _one_date(one: Span, other: Span) -> bool:
    """Stocks compare where both are of one date, or both of the same stretch of time; a date inside a longer
    stretch says nothing against another number in that stretch."""
    dated = rules()["value"]["dated_days"]
    if one.strict_gap(other):
        return False
    if one.days <= dated and other.days <= dated:
        return True
    return (one.first, one.last) == (other.first, other.last)
