"""arithmetic: parts that add up to more than their total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from garant.claims.wording import number, quantity_text
from garant.names import fold
from garant.reconcile.edge import Edge, Rule
from garant.reconcile.fact import Fact
from garant.reconcile.settings import rules
from garant.reconcile.subject import years

KIND = "arithmetic"


def _edges(total: Fact, parts: Sequence[Fact], because: str) -> Iterator[Edge]:
    """Edges between a total and each of the parts that together exceed it."""
    least = sum(part.range[0] for part in parts)
    if least <= total.range[1] * (1 + rules()["arithmetic"]["share"]):
        return
    excess = (least - total.range[1]) / least
    told = f"{because}: {number(int(least))} against {quantity_text(total.claim.quantity)}"
    ids = frozenset(part.id for part in parts)
    for part in parts:
        readings = f"total {quantity_text(total.claim.quantity)}", f"parts of {number(int(least))} together"
        yield Edge(KIND, "quantity", total.id, part.id, *readings, told, min(1.0, 0.3 + excess), needs=ids)


def _told_best(facts: Sequence[Fact], key: Callable[[Fact], Hashable]) -> list[Fact]:
    """For each part the claim that tells it best: the smallest exact number, else the highest that is "at least"."""
    best: dict[Hashable, Fact] = {}
    for fact in facts:
        held = best.get(key(fact))
        if held is None or _rank(fact) < _rank(held):
            best[key(fact)] = fact
    return list(best.values())


def _rank(fact: Fact) -> tuple[bool, float]:
    return fact.exact is None, fact.range[0] if fact.exact is not None else -fact.range[0]


def _by_training(fact: Fact) -> Iterator[Hashable]:
    if not (fact.type == "training" and fact.factual and fact.span is not None and fact.bounds is not None):
        return
    if fact.measure == "cumulative" or "cohort" in fact.slots:
        yield (fact.country("trainer"), fact.country("trainee"), fact.unit)


def _compare_cohorts(block: Sequence[Fact]) -> Iterator[Edge]:
    for total in (f for f in block if f.measure == "cumulative"):
        done = [f for f in block if "cohort" in f.slots and f.measure != "cumulative" and _by(f, total)]
        parts = _told_best(done, lambda f: f.slots["cohort"])
        yield from _edges(total, parts, "numbered cohorts exceed what is given as the total so far")


def _by(part: Fact, total: Fact) -> bool:
    return part.slots.get("stage") in (None, "completed") and part.at.last <= total.at.first


def _by_mission(fact: Fact) -> Iterator[Hashable]:
    if not (fact.type == "force_strength" and fact.factual and fact.bounds is not None and fact.measure == "stock"):
        return
    if fact.slots.get("component") is None:
        for mission in fact.of("operator"):
            for year in years(fact.span):
                yield (mission, fact.slots.get("personnel"), fact.unit, year)


def _compare_missions(block: Sequence[Fact]) -> Iterator[Edge]:
    contingents = [f for f in block if _contributors(f)]
    for total in (f for f in block if not _contributors(f)):
        told = [f for f in contingents if _one_date(f, total) and _hosts_meet(f, total)]
        parts = _told_best(told, lambda f: next(iter(_contributors(f))))
        yield from _edges(total, parts, "contingents exceed what is given as the mission's strength")


def _contributors(fact: Fact) -> frozenset[str]:
    """States that provide a part; none where the organisation's own total is told."""
    return fact.cast.of_kind(("provider",), ("state",))


def _hosts_meet(part: Fact, total: Fact) -> bool:
    hosts = part.of("host"), total.of("host")
    return not all(hosts) or bool(hosts[0] & hosts[1])


def _one_date(part: Fact, total: Fact) -> bool:
    dated = rules()["value"]["dated_days"]
    if part.span is None or total.span is None or max(part.at.days, total.at.days) > dated:
        return False
    return part.at.meets(total.at) and (part.at.days == total.at.days or min(part.at.days, total.at.days) == 1)


def _by_toll(fact: Fact) -> Iterator[Hashable]:
    place = fact.claim.place
    if fact.type in ("attack", "casualties") and fact.factual and fact.bounds is not None and place is not None:
        for year in years(fact.span):
            yield (fold(place.name), year)


def _compare_tolls(block: Sequence[Fact]) -> Iterator[Edge]:
    """A subgroup of the killed or wounded that is larger than all of them."""
    groups: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in block:
        groups[fact.span and (fact.at.first, fact.at.last)].append(fact)
    for told in groups.values():
        for total in told:
            for part in told:
                if part.id != total.id and _within(part, total):
                    yield from _edges(total, [part], "a subgroup larger than the whole")


def _within(part: Fact, total: Fact) -> bool:
    """Whether one counts a part of whom the other counts: killed within killed and wounded, or women within all."""
    attackers = part.of("attacker", "perpetrator"), total.of("attacker", "perpetrator")
    if all(attackers) and not attackers[0] & attackers[1]:
        return False
    left, right = part.slots.get("harm"), total.slots.get("harm")
    if right == "killed_and_wounded":
        return left in ("killed", "wounded")
    if total.type == "attack" and left == "killed" and part.type == "casualties":
        return True
    targets = part.of("target", "subject"), total.of("target", "subject")
    return left == right and left is not None and not targets[1] and bool(targets[0])


RULES = (
    Rule("cohorts and their total", _by_training, _compare_cohorts, ("training",)),
    Rule("contingents and their mission", _by_mission, _compare_missions, ("force_strength",)),
    Rule("tolls", _by_toll, _compare_tolls, ("attack", "casualties")),
)
