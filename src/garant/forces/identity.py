"""Which claims tell of which force.

A force is the personnel of one provider in one host under one regime. Forces of different regimes are never put
together: a claim that does not state a regime tells of a force whose regime is unknown, and not of another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from garant.reconcile import Fact
from garant.reconcile.cast import Cast

#: Claim types that tell of a force's presence, size or task.
PRESENCE = frozenset({"deployment", "withdrawal", "force_strength", "support_role"})
#: Hosts of one force that is in several states at once are joined by this.
JOINT = "+"
#: The host of a claim that counts a provider's people in all its operations.
EVERYWHERE = "*"


@dataclass(frozen=True, slots=True, order=True)
class Force:
    """Provider, host and regime: entity ids, or "~" and the folded name where it resolves to none.

    The provider is a state, a company or, for an operation counted as a whole, the operation. The host is EVERYWHERE
    for a claim of worldwide scope, "" where the claim does not say, and several states joined by JOINT where one
    force is in all of them.
    """

    host: str
    provider: str
    regime: str

    @property
    def hosts(self) -> frozenset[str]:
        """The states it is in."""
        return frozenset(self.host.split(JOINT)) - {"", EVERYWHERE}

    def foreign_to(self, host: str | None) -> bool:
        """Whether it is not a state's own force."""
        return self.regime != "national" and self.provider != host and self.hosts != {self.provider}


def force_of(fact: Fact) -> Force | None:
    """The force that a claim tells of; None where it tells of none or names no provider."""
    if fact.type not in PRESENCE and not (fact.type == "force_structure" and fact.claim.regime):
        return None
    return _force(fact.cast, fact.claim.regime or "unknown", fact.slots.get("scope") == "world", fact.land or "")


@lru_cache(maxsize=10_000)  # a dataset tells of one force in hundreds of claims
def _force(cast: Cast, regime: str, worldwide: bool, land: str) -> Force | None:
    who = _provider(cast)
    if who is None:
        return None
    if worldwide:
        return Force(EVERYWHERE, who, regime)
    hosts = sorted(cast.of_kind(("host",), ("state",))) or sorted(cast.of_kind(("beneficiary",), ("state",)))
    return Force(JOINT.join(hosts) or land, who, regime)


def by_force(facts: Iterable[Fact]) -> dict[Force, list[Fact]]:
    """Claims by the force they tell of, in their order."""
    groups: dict[Force, list[Fact]] = defaultdict(list)
    for fact in facts:
        force = force_of(fact)
        if force is not None:
            groups[force].append(fact)
    return dict(groups)


def served(facts: Iterable[Fact]) -> frozenset[str]:
    """Operations in which claims on one force say that it serves."""
    return frozenset(e for f in facts for e in f.of("operator") if f.kinds.get(e) == "mission")


def _provider(cast: Cast) -> str | None:
    """As `reconcile` reads it; a company is its own provider, and an organisation's operation stands for itself."""
    providers = cast.roles.get("provider", ())
    company = next((e for e in providers if cast.kinds.get(e) == "company"), None)
    if company is not None:
        return company
    who = cast.provider
    operation = next((e for e in cast.roles.get("operator", ()) if cast.kinds.get(e) == "mission"), None)
    if operation and all(cast.kinds.get(e) in ("igo", "institution", "mission") for e in providers):
        return operation if providers or cast.homes.get(operation, operation) == operation else who
    return who
