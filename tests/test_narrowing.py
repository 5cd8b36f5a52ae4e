"""What is left out of comparing, because nothing can come of it: rules by claim type, pairs by time, records by id."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garant.case import Case
from garant.ledger import STATUSES, ClaimQuery, Clocks
from garant.reconcile import Fact
from garant.reconcile.edge import differing
from garant.reconcile.reconciler import RULES
from garant.reconcile.sameness import _JUDGES
from garant.reconcile.subject import compatible, days_of, same_time
from tests.conftest import claim_record, source_record
from tests.reconciling import reconciler

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

SOURCES = [source_record("s", published="2021-01-01"), source_record("t", published=None)]
TIMES = ["2018-03-31", "2018-04-02", "2018-03", "2018-04~", "2018", "2017/..", "../2019", "2018-03-30~/2018-04", None]
MEASURES = ["stock", "flow", "cumulative", "rank", None]


@pytest.fixture(scope="module")
def random_facts() -> list[Fact]:
    """Facts of every claim type, drawn at random."""
    from generate import Claims

    drawn = Claims(5)
    used, claims = reconciler([*drawn.sources(), *islice(drawn.claims(), 4000)])
    return used.facts(claims)


def test_a_rule_leaves_out_only_types_of_which_it_compares_nothing(caf: Case, random_facts: list[Fact]) -> None:
    facts = [*caf.reconciled(proposed=True).facts.values(), *random_facts]
    compared = Counter(
        (rule.name, fact.type) for rule in RULES if rule.types is not None for fact in facts if any(rule.keys(fact))
    )
    types = {rule.name: rule.types for rule in RULES}
    assert not {pair for pair in compared if pair[1] not in (types[pair[0]] or ())}
    never = {(rule.name, type) for rule in RULES for type in rule.types or ()} - set(compared)
    assert len(never) < len(compared) / 4  # what is listed is, as a rule, needed


def test_so_does_what_looks_for_one_event(caf: Case, random_facts: list[Fact]) -> None:
    facts = [*caf.reconciled(proposed=True).facts.values(), *random_facts]
    for keys, _, types in _JUDGES:
        assert types is None or not {f.type for f in facts if any(keys(f))} - set(types)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(TIMES), st.sampled_from(MEASURES), st.integers(1, 4), st.sampled_from("st"),
            st.sampled_from(["asserted", "planned"]),
        ),
        min_size=2, max_size=14,
    )
)  # fmt: skip
def test_pairs_left_out_by_their_days_are_of_two_times(
    told: list[tuple[str | None, str | None, int, str, str]],
) -> None:
    records = [
        claim_record(
            source=source, locator=f"p:{n + 1}", type="force_strength", modality=modality,
            quantity={k: v for k, v in {"value": number, "unit": "personnel", "measure": measure}.items() if v},
            **({"time": time} if time else {}),
        )
        for n, (time, measure, number, source, modality) in enumerate(told)
    ]  # fmt: skip
    used, claims = reconciler([*SOURCES, *records])
    facts = used.facts(claims)

    def one_time(pair: tuple[Fact, Fact]) -> bool:
        return compatible(*pair) and (same_time(*pair) or same_time(pair[1], pair[0]))

    every = [pair for pair in differing(facts, lambda f: f.bounds) if one_time(pair)]
    assert [pair for pair in differing(facts, lambda f: f.bounds, days_of) if one_time(pair)] == every


@pytest.mark.parametrize("clocks", [Clocks.read(), Clocks.read("2019"), Clocks.read(known_on="2022-06")])
@pytest.mark.parametrize("statuses", [("accepted",), STATUSES])
def test_ids_are_those_of_the_entries(caf: Case, clocks: Clocks, statuses: tuple[str, ...]) -> None:
    query = ClaimQuery(clocks, statuses=statuses)
    entries = caf.entries(query)
    assert caf.ledger.ids(query) == [str(entry.claim.id) for entry in entries] == [entry.id for entry in entries]
    assert len(entries) > 0
