"""Units as people: battalions become a number of people only under a stated assumption with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from garant.claims import InputError
from garant.claims.wording import number
from garant.forces.history import Series
from garant.forces.identity import Force, force_of
from garant.forces.strength import Told
from garant.names import fold
from garant.reconcile import Fact

#: What a reading under an assumption begins with.
ASSUMED = "if "


@dataclass(frozen=True, slots=True)
class Assumption:
    """That each unit of a sort has so many people, as one claim states: its words, the state whose units they are."""

    claim: str
    element: str
    size: int
    of: frozenset[str]

    @property
    def words(self) -> str:
        """How a reading under the assumption is called."""
        return f"{ASSUMED}each {self.element} has {number(self.size)} people ({self.claim[:8]})"


def assumption(fact: Fact) -> Assumption:
    """The assumption that a claim with a `unit_size` makes possible; InputError for another claim."""
    size, element = fact.slots.get("unit_size"), fact.slots.get("element")
    if not size or not element:
        raise InputError(
            f"claim {fact.id[:12]} states no size of a unit",
            mend="name a claim of the type force_structure with the slots element and unit_size",
        )
    return Assumption(fact.id, str(element), int(size), fact.country("subject", "target", "operator"))


def as_people(facts: Iterable[Fact], assumed: Assumption) -> Iterator[tuple[Series, Told]]:
    """What claims that count such units say of a force's troops under the assumption: at least so many people.

    Only units of the same state whose sort the claim names; a plan or a maximum is no strength.
    """
    for fact in facts:
        if not fact.factual or fact.span is None or fact.at.open_start or fact.bounds is None:
            continue
        if fact.slots.get("standing", "actual") != "actual" or not _such_a_unit(fact, assumed):
            continue
        force = force_of(fact) or _own(fact)
        if force is None or not force.hosts or not (assumed.of & {force.provider}):
            continue
        low = fact.range[0] * assumed.size
        told = Told("part", fact.at.begun, fact.at.last, low, None, (fact.id, assumed.claim))
        yield Series(force, "troops"), told


def _such_a_unit(fact: Fact, assumed: Assumption) -> bool:
    sort = fold(assumed.element).split()
    named = fold(str(fact.slots.get("element") or fact.slots.get("unit") or "")).split()
    same = fact.unit.split()[-1:] == sort[-1:]
    return same and fact.number_in_series is None and (not named or set(named) <= set(sort) or set(sort) <= set(named))


def _own(fact: Fact) -> Force | None:
    """A state's own force at home, where only the force is named."""
    named = (e for e in fact.of("subject", "target", "operator") if fact.kinds.get(e) in ("military", "police"))
    homes = {fact.home(e) for e in named}
    return Force(next(iter(homes)), next(iter(homes)), "national") if len(homes) == 1 else None
