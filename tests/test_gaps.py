"""Gaps: what a source itself says is missing comes first, and one source fills the gap of another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from garant.case import Case
from tests.conftest import claim_record, fill, source_record
from tests.gold import records

TRAINED: dict[str, Any] = {
    "type": "training",
    "actors": [
        {"name": "Rwanda", "role": "trainer", "kind": "state"},
        {"name": "National Army", "role": "trainee", "kind": "military"},
    ],
}


def test_what_the_founding_documents_leave_open(shared: Path, case: Case) -> None:
    fill(case, *records(shared))
    rows = case.gaps().rows
    by_ref = {c["id"]: c["refs"][0] for c in case.claims(status="all", as_of="9999")}
    # which ministries signed
    signed = [r for r in rows if r["slot"] == "signatory" and "unnamed" in r["why"]]
    assert "002-044" in {by_ref[r["claim"]] for r in signed}
    # how large the army is
    withheld = {by_ref[c] for r in rows if r["slot"] in ("quantity", "size") for c in r["told"]}
    assert "000-118" in withheld or any(by_ref[r["claim"]] == "000-118" for r in rows)
    assert all(r["who_would_hold_it"] for r in rows)


def test_a_third_cohort_leaves_the_first_and_second_open(case: Case) -> None:
    third = claim_record(**TRAINED, slots={"cohort": 3, "stage": "completed"}, time="2025-03")
    fill(case, source_record(), third)
    slots = [row["slot"] for row in case.gaps()]
    assert [s for s in slots if s.startswith("quantity of")] == ["quantity of cohort 1", "quantity of cohort 2"]
    second = claim_record(**TRAINED, slots={"cohort": 2, "stage": "completed"}, time="2024-08", locator="p:2")
    fill(case, second)
    assert [r["slot"] for r in case.gaps() if "of cohort" in r["slot"]] == ["quantity of cohort 1"]


def test_one_source_fills_the_gap_of_another(case: Case) -> None:
    fill(case, source_record("s1"), source_record("s2"), claim_record(source="s1", quantity=None))
    assert "quantity" in {row["slot"] for row in case.gaps()}
    fill(case, claim_record(source="s2"))
    assert "quantity" not in {row["slot"] for row in case.gaps()}


def test_a_norm_exceeded_wants_its_value(caf: Case) -> None:
    rows = [row for row in caf.gaps(type="violation") if row["slot"] == "norm"]
    assert rows
    assert rows[0]["who_would_hold_it"] == "the host's government"
    assert "norm" in rows[0]["why"]


def test_judgements_leave_nothing_to_fill_in(case: Case) -> None:
    fill(case, source_record(), claim_record(type="assessment", modality="opinion", quantity=None, slots={}))
    assert not case.gaps().rows


def test_a_limit_is_said(caf: Case) -> None:
    result = caf.gaps(limit=3)
    assert len(result) == 3
    assert any("more not shown" in note for note in result.notes)
