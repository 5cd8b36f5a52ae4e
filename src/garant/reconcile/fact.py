"""Fact: a claim made ready for comparison, with its names resolved, its time as days and its number as bounds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from garant.claims import Claim, Period, Source, origins
from garant.claims.claim import Actor
from garant.claims.wording import printed_time
from garant.names import Names, fold
from garant.names.lifetimes import FACTUAL
from garant.reconcile.cast import Cast
from garant.reconcile.settings import cued, cues, identifies, ordinal, plain, subjects_of
from garant.reconcile.timing import Span

#: Units that count people, whatever the source calls them.
_PEOPLE = frozenset(fold(word) for word in cues()["people"])
#: Ways of resolving that mean the name itself was recognised, and not something near it.
_NAMING = ("name", "acronym", "short", "variant", "former")
_WHERE = re.compile(r"(?:chars|p):(\d+)")


@dataclass(frozen=True, slots=True)
class Slip:
    """A printed name that is not the name of whom the claim means.

    `entity` is who is meant, `bearer` who bears the printed name (None where nobody does: a plain misnomer).
    """

    entity: str
    printed: str
    bearer: str | None


@dataclass(frozen=True, eq=False)
class Fact:
    """What a claim states, in the form that rules compare.

    `cast` are its actors; `type` and `slots` are the claim's, and `factual` says whether it tells what is or was so,
    and not what is planned, alleged, wished or judged. `land` is the state of its place; `order` its number in the
    order of recording; `spoken` the ordinal day its source was published (None: not known).
    """

    id: str
    order: int
    claim: Claim
    cast: Cast
    instrument: str | None
    land: str | None
    slips: tuple[Slip, ...]
    span: Span | None
    spoken: int | None
    origins: frozenset[str]

    type: str = field(init=False)
    slots: dict[str, Any] = field(init=False)
    factual: bool = field(init=False)

    def __post_init__(self) -> None:
        """Set what every rule asks first of every fact."""
        claim = self.claim
        for name, value in (("type", claim.type), ("slots", claim.slots), ("factual", claim.modality in FACTUAL)):
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def source(self) -> str:
        """Its source's id."""
        return self.claim.source

    @property
    def instrument_name(self) -> str:
        """The name of the instrument it rests on, as the coder gave it; empty without one."""
        return self.claim.instrument.name if self.claim.instrument else ""

    @cached_property
    def mark(self) -> tuple[str, Span | None]:
        """What a comparison depends on, besides what never changes: its id and its time."""
        return self.id, self.span

    @cached_property
    def paper(self) -> str | None:
        """The instrument it rests on: its entity, else its name where that tells it from others; None if vague."""
        if self.claim.instrument is None:
            return None
        if self.instrument is not None:
            return self.instrument
        name = plain(self.instrument_name)
        return f"~{fold(name)}" if identifies(name) or any(c.isdigit() for c in name) else None

    @property
    def at(self) -> Span:
        """Its span; for facts that a rule has chosen because they have one."""
        if self.span is None:
            raise LookupError(f"claim {self.id} has no time")
        return self.span

    @property
    def range(self) -> tuple[float, float]:
        """Its number's bounds; for facts that a rule has chosen because they have one."""
        if self.bounds is None:
            raise LookupError(f"claim {self.id} has no number")
        return self.bounds

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Its actors in their order, with their names."""
        return self.cast.named

    @property
    def roles(self) -> Mapping[str, tuple[str, ...]]:
        """Its actors by role."""
        return self.cast.roles

    @property
    def homes(self) -> Mapping[str, str]:
        """The state that each of its actors is or belongs to; itself where none is known."""
        return self.cast.homes

    @property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each of its actors; empty where it is not known."""
        return self.cast.kinds

    def of(self, *roles: str) -> frozenset[str]:
        """Everybody in any of these roles."""
        return self.cast.of(roles)

    def in_order(self, *roles: str) -> tuple[str, ...]:
        """Everybody in any of these roles, in the order of the claim, each once."""
        return self.cast.in_order(roles)

    def one(self, *roles: str) -> str | None:
        """The first actor of the first of these roles that the claim has."""
        return next((self.roles[role][0] for role in roles if self.roles.get(role)), None)

    def country(self, *roles: str) -> frozenset[str]:
        """The states that those in these roles are or belong to; themselves where no state is known."""
        return self.cast.country(roles)

    def home(self, entity: str) -> str:
        """The state that one of its actors is or belongs to; itself where none is known."""
        return self.cast.homes.get(entity, entity)

    @property
    def everybody(self) -> frozenset[str]:
        """Everybody it names."""
        return self.cast.everybody

    @cached_property
    def bounds(self) -> tuple[float, float] | None:
        """Its number's lowest and highest reading, infinite where the source leaves that side open."""
        quantity = self.claim.quantity
        if quantity is None:
            return None
        low, high = quantity.bounds
        if low is None and high is None:
            return None
        return (0.0 if low is None else float(low)), (float("inf") if high is None else float(high))

    @cached_property
    def exact(self) -> float | None:
        """Its number where it is one, and not "about"."""
        quantity = self.claim.quantity
        if quantity is None or quantity.value is None or quantity.approx:
            return None
        return float(quantity.value)

    @cached_property
    def unit(self) -> str:
        """What is counted: "people", or the folded unit ("battalions"); a unit is never turned into a headcount."""
        quantity = self.claim.quantity
        if quantity is None or quantity.unit is None:
            return "people"
        words = fold(quantity.unit).split()
        if any(word in _PEOPLE for word in words):
            return "people"
        return " ".join(word.rstrip("s") for word in words)

    @cached_property
    def measure(self) -> str:
        """Stock, flow, cumulative, rank, count or ceiling; where it is not said, what its type counts."""
        quantity = self.claim.quantity
        if quantity is not None and quantity.measure:
            return str(quantity.measure)
        return _MEASURES.get(self.type, "count")

    @cached_property
    def wording(self) -> str:
        """The words it is told in: quote or own words, with the texts of its slots."""
        texts = [self.claim.quote or self.claim.says or "", self.claim.time_text or ""]
        texts += [value for value in self.slots.values() if isinstance(value, str)]
        return " | ".join(texts)

    @property
    def when(self) -> str:
        """Its time as a reader expects it: the date, else the source's own words for it."""
        if self.claim.time is None and self.claim.time_text:
            return f"“{self.claim.time_text}”"
        printed, period = printed_time(self.claim.time), self.claim.period
        if not self.factual or not self.spoken or period is None or period.is_interval or period.qualifiers:
            return printed
        if period.start and period.start.first <= self.spoken < period.start.last:
            return f"{printed}, told by {printed_time(date.fromordinal(self.spoken).isoformat())}"
        return printed

    @cached_property
    def is_first(self) -> bool:
        """Whether it tells of a first presence: its slot, or its words where the slot is empty."""
        said = self.slots.get("first")
        return bool(said) if said is not None else self.type == "deployment" and cued(self.wording, "first")

    @cached_property
    def polarity(self) -> str | None:
        """A judgement's polarity: its slot, or its words where the slot is empty and they point one way only."""
        said = self.slots.get("polarity")
        if said is not None or not (self.type == "assessment" or self.claim.modality == "opinion"):
            return said
        found = [side for side in ("positive", "negative") if cued(self.wording, "polarity", side)]
        return found[0] if len(found) == 1 else None

    @cached_property
    def number_in_series(self) -> int | None:
        """Its place in a numbered series: the cohort, or the ordinal in the element's or unit's name."""
        if "cohort" in self.slots:
            return int(self.slots["cohort"])
        named = self.slots.get("element") or (self.slots.get("unit") if self.type == "force_structure" else None)
        return ordinal(str(named)) if named else None

    @cached_property
    def subjects(self) -> frozenset[int]:
        """What an agreement or instrument is about (rows of `subjects` in cues.yaml)."""
        named = self.claim.instrument
        texts = [*self.slots.get("subjects", ()), *((named.name, named.as_printed or "") if named else ())]
        return subjects_of(" ".join(texts))

    @cached_property
    def position(self) -> tuple[str, int]:
        """Where in its source it stands: ("chars" or "p" or "row", number)."""
        claim = self.claim
        if claim.start is not None:
            return "chars", claim.start
        if claim.row is not None:
            return "row", claim.row
        found = _WHERE.match(str(claim.locator))
        return str(claim.locator).partition(":")[0], int(found[1]) if found else 0


_MEASURES = {
    "force_strength": "stock",
    "deployment": "flow",
    "withdrawal": "flow",
    "recruitment": "flow",
    "training": "flow",
    "contribution_rank": "rank",
    "mandate": "ceiling",
}


class Preparation:
    """Turns claims into facts, remembering whom names stand for: a claim never changes, names and sources may."""

    def __init__(self, names: Names, sources: Mapping[str, Source]) -> None:
        self._names, self._sources = names, sources
        self._origins: dict[str, frozenset[str]] = {}
        self._casts: dict[tuple[Actor, ...], Cast] = {}
        self._spans: dict[tuple[str, int | None], Span] = {}

    def fact(self, claim: Claim, order: int) -> Fact:
        """One claim as a fact."""
        source = self._sources.get(claim.source)
        spoken = source.known_day if source else None
        return Fact(
            id=str(claim.id),
            order=order,
            claim=claim,
            cast=self._cast(tuple(claim.actors)),
            instrument=self._instrument(claim),
            land=self._land(claim),
            slips=tuple(self._slips(claim)),
            span=self._span(claim, spoken if claim.modality in FACTUAL else None),
            spoken=spoken,
            origins=self._origin(claim.source),
        )

    def _cast(self, actors: tuple[Actor, ...]) -> Cast:
        found = self._casts.get(actors)
        if found is None:
            found = self._casts[actors] = self._new_cast(actors)
        return found

    def _new_cast(self, actors: tuple[Actor, ...]) -> Cast:
        roles: dict[str, list[str]] = defaultdict(list)
        homes: dict[str, str] = {}
        kinds: dict[str, str] = {}
        named: list[tuple[str, str]] = []
        for actor in actors:
            entity = self._entity(actor.name, actor.kind, actor.entity)
            known = self._names.entities.get(entity)
            roles[actor.role].append(entity)
            named.append((entity, actor.name))
            kinds[entity] = known.kind if known else actor.kind or ""
            homes[entity] = (known.country if known and known.kind != "state" else None) or entity
        return Cast(tuple(named), {role: tuple(listed) for role, listed in roles.items()}, homes, kinds)

    def _span(self, claim: Claim, spoken: int | None) -> Span | None:
        if claim.time is None:
            return None
        found = self._spans.get((claim.time, spoken))
        if found is None:
            found = self._spans[claim.time, spoken] = Span.of(Period.parse(claim.time), spoken)
        return found

    def _entity(self, name: str, kind: str | None, coded: str | None) -> str:
        return self._names.resolve(name, kind, coded).entity or f"~{fold(name)}"

    def _instrument(self, claim: Claim) -> str | None:
        named = claim.instrument
        return self._names.resolve(named.name, "instrument", named.entity).entity if named else None

    def _land(self, claim: Claim) -> str | None:
        place = claim.place
        found = self._names.resolve(place.name, "place", place.entity).entity if place else None
        known = self._names.entities.get(found) if found else None
        if known is None:
            return None
        return known.id if known.kind == "state" else known.country

    def _slips(self, claim: Claim) -> Iterator[Slip]:
        named = [(a.name, a.kind, a.entity, a.as_printed) for a in claim.actors if a.as_printed is not None]
        instrument = claim.instrument
        if instrument is not None and instrument.as_printed is not None:
            named.append((instrument.name, "instrument", instrument.entity, instrument.as_printed))
        for name, kind, coded, printed in named:
            meant = self._names.resolve(name, kind, coded).entity
            if meant is None or fold(printed) == fold(name):
                continue
            read = self._names.resolve(printed, kind)
            if read.entity == meant and read.how == "misnomer":
                yield Slip(meant, printed, None)
            elif read.entity not in (None, meant) and read.how in _NAMING and self._alike(meant, str(read.entity)):
                yield Slip(meant, printed, read.entity)

    def _alike(self, one: str, other: str) -> bool:
        """Whether two entities are of one kind: a capital printed for its state is no slip."""
        return self._names.entities[one].kind == self._names.entities[other].kind

    def _origin(self, source: str) -> frozenset[str]:
        if source not in self._origins:
            self._origins[source] = origins(dict(self._sources), source)
        return self._origins[source]


def in_order_of_text(facts: Iterable[Fact]) -> list[Fact]:
    """Facts as given, those that print only "later" dated from what their source told last before them."""
    by_source: dict[str, list[Fact]] = defaultdict(list)
    placed = list(facts)
    for fact in placed:
        by_source[fact.source].append(fact)
    dated = {
        fact.id: _after_what_stands_before(fact, by_source[fact.source])
        for fact in placed
        if fact.span is None and fact.claim.time_text and cued(fact.claim.time_text.strip(), "later")
    }
    return [dated.get(fact.id, fact) for fact in placed]


def _after_what_stands_before(fact: Fact, told: list[Fact]) -> Fact:
    """The fact with a span that begins where the nearest dated event before it in the text begins."""
    mark, where = fact.position
    before = [
        other
        for other in told
        if other.span is not None
        and not other.span.open_start
        and not other.span.open_end
        and other.position[0] == mark
        and other.position[1] <= where
    ]
    if not before:
        return fact
    anchor = max(before, key=lambda other: (other.position[1], other.id)).at
    last = max(fact.spoken or anchor.last, anchor.first)
    span = Span(anchor.first, last, last, anchor.earliest, last, open_end=True, interval=True)
    return replace(fact, span=span)
