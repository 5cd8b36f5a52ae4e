"""Reconciler: claims in, contradictions out; only blocks whose claims have changed are compared again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter

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


@cache
def _rules_of(type: str) -> tuple[tuple[int, Rule], ...]:
    """Rules that may concern a claim type, with their numbers."""
    return tuple((at, rule) for at, rule in enumerate(RULES) if rule.types is None or type in rule.types)


#: What tells whether a block has changed.
_MARK = attrgetter("mark")


class Reconciler:
    """Finds contradictions among claims under one register of names and one set of sources.

    `edges` may be asked again with more claims, or others: what a block of claims says against itself depends on
    nothing outside the block, so a block seen before is not compared again, and the result is the same as from
    scratch.
    """

    def __init__(self, names: Names, sources: Mapping[str, Source]) -> None:
        self._preparation = Preparation(names, sources)
        self._facts: dict[str, Fact] = {}
        self._keys: dict[str, tuple[tuple[int, Hashable], ...]] = {}
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
            for block_of in self._keys_of(fact):
                blocks[block_of].append(fact)
        found: dict[tuple[object, ...], Edge] = {}
        for (at, key), block in blocks.items():
            if len(block) > 1:
                for edge in self._compared(at, key, tuple(block)):
                    found.setdefault((edge.kind, edge.field, edge.left, edge.right, edge.needs), edge)
        return list(found.values())

    def _keys_of(self, fact: Fact) -> tuple[tuple[int, Hashable], ...]:
        """Numbers of the rules that compare a fact, with the keys of its blocks."""
        if fact.id not in self._keys or self._facts.get(fact.id) is not fact:
            rules = _rules_of(fact.type)
            self._keys[fact.id] = tuple((at, key) for at, rule in rules for key in dict.fromkeys(rule.keys(fact)))
        return self._keys[fact.id]

    def _compared(self, at: int, key: Hashable, block: tuple[Fact, ...]) -> tuple[Edge, ...]:
        rule = RULES[at]
        held = self._found.get((rule.name, key))
        seen = tuple(map(_MARK, block))
        if held is None or held[0] != seen:
            held = (seen, tuple(rule.compare(block)))
            self._found[rule.name, key] = held
        return held[1]
