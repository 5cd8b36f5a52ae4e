"""Reconciling again after claims were added gives what reconciling from scratch gives, and compares less."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from garant.claims import Claim
from garant.reconcile import Reconciler, assemble
from tests.conftest import claim_record, source_record
from tests.reconciling import reconciler

TIMES = ["2018-03-31", "2018-04-02", "2018-03", "2018", "2017/..", "../2019", None]


@st.composite
def _told(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Claims on one force, close enough to contradict one another often."""
    told = []
    for number in range(draw(st.integers(2, 12))):
        stock = draw(st.booleans())
        quantity = {"value": draw(st.sampled_from([400, 540, 960, 1377])), "unit": "personnel"}
        slots = {"personnel": draw(st.sampled_from(["troops", "all_uniformed"]))}
        told.append(
            claim_record(
                source=f"s{draw(st.integers(0, 3))}",
                locator=f"p:{number + 1}",
                type="force_strength" if stock else "deployment",
                quantity={**quantity, "measure": "stock" if stock else "flow"},
                time=draw(st.sampled_from(TIMES)),
                slots={**slots, "scope": "host"} if stock else slots,
                regime=draw(st.sampled_from(["un", "bilateral", None])),
                modality=draw(st.sampled_from(["asserted", "reported", "planned"])),
            )
        )
    return told


SOURCES = [source_record(f"s{n}", published="2021-01-01") for n in range(4)]


def _found(used: Reconciler, claims: list[Claim]) -> list[dict[str, Any]]:
    facts = used.facts(claims)
    return [d.to_record() for d in assemble(used.between(facts), {f.id: f for f in facts})]


@settings(max_examples=60, deadline=None)
@given(_told(), st.data())
def test_adding_claims_gives_what_scratch_gives(told: list[dict[str, Any]], data: st.DataObject) -> None:
    used, claims = reconciler([*SOURCES, *told])
    cut = data.draw(st.integers(0, len(claims)))
    _found(used, claims[:cut])
    _found(used, claims[cut:])
    fresh, _ = reconciler([*SOURCES, *told])
    assert _found(used, claims) == _found(fresh, claims)


@settings(max_examples=60, deadline=None)
@given(_told())
def test_a_claim_never_makes_a_dispute_disappear(told: list[dict[str, Any]]) -> None:
    used, claims = reconciler([*SOURCES, *told])
    all_pairs = {frozenset((e.left, e.right)) for e in used.edges(claims)}
    fewer = {frozenset((e.left, e.right)) for e in used.edges(claims[:-1])}
    assert fewer <= all_pairs


@settings(max_examples=40, deadline=None)
@given(_told(), st.data())
def test_under_clocks_is_as_if_the_hidden_claims_were_not_there(
    told: list[dict[str, Any]], data: st.DataObject
) -> None:
    used, claims = reconciler([*SOURCES, *told])
    shown = [c for c in claims if data.draw(st.booleans())]
    facts = used.facts(claims)
    by_id = {f.id: f for f in facts}
    hidden = assemble(used.between(facts), by_id, {str(c.id) for c in shown})
    alone = used.facts(shown)
    bare = assemble(used.between(alone), {f.id: f for f in alone})
    told_of = {(d.kind, frozenset(d.claims)) for d in hidden}
    # a cluster that hangs together through a hidden claim stays one disagreement
    assert {c for _, claims_ in told_of for c in claims_} == {c for d in bare for c in d.claims}


def test_only_blocks_that_changed_are_compared_again() -> None:
    told = [
        claim_record(source="s0", locator=f"p:{n + 1}", time=f"20{n % 20:02d}-03-03", quantity={"value": 100 + n})
        for n in range(40)
    ]
    used, claims = reconciler([*SOURCES, *told])
    used.edges(claims[:-1])
    compared: list[str] = []
    counted = {}
    for key, held in used._found.items():
        counted[key] = id(held)
    used.edges(claims)
    compared = [name for (name, key), held in used._found.items() if counted.get((name, key)) != id(held)]
    assert 0 < len(compared) < len(used._found) / 2
