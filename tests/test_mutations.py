"""Errors planted in a consistent case are found, kind by kind, and the consistent case is silent.

The case and its errors are made by tests/generated, which knows nothing of the rules it is used against. The seeds
here were not looked at while the rules were written.
"""

from __future__ import annotations

import pytest

from garant.reconcile import KINDS
from tests.generated.consistent import GeneratedCase, consistent_case
from tests.generated.errors import plant
from tests.reconciling import disagreements, opposed

SEED = 41


@pytest.fixture(scope="module")
def clean() -> GeneratedCase:
    return consistent_case(2_000, seed=SEED)


@pytest.mark.parametrize("seed", [SEED, 42, 43])
def test_a_consistent_case_raises_at_most_two_alarms(seed: int) -> None:
    case = consistent_case(2_000, seed=seed)
    assert len(case.claims) == 2_000
    found, _ = disagreements([*case.sources, *case.entities, *case.claims])
    assert len(found) <= 2, [(d.kind, d.subject, d.explanation) for d in found]


@pytest.mark.parametrize("kind", KINDS)
def test_planted_errors_are_found(clean: GeneratedCase, kind: str) -> None:
    case, planted = plant(clean, kind, count=200, seed=SEED)
    assert len(planted) == 200
    found, _ = disagreements([*case.sources, *case.entities, *case.claims])
    above = [error for error in planted if error.magnitude >= 1]
    met = [e for e in above if any(d.kind in e.kinds and opposed(d, e.left, e.right, shown=False) for d in found)]
    assert len(met) >= 0.9 * len(above), f"{len(met)} of {len(above)}"


def test_a_coarser_date_that_covers_the_true_one_is_silent(clean: GeneratedCase) -> None:
    case, planted = plant(clean, "date", count=200, seed=SEED)
    found, _ = disagreements([*case.sources, *case.entities, *case.claims])
    below = [error for error in planted if error.magnitude < 1]
    assert below
    assert not [e for e in below if any(opposed(d, e.left, e.right, shown=False) for d in found)]
