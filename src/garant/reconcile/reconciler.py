"""Reconciler: claims in, contradictions out; only blocks whose claims have changed are compared again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from garant.claims import Claim, Source
from garant.names import Names
from garant.reconcile.edge import Edge, Rule
from garant.reconcile.fact import Fact, Preparation, in_order_of_text
from garant.reconcile.kinds import (
    arithmetic,
    date,
    duplicate,
    identity,
    lifetime,
    measure,
    outcome,
    regime,
    scope,
    sequence,
    validity,
    value,
)

RULES: tuple[Rule, ...] = (
    *value.RULES,
    *date.RULES,
    *regime.RULES,
    *scope.RULES,
    *measure.RULES,
    *identity.RULES,
    *sequence.RULES,
    *lifetime.RULES,
    *outcome.RULES,
    *arithmetic.RULES,
    *validity.RULES,
    *duplicate.RULES,
)


class Reconciler:
    """Finds contradictions among claims under one register of names and one set of sources.

    `edges` may be asked again with more claims, or others: what a block of claims says against itself depends on
    nothing outside the block, so a block seen before is not compared again, and the result is the same as from
    scratch.
    """

    def __init__(self, names: Names, sources: Mapping[str, Source]) -> None:
        self._preparation = Preparation(names, sources)
        self._facts: dict[str, Fact] = {}
        self._keys: dict[str, tuple[tuple[Hashable, ...], ...]] = {}
        self._found: dict[tuple[str, Hashable], tuple[tuple[object, ...], tuple[Edge, ...]]] = {}

    def facts(self, claims: Iterable[Claim]) -> list[Fact]:
        """Claims, in the order of recording, as facts."""
        prepared = []
        for order, claim in enumerate(claims):
            key = str(claim.id)
            held = self._facts.get(key)
            if held is None:
                held = self._facts[key] = self._preparation.fact(claim, order)
            elif held.order != order:  # claims recorded earlier have come in
                held = self._facts[key] = replace(held, order=order)
            prepared.append(held)
        return in_order_of_text(prepared)

    def edges(self, claims: Iterable[Claim]) -> list[Edge]:
        """Every contradiction among the claims, which come in the order of recording."""
        return self.between(self.facts(claims))

    def between(self, facts: Sequence[Fact]) -> list[Edge]:
        """Every contradiction among facts."""
        blocks: dict[tuple[int, Hashable], list[Fact]] = defaultdict(list)
        for fact in facts:
            for at, keys in enumerate(self._keys_of(fact)):
                for key in keys:
                    blocks[at, key].append(fact)
        found: dict[tuple[object, ...], Edge] = {}
        for (at, key), block in blocks.items():
            if len(block) > 1:
                for edge in self._compared(at, key, tuple(block)):
                    found.setdefault((edge.kind, edge.field, edge.left, edge.right, edge.needs), edge)
        return list(found.values())

    def _keys_of(self, fact: Fact) -> tuple[tuple[Hashable, ...], ...]:
        if fact.id not in self._keys or self._facts.get(fact.id) is not fact:
            self._keys[fact.id] = tuple(tuple(dict.fromkeys(rule.keys(fact))) for rule in RULES)
        return self._keys[fact.id]

    def _compared(self, at: int, key: Hashable, block: tuple[Fact, ...]) -> tuple[Edge, ...]:
        rule = RULES[at]
        held = self._found.get((rule.name, key))
        seen = tuple((fact.id, fact.span) for fact in block)
        if held is None or held[0] != seen:
            held = (seen, tuple(rule.compare(block)))
            self._found[rule.name, key] = held
        return held[1]
