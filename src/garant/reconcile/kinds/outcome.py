"""outcome: opposite judgements of one thing, an attempt against a success, or a denial against what it denies."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.names import fold
from garant.reconcile.edge import Edge, Rule, differing
from garant.reconcile.fact import Fact
from garant.reconcile.settings import cued, rules
from garant.reconcile.subject import years

KIND = "outcome"
#: Types that may tell of power being seized.
SEIZING = ("leadership_change", "political_event", "attack")
#: Types of counts: another number is a contradiction of its own, and a denied one says nothing of the rest.
_COUNTED = ("force_strength", "contribution_rank")
_JUDGED = ("subject", "operator", "provider", "target")


def _by_judged(fact: Fact) -> Iterator[Hashable]:
    if fact.polarity in ("positive", "negative"):
        yield from fact.of(*_JUDGED)


def _compare_judgements(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in differing(block, lambda f: f.polarity):
        if not _one_aspect(one, other):
            continue
        if one.span is not None and other.span is not None and not one.at.meets(other.at):
            continue
        readings = f"judged {one.polarity}ly", f"judged {other.polarity}ly"
        yield Edge(KIND, "slots", one.id, other.id, *readings, "opposite judgements of one thing", weight=0.5)


def _one_aspect(one: Fact, other: Fact) -> bool:
    left, right = (fold(str(f.slots.get("aspect", ""))) for f in (one, other))
    return not left or not right or left == right or set(left.split()) <= set(right.split())


def seizures(fact: Fact) -> Iterator[Hashable]:
    """Keys of claims that tell of power being seized, or of the try: state and year."""
    if fact.factual and fact.span is not None and _seizure(fact) is not None:
        for state in fact.country("target", "subject", "host") or frozenset(("",)):
            for year in years(fact.span):
                yield (state, year)


def _seizure(fact: Fact) -> str | None:
    """ "succeeded" or "attempted", where the claim tells of power being seized."""
    if fact.type == "leadership_change" and (fact.slots.get("manner") == "coup" or _told_as_coup(fact)):
        return "succeeded"
    if fact.type in ("political_event", "attack") and cued(fact.wording, "seizure") and cued(fact.wording, "attempt"):
        return "attempted"
    return None


def _told_as_coup(fact: Fact) -> bool:
    return "manner" not in fact.slots and bool(fact.of("attacker")) and cued(fact.wording, "seizure")


def _compare_seizures(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in differing(block, _seizure):
        readings = _seizure(one), _seizure(other)
        if one.span is None or other.span is None or not one.at.meets(other.at):
            continue
        told = tuple(f"power {'seized' if r == 'succeeded' else 'not seized, only attempted'}" for r in readings)
        because = "power was seized, or somebody tried"
        yield Edge(KIND, "slots", one.id, other.id, told[0], told[1], because, weight=0.6)


def _by_accused(fact: Fact) -> Iterator[Hashable]:
    if fact.type in _COUNTED:
        return
    limits = rules()["denial"]
    if fact.span is not None and fact.claim.modality in ("denied", *limits["denies"]):
        for role in limits["agents"]:
            for agent in fact.roles.get(role, ()):
                yield fact.type, role, agent


def _compare_denials(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in differing(block, _denies):
        denial, told = (one, other) if _denies(one) else (other, one)
        if not one.at.meets(other.at) or not _one_deed(denial, told):
            continue
        readings = (_told_by(one), _told_by(other))
        yield Edge(KIND, "modality", one.id, other.id, *readings, "what one tells, the other denies", weight=0.5)


def _denies(fact: Fact) -> bool:
    return fact.claim.modality == "denied"


def _one_deed(denial: Fact, told: Fact) -> bool:
    """Whether nothing that both state differs: who did it, to whom and where, how, how many."""
    for role in denial.roles.keys() & told.roles.keys() - set(rules()["denial"]["speakers"]):
        if not denial.of(role) & told.of(role):
            return False
    for slot in denial.slots.keys() & told.slots.keys():
        if denial.slots[slot] != told.slots[slot]:
            return False
    places = denial.claim.place, told.claim.place
    if all(places) and fold(places[0].name) != fold(places[1].name):  # type: ignore[union-attr]  # both are there
        return False
    if denial.bounds is not None and told.bounds is not None:
        return denial.range[0] <= told.range[1] and told.range[0] <= denial.range[1]
    return True


def _told_by(fact: Fact) -> str:
    whose = fact.claim.attributed_to
    said = {"denied": "denied", "alleged": "alleged"}.get(fact.claim.modality, "stated")
    return f"{said} by {whose}" if whose else said


RULES = (
    Rule("judgements", _by_judged, _compare_judgements),
    Rule("seizures of power", seizures, _compare_seizures, SEIZING),
    Rule("denials", _by_accused, _compare_denials),
)
