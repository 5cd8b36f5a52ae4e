"""sequence: an effect dated before its cause."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.claims.wording import duration
from garant.reconcile.edge import Edge, Rule
from garant.reconcile.fact import Fact
from garant.reconcile.settings import cued, rules
from garant.reconcile.subject import provider, years
from garant.reconcile.timing import Span

KIND = "sequence"
#: Types that rest on an instrument, and cannot come before it was signed.
_RESTING = ("deployment", "support_role", "training", "force_strength")
#: Types that tell how an instrument came to be.
_MAKING = ("agreement", "mandate")
_SIGNED = ("signed",)  # what is signed may be acted on before it is ratified
_MANDATING = ("establish", "authorise", "extend", "increase", "reduce")
#: Types that may tell of a vote.
_VOTES = ("election", "political_event")
#: Types that may be offered as evidence for what came of an event.
_EVIDENCE = ("violation", "recruitment", "attack", "training", "deployment")


def _edge(effect: Fact, cause: Fact, days: int, because: str, needs: frozenset[str] = frozenset()) -> Edge:
    readings = effect.when, cause.when
    weight = min(1.0, 0.4 + days / 400)
    told = f"{because} (by {duration(days)})" if days else because
    return Edge(KIND, "time", effect.id, cause.id, *readings, told, weight, needs)


def _early(effect: Fact, cause: Fact) -> int:
    """Days by which the effect was over, or had begun, before its cause could begin."""
    if effect.at.open_start or cause.at.open_start:
        return 0
    begun = effect.at.begun if effect.at.open_end else effect.at.last
    return max(0, cause.at.earliest - max(begun, effect.at.latest if not effect.at.open_end else begun))


def _by_instrument(fact: Fact) -> Iterator[Hashable]:
    if fact.paper and fact.factual and fact.span is not None and (fact.type in _RESTING or _makes(fact)):
        yield fact.paper


def _makes(fact: Fact) -> bool:
    """Whether the claim tells how its instrument came to be."""
    return (fact.type == "agreement" and fact.slots.get("stage") in _SIGNED) or (
        fact.type == "mandate" and fact.slots.get("verb") in _MANDATING
    )


def _compare_instruments(block: Sequence[Fact]) -> Iterator[Edge]:
    for made in (f for f in block if _makes(f)):
        for resting in (f for f in block if f.type in _RESTING):
            if days := _early(resting, made):
                yield _edge(resting, made, days, "resting on an instrument before it was made")


def _by_force(fact: Fact) -> Iterator[Hashable]:
    if not fact.factual or fact.span is None:
        return
    if (fact.type == "deployment" and fact.is_first) or (fact.type == "withdrawal" and fact.slots.get("complete")):
        for named in fact.of("operator", "subject") - fact.of("provider"):
            yield (provider(fact), fact.of("host"), named)


def _compare_forces(block: Sequence[Fact]) -> Iterator[Edge]:
    for arrival in (f for f in block if f.type == "deployment"):
        for departure in (f for f in block if f.type == "withdrawal"):
            if days := _early(departure, arrival):
                yield _edge(departure, arrival, days, "all of it gone before it first came")


def _by_training(fact: Fact) -> Iterator[Hashable]:
    if not (fact.type == "training" and fact.factual and fact.span is not None and "cohort" in fact.slots):
        return
    if fact.slots.get("stage") in (None, "completed"):
        yield (fact.country("trainer"), fact.country("trainee"))


def _compare_cohorts(block: Sequence[Fact]) -> Iterator[Edge]:
    for later in block:
        for earlier in block:
            if int(later.slots["cohort"]) > int(earlier.slots["cohort"]) and (days := _early(later, earlier)):
                yield _edge(later, earlier, days, "a later cohort finished before an earlier one")


def _by_mission(fact: Fact) -> Iterator[Hashable]:
    if not fact.factual or fact.span is None:
        return
    if fact.type == "operation_handover":
        yield from fact.of("successor")
    elif fact.type == "mandate" and fact.slots.get("verb") == "establish":
        yield from fact.of("operator")


def _compare_handovers(block: Sequence[Fact]) -> Iterator[Edge]:
    for handover in (f for f in block if f.type == "operation_handover"):
        for founded in (f for f in block if f.type == "mandate"):
            if days := _early(handover, founded):
                yield _edge(handover, founded, days, "handed over before the successor was established")


def _by_state(fact: Fact) -> Iterator[Hashable]:
    """Votes of a state, and what a source says came after one, with what it then offers as evidence."""
    if fact.span is None:
        return
    if votes(fact) or fact.type in _EVIDENCE:
        yield fact.source
        for state in _states(fact):
            for year in years(_opening(fact), 0):
                yield (state, year)


def _opening(fact: Fact) -> Span | None:
    """Its time; of a stretch without an end, the time in which it began."""
    span = fact.span
    if span is None or not span.open_end or span.open_start:
        return span
    return Span(span.first, span.begun, span.begun, span.earliest, span.begun)


def _states(fact: Fact) -> frozenset[str]:
    return frozenset(fact.homes.values())


def votes(fact: Fact) -> bool:
    """Whether it tells of a vote."""
    return fact.type == "election" or (fact.type == "political_event" and cued(fact.wording, "election"))


def _compare_aftermath(block: Sequence[Fact]) -> Iterator[Edge]:
    """Evidence for the time after a vote, dated in a stretch that was all but over when the vote was held."""
    told = [f for f in block if votes(f) and f.factual]
    days = [v for v in told if v.span is not None and v.at.days <= rules()["value"]["event_days"]]
    for after in block:
        if votes(after) or not (cued(after.wording, "aftermath") and cued(after.wording, "election")):
            continue
        for vote in days:
            for evidence in block:
                if _evidence_for(after, evidence) and _no_room(evidence, vote) and _meets_year(after, vote):
                    because = (
                        "offered as evidence of what followed the vote, yet of a time that was all but over by then"
                    )
                    yield _edge(evidence, after, 0, because, frozenset((vote.id,)))
                    for other in told:
                        if other.source == after.source and other.span is not None and other.at.meets(vote.at):
                            yield _edge(evidence, other, 0, because, frozenset((after.id, vote.id)))


def _evidence_for(after: Fact, evidence: Fact) -> bool:
    """Whether it stands just behind in the same source, ascribed to somebody else."""
    if evidence.source != after.source or evidence.id == after.id or evidence.claim.modality != "reported":
        return False
    (mark, where), (other, further) = after.position, evidence.position
    limits = rules()["sequence"]
    near = limits["near_characters"] if mark == "chars" else limits["near_paragraphs"]
    return mark == other and 0 <= further - where <= near


def _meets_year(after: Fact, vote: Fact) -> bool:
    return after.at.first <= vote.at.last


def _no_room(evidence: Fact, vote: Fact) -> bool:
    span, held = evidence.span, vote.span
    if span is None or held is None or not span.bounded:
        return False
    return (span.last - held.last) / span.days < rules()["sequence"]["room_share"] and span.first < held.first


RULES = (
    Rule("before its instrument", _by_instrument, _compare_instruments, (*_RESTING, *_MAKING)),
    Rule("gone before it came", _by_force, _compare_forces, ("deployment", "withdrawal")),
    Rule("cohorts", _by_training, _compare_cohorts, ("training",)),
    Rule("handover", _by_mission, _compare_handovers, ("operation_handover", "mandate")),
    Rule("aftermath", _by_state, _compare_aftermath, (*_VOTES, *_EVIDENCE)),
)
