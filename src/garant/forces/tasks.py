"""Tasks: what a contingent is used for and for whom, as counts of claims, never of troops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from garant.claims.definitions import read_yaml
from garant.claims.wording import NO_DATE, printed_time
from garant.forces.identity import Force, force_of
from garant.reconcile import Fact

#: Types that tell of a task.
_TELLING = ("support_role", "deployment", "mandate")
NO_PROTECTION = "none"
#: What tasks protect.
SORTS = ("civilian", "regime", "host_forces", "commercial", "mission", NO_PROTECTION)


@dataclass(frozen=True, slots=True)
class Task:
    """One task of one force: for whom, on which papers, told by which claims.

    `protects` is what the task protects, one of SORTS; `claims` say that it is or was done or given, `planned` only
    that it is planned, alleged or the like. `first` and `last` are the earliest and latest ordinal day that it may
    cover, None where no claim dates it; `ongoing` that a source leaves the end open. `when` says it in words, each
    bound no finer than the claim that gives it.
    """

    force: Force
    task: str
    protects: str
    beneficiaries: tuple[str, ...]
    first: int | None
    last: int | None
    ongoing: bool
    when: str
    papers: tuple[str, ...]
    claims: tuple[str, ...]
    planned: tuple[str, ...]


def tasks(facts: Sequence[Fact]) -> list[Task]:
    """Tasks by force, those told most often first; what a mandate gives counts for the operation that bears it."""
    told: dict[tuple[Force, str, tuple[str, ...]], list[Fact]] = defaultdict(list)
    regimes = _regimes(facts)
    for fact in facts:
        named = fact.slots.get("task") or ()
        force = _bearer(fact, regimes)
        if fact.type not in _TELLING or not named or force is None or _taken_away(fact):
            continue
        for task in named:
            told[force, str(task), tuple(sorted(fact.of("beneficiary") - fact.of("host")))].append(fact)
    found = [_task(force, task, who, claims) for (force, task, who), claims in told.items()]
    return sorted(found, key=lambda t: (t.force, -len(t.claims), t.task, t.beneficiaries))


def _taken_away(fact: Fact) -> bool:
    """A mandate that refuses, leaves out or ends a task gives none."""
    return fact.slots.get("verb") in ("refuse", "omit", "end", "restrict")


def _regimes(facts: Iterable[Fact]) -> dict[str, tuple[str, str]]:
    """For each operation the host and regime that claims on it as a whole state, the first that does."""
    found: dict[str, tuple[str, str]] = {}
    for fact in facts:
        force = force_of(fact)
        if force is not None and force.regime != "unknown" and force.host:
            for operation in fact.of("operator"):
                found.setdefault(operation, (force.host, force.regime))
    return found


def _bearer(fact: Fact, regimes: Mapping[str, tuple[str, str]]) -> Force | None:
    force = force_of(fact)
    if force is not None or fact.type != "mandate":
        return force
    operator = fact.one("operator", "supporter", "subject")
    if operator is None:
        return None
    own = fact.one("host") or fact.land or ""
    host, regime = regimes.get(operator, (own, fact.claim.regime or "unknown"))
    host = own or host
    if fact.kinds.get(operator) == "military":
        operator = fact.home(operator)
    return Force(host, operator, fact.claim.regime or regime)


def _task(force: Force, task: str, who: tuple[str, ...], told: list[Fact]) -> Task:
    stated = [f for f in told if f.factual]
    dated = [f for f in stated if f.span is not None]
    spans = [f.at for f in dated]
    return Task(
        force=force,
        task=task,
        protects=protection().get(task, NO_PROTECTION),
        beneficiaries=who,
        first=min((s.first for s in spans if not s.open_start), default=None),
        last=max((s.last for s in spans), default=None),
        ongoing=any(s.open_end for s in spans),
        when=_when(dated),
        papers=tuple(sorted({f.instrument_name for f in told if f.instrument_name})),
        claims=tuple(f.id for f in stated),
        planned=tuple(f.id for f in told if not f.factual),
    )


def _when(dated: Sequence[Fact]) -> str:
    """From the earliest to the latest of what claims date: a month stays a month, "about" stays "about"."""
    if len({f.when for f in dated}) <= 1:
        return dated[0].when if dated else NO_DATE
    begins = [f for f in dated if not f.at.open_start]
    start = _bound(min(begins, key=lambda f: f.at.first), 0) if begins else ".."
    end = ".." if any(f.at.open_end for f in dated) else _bound(max(dated, key=lambda f: f.at.last), -1)
    return printed_time(start if start == end else f"{start}/{end}")


def _bound(fact: Fact, side: int) -> str:
    return (fact.claim.time or "").split("/")[side]


@cache
def protection() -> dict[str, str]:
    """tasks.yaml: what each task protects."""
    text = resources.files(__package__).joinpath("tasks.yaml").read_text(encoding="utf-8")
    return {str(task): str(sort) for sort, listed in read_yaml(text)["protects"].items() for task in listed}
