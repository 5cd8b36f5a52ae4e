"""Which claims tell of which force.

A force is the personnel of one provider in one host under one regime. Forces of different regimes are never put
together: a claim that does not state a regime tells of a force whose regime is unknown, and not of another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from garant.reconcile import Fact
from garant.reconcile.subject import provider as provider_of

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
    who = _provider(fact)
    if who is None:
        return None
    if fact.slots.get("scope") == "world":
        return Force(EVERYWHERE, who, fact.claim.regime or "unknown")
    hosts = sorted(h for h in fact.of("host") if fact.kinds.get(h) == "state")
    hosts = hosts or sorted(h for h in fact.of("beneficiary") if fact.kinds.get(h) == "state")
    return Force(JOINT.join(hosts) or fact.land or "", who, fact.claim.regime or "unknown")


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


def _provider(fact: Fact) -> str | None:
    """As `reconcile` reads it; a company is its own provider, and an organisation's operation stands for itself."""
    company = next((e for e in fact.roles.get("provider", ()) if fact.kinds.get(e) == "company"), None)
    if company is not None:
        return company
    who = provider_of(fact)
    operation = next((e for e in fact.roles.get("operator", ()) if fact.kinds.get(e) == "mission"), None)
    providers = fact.roles.get("provider", ())
    if operation and all(fact.kinds.get(e) in ("igo", "institution", "mission") for e in providers):
        return operation if providers or fact.home(operation) == operation else who
    return who
