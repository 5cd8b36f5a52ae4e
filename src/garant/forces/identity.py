"""Which claims tell of which force.

A force is the personnel of one provider in one host under one regime. Forces of different regimes are never
put together: a claim that does not state a regime tells of a force whose regime is unknown, not of another's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from garant.ledger import Entry
from garant.names import Names

#: Claim types that tell of a force's presence or size.
PRESENCE = frozenset({"deployment", "withdrawal", "force_strength", "support_role"})
#: Roles that name the provider of a force, the first that the claim has.
_PROVIDING = ("provider", "lender", "operator", "supporter", "subject")
#: The host of a claim that counts a provider's people in all its operations.
EVERYWHERE = "*"
_HOSTING = ("host", "beneficiary")


@dataclass(frozen=True, slots=True, order=True)
class Force:
    """Provider, host and regime: entity ids, or the printed name where it resolves to none.

    The host is EVERYWHERE for a claim of worldwide scope, and "" where the claim does not say.
    """

    host: str
    provider: str
    regime: str


def force_of(entry: Entry, names: Names) -> Force | None:
    """The force that a claim tells of; None where it tells of none or names no provider."""
    claim = entry.claim
    if claim.type not in PRESENCE:
        return None
    provider = _first(entry, names, _PROVIDING)
    if provider is None:
        return None
    everywhere = claim.slots.get("scope") == "world"
    host = EVERYWHERE if everywhere else _first(entry, names, _HOSTING, kinds=("state",)) or _place(entry, names) or ""
    return Force(host, provider, claim.regime or "unknown")


def by_force(entries: Iterable[Entry], names: Names) -> dict[Force, list[Entry]]:
    """Entries by the force they tell of, in the entries' order."""
    groups: dict[Force, list[Entry]] = defaultdict(list)
    for entry in entries:
        force = force_of(entry, names)
        if force is not None:
            groups[force].append(entry)
    return dict(groups)


def _first(entry: Entry, names: Names, roles: tuple[str, ...], kinds: tuple[str, ...] = ()) -> str | None:
    for role in roles:
        for actor in entry.claim.actors:
            if actor.role == role and (not kinds or actor.kind in kinds):
                return names.resolve(actor.name, actor.kind, actor.entity).entity or actor.name
    return None


def _place(entry: Entry, names: Names) -> str | None:
    """The place, where it is a state."""
    place = entry.claim.place
    found = names.resolve(place.name, "place", place.entity).entity if place else None
    return found if found in names.entities and names.entities[found].kind == "state" else None
