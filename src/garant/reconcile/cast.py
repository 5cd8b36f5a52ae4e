"""Cast: whom a claim names, and in which roles; claims that name the same people share one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

#: Roles that name whoever provides or makes up a force, the first that a claim has.
PROVIDING = ("provider", "lender", "supporter", "operator", "subject")


class Cast:
    """Actors of a claim as entity ids ("~" and the folded name where nothing is sure enough). Never changes.

    `named` has them in their order with their names, `roles` by role, `homes` the state that each is or belongs to,
    `kinds` their kinds. What is asked again and again is remembered: a dataset names the same people in thousands of
    claims.
    """

    __slots__ = ("__dict__", "_countries", "_kind", "_of", "_ordered", "homes", "kinds", "named", "roles")

    def __init__(
        self,
        named: tuple[tuple[str, str], ...],
        roles: Mapping[str, tuple[str, ...]],
        homes: Mapping[str, str],
        kinds: Mapping[str, str],
    ) -> None:
        self.named, self.roles, self.homes, self.kinds = named, roles, homes, kinds
        self._of: dict[tuple[str, ...], frozenset[str]] = {}
        self._ordered: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._countries: dict[tuple[str, ...], frozenset[str]] = {}
        self._kind: dict[tuple[tuple[str, ...], tuple[str, ...]], frozenset[str]] = {}

    def of(self, roles: tuple[str, ...]) -> frozenset[str]:
        """Everybody in any of these roles."""
        found = self._of.get(roles)
        if found is None:
            found = self._of[roles] = frozenset(e for role in roles for e in self.roles.get(role, ()))
        return found

    def in_order(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """Everybody in any of these roles, in the order of the claim, each once."""
        found = self._ordered.get(roles)
        if found is None:
            listed = tuple(dict.fromkeys(e for role in roles for e in self.roles.get(role, ())))
            found = self._ordered[roles] = listed
        return found

    def country(self, roles: tuple[str, ...]) -> frozenset[str]:
        """The states that those in these roles are or belong to; themselves where no state is known."""
        found = self._countries.get(roles)
        if found is None:
            found = self._countries[roles] = frozenset(self.homes[e] for e in self.of(roles))
        return found

    def of_kind(self, roles: tuple[str, ...], kinds: tuple[str, ...]) -> frozenset[str]:
        """Everybody in any of these roles whose kind is one of these."""
        found = self._kind.get((roles, kinds))
        if found is None:
            chosen = frozenset(e for e in self.of(roles) if self.kinds.get(e) in kinds)
            found = self._kind[roles, kinds] = chosen
        return found

    @cached_property
    def everybody(self) -> frozenset[str]:
        """Everybody it names."""
        return frozenset(e for listed in self.roles.values() for e in listed)

    @cached_property
    def provider(self) -> str | None:
        """The state or organisation that provides; where none is named, the operation itself.

        A state's own army counts as that state: "Rwanda" and "the Rwanda Defence Force" provide one force.
        """
        for role in PROVIDING:
            if self.roles.get(role):
                if role == "provider":
                    return min(self.country((role,)))
                first = self.roles[role][0]
                return self.homes.get(first, first)
        return None
