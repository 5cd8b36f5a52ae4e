"""Vague references: which instruments "the strategy" or "a bilateral security agreement" may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from garant.reconcile.fact import Fact
from garant.reconcile.settings import heads_of, plain, rules, subjects_of

#: Types whose claims tell of an instrument of their own.
_INSTRUMENTS = ("agreement", "strategy_adoption", "force_structure", "mandate")
#: Sorts of instruments that sources use for one another.
_PLANS = frozenset(("strategy", "policy", "plan"))
_KEPT = 3  # claims kept for one candidate


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """An instrument that a vague reference may mean: its claims, how well it fits (0-1), and why."""

    instrument: str
    label: str
    claims: tuple[Fact, ...]
    support: float
    because: tuple[str, ...]


def is_vague(fact: Fact) -> bool:
    """Whether the claim rests on an instrument that its words do not identify."""
    named = fact.claim.instrument
    if named is None or fact.instrument is not None:
        return False
    if not heads_of(plain(named.name)) or fact.paper is not None:
        return False
    return not (fact.type == "agreement" and _dated(fact))


def _dated(fact: Fact) -> bool:
    """An agreement with its own date is the instrument itself, whatever it is called."""
    return fact.span is not None and fact.at.days <= rules()["value"]["dated_days"]


def is_specific(fact: Fact) -> bool:
    """Whether the claim tells of an instrument that its words identify."""
    named = fact.claim.instrument
    if named is None or fact.type not in _INSTRUMENTS or fact.claim.modality in ("opinion", "denied", "alleged"):
        return False
    return fact.paper is not None


def states(fact: Fact) -> frozenset[str]:
    """The states behind a claim's actors, reporters and authors left out."""
    return frozenset(
        fact.home(e) for role, listed in fact.roles.items() if role not in ("reporter", "author") for e in listed
    )


def _lands(fact: Fact) -> frozenset[str]:
    """The states concerned: those behind its actors, and that of its place."""
    return states(fact) | ({fact.land} if fact.land else frozenset())


def keys(fact: Fact) -> Iterator[Hashable]:
    """Blocks in which references and the instruments they may mean come together: the states concerned."""
    if is_vague(fact) or is_specific(fact):
        yield from _lands(fact)


def hypotheses(vague: Fact, block: Sequence[Fact]) -> list[Hypothesis]:
    """Candidate instruments for a vague reference, best first.

    Support adds what the two have in common: the word for the sort of instrument, the subject, the people
    concerned, a number where the reference speaks of a threshold; an instrument made later than what rests on it
    is none.
    """
    by_instrument: dict[str, list[Fact]] = defaultdict(list)
    for fact in block:
        if is_specific(fact) and fact.id != vague.id and _possible(vague, fact):
            by_instrument[_key(fact)].append(fact)
    found = [_hypothesis(vague, key, facts) for key, facts in by_instrument.items()]
    limits = rules()["references"]
    found = [one for one in found if not any(_bundles(one, other) for other in found)]
    ranked = sorted(found, key=lambda h: (-h.support, h.claims[0].source, h.claims[0].position))
    return [h for h in ranked if h.support >= limits["least"]][: limits["most"]]


def _bundles(one: Hypothesis, other: Hypothesis) -> bool:
    """Whether one candidate is the bundle of papers in which another was signed: that other is meant, if any."""
    several = any(f.bounds is not None and f.range[0] > 1 and f.type == "agreement" for f in one.claims)
    if one is other or not several:
        return False
    return any(
        f.type == g.type == "agreement" and f.span is not None and f.span == g.span and states(f) == states(g)
        for f in one.claims
        for g in other.claims
    )


def _key(fact: Fact) -> str:
    return str(fact.paper)


def _possible(vague: Fact, fact: Fact) -> bool:
    wanted, kinds = _sorts(vague), _sorts(fact)
    if "agreement" in wanted and "agreement" not in kinds:
        return False
    if wanted & _PLANS and not kinds & _PLANS:
        return False
    if "mandate" in wanted and "mandate" not in kinds:
        return False
    if "agreement" in wanted and not states(vague) <= states(fact):
        return False
    if not _lands(vague) & _lands(fact):
        return False
    return not (vague.span and fact.span and vague.at.begun < fact.at.first and not fact.at.open_start)


def _sorts(fact: Fact) -> frozenset[str]:
    named = fact.claim.instrument
    words = f"{named.name} {named.as_printed or ''}" if named else ""
    by_type = {"agreement": {"agreement"}, "mandate": {"mandate"}, "strategy_adoption": {"plan"}}
    planned = {"plan"} if fact.type == "force_structure" and fact.slots.get("standing") != "actual" else set()
    return heads_of(plain(words)) | by_type.get(fact.type, planned)


def _hypothesis(vague: Fact, key: str, facts: list[Fact]) -> Hypothesis:
    why: dict[str, float] = {}
    own = heads_of(plain(vague.instrument_name)) - {"threshold"}
    about = subjects_of(vague.instrument_name) | vague.subjects
    for fact in facts:
        if own & heads_of(plain(fact.instrument_name)):
            why["called by the same word"] = 0.3
        elif own & _sorts(fact):
            why["of the same sort"] = 0.3
        elif own & _PLANS:
            why["a plan of the same sort"] = 0.15
        if about & fact.subjects:
            why["about the same subject"] = 0.2
        if fact.source == vague.source:
            why["named in the same text"] = 0.2
        if any(fact.kinds.get(shared) != "state" for shared in vague.everybody & fact.everybody):
            why["concerns the same people"] = 0.2
        if "agreement" in own and states(vague) == states(fact):
            why["between the same parties"] = 0.2
        if "agreement" not in own and _lands(vague) & _lands(fact):
            why["of the same state"] = 0.2
        if _norm(vague) and fact.bounds is not None and fact.measure in ("ceiling", "count"):
            why["sets a number"] = 0.2
    chosen = sorted(facts, key=lambda f: (f.bounds is None, f.source, f.position))[:_KEPT]
    return Hypothesis(key, chosen[0].instrument_name, tuple(chosen), round(min(1.0, sum(why.values())), 2), tuple(why))


def _norm(vague: Fact) -> bool:
    """Whether the claim speaks of a norm or threshold."""
    threshold = "threshold" in heads_of(plain(vague.instrument_name))
    return threshold or vague.slots.get("form") == "norm_exceeded"
