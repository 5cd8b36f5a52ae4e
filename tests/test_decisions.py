"""Decisions on disagreements: public, replayed by both clocks, stale when other claims join, never the cause of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from garant.case import Case, init
from garant.claims import InputError
from tests.conftest import claim_record, fill, source_record

STOCK = {
    "type": "force_strength",
    "quantity": {"value": 960, "unit": "personnel", "measure": "stock"},
    "time": "2018-03-31",
    "slots": {"personnel": "troops", "scope": "host"},
}


@pytest.fixture
def disputed(case: Case) -> Case:
    """Two sources, of 2018 and 2020, that give two strengths."""
    other = {**STOCK, "quantity": {"value": 1300, "unit": "personnel", "measure": "stock"}}
    return fill(
        case,
        source_record("s1", published="2018-04-10"),
        source_record("s2", published="2020-01-01"),
        claim_record(source="s1", **STOCK),
        claim_record(source="s2", **other),
    )


def test_a_side_is_taken_in_public(disputed: Case) -> None:
    row = disputed.disagreements()[0]
    assert row["decision"] is None
    disputed.review(disagreement=row["id"][:8], side=2, note="the later count is the ministry's own", by="Ann")
    decided = disputed.disagreements()[0]
    assert decided["id"] == row["id"]
    assert decided["decision"]["side"] == row["sides"][1]["reading"]
    assert decided["decision"]["note"] == "the later count is the ministry's own"
    assert decided["stale"] is False
    assert not disputed.disagreements(undecided=True).rows
    held = disputed.review(disagreement=row["id"]).rows
    assert [(h["by"], h["claims"]) for h in held] == [("Ann", sorted(row["claims"]))]


def test_a_later_decision_applies_and_may_open_it_again(disputed: Case) -> None:
    row = disputed.disagreements()[0]
    disputed.review(disagreement=row["id"], side=row["sides"][0]["claims"][0][:12], note="first thought")
    disputed.review(disagreement=row["id"], keep_open=True, note="second thought")
    decision = disputed.disagreements()[0]["decision"]
    assert (decision["side"], decision["note"]) == (None, "second thought")
    assert len(disputed.disagreements(undecided=True)) == 1
    assert not [r for r in disputed.check() if r["kind"] == "idle decision"]


def test_a_decision_goes_stale_when_a_claim_joins(disputed: Case) -> None:
    row = disputed.disagreements()[0]
    disputed.review(disagreement=row["id"], side=1, note="settled")
    third = {**STOCK, "quantity": {"value": 2000, "unit": "personnel", "measure": "stock"}}
    fill(disputed, source_record("s3"), claim_record(source="s3", **third))
    now = disputed.disagreements()[0]
    assert now["id"] == row["id"]
    assert now["stale"] is True
    assert now["decision"]["side"] == row["sides"][0]["reading"]
    assert len(disputed.disagreements(stale=True)) == 1


def test_a_decision_is_known_only_when_all_it_cites_is_published(disputed: Case) -> None:
    row = disputed.disagreements()[0]
    disputed.review(disagreement=row["id"], side=1, note="settled")
    late = fill(
        disputed, source_record("s3", published="2022-01-01"), claim_record(source="s3", locator="p:2", **STOCK)
    )
    row = late.disagreements()[0]
    late.review(disagreement=row["id"], side=2, note="settled otherwise, with the third count")
    assert late.disagreements()[0]["decision"]["note"] == "settled otherwise, with the third count"
    assert late.disagreements(known_on="2021")[0]["decision"]["note"] == "settled"
    assert not late.disagreements(known_on="2019").rows


def test_the_ledger_date_replays_decisions(disputed: Case) -> None:
    from garant.ledger import now_stamp, stamp_to_text

    row = disputed.disagreements()[0]
    before = stamp_to_text(now_stamp())
    disputed.review(disagreement=row["id"], side=1, note="settled")
    assert disputed.disagreements()[0]["decision"] is not None
    then = disputed.disagreements(ledger_on=before)[0]
    assert (then["id"], then["decision"]) == (row["id"], None)


def test_a_claim_reviewed_away_takes_its_disagreement_with_it(disputed: Case) -> None:
    row = disputed.disagreements()[0]
    disputed.review(disagreement=row["id"], side=1, note="settled")
    disputed.review(row["sides"][1]["claims"][0], "reject", note="misread")
    assert not disputed.disagreements().rows
    assert [r["kind"] for r in disputed.check() if r["kind"] == "idle decision"] == ["idle decision"]


def test_a_decision_outlives_the_claim_that_gave_the_id(disputed: Case) -> None:
    other = {"value": 1290, "unit": "personnel", "measure": "stock"}
    fill(disputed, source_record("s3"), claim_record(source="s3", **{**STOCK, "quantity": other}))
    fill(disputed, source_record("s4"), claim_record(source="s4", locator="p:9", **STOCK))
    row = disputed.disagreements()[0]
    disputed.review(disagreement=row["id"], keep_open=True, note="nobody knows")
    facts = disputed.reconciled().facts
    disputed.review(min(row["claims"], key=lambda c: facts[c].order), "reject", note="misread")
    now = disputed.disagreements()[0]
    assert now["id"] != row["id"]
    assert now["decision"]["note"] == "nobody knows"


def test_decisions_travel_in_the_text_form(disputed: Case, tmp_path: Path) -> None:
    row = disputed.disagreements()[0]
    disputed.review(disagreement=row["id"], side=1, note="settled")
    disputed.export(tmp_path / "text")
    copy = Case.open(init(tmp_path / "copy"))
    copy.import_(tmp_path / "text")
    assert copy.disagreements().rows == disputed.disagreements().rows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"side": 1}, "needs a public note"),
        ({"side": 3, "note": "n"}, "is no side of it"),
        ({"side": 1, "keep_open": True, "note": "n"}, "exclude each other"),
        ({"note": "n"}, "no decision is given"),
        ({"disagreement": "00ff", "side": 1, "note": "n"}, "there is no disagreement 00ff"),
        ({"disagreement": "", "side": 1, "note": "n"}, "there is no disagreement"),
        ({"claim": "ab", "side": 1, "note": "n"}, "takes no verdict on a claim"),
        ({"disagreement": None, "side": 1, "note": "n"}, "no disagreement is named"),
    ],
)
def test_what_cannot_be_decided_says_so(disputed: Case, words: dict[str, object], said: str) -> None:
    found = disputed.disagreements()[0]
    with pytest.raises(InputError, match=said):
        disputed.review(**{"disagreement": found["id"], **words})  # type: ignore[arg-type]
    assert disputed.disagreements()[0] == found


def test_the_packaged_case_decides_in_public_and_keeps_the_rest_open(caf: Case) -> None:
    rows = caf.disagreements().rows
    decided = [r["decision"] for r in rows if r["decision"]]
    assert len(decided) == len(rows)
    assert all(len(d["note"]) > 40 for d in decided)
    assert 0 < sum(d["side"] is None for d in decided) < len(decided)
    assert not any(r["stale"] for r in rows)
    assert not [row for row in caf.check() if row["kind"] == "idle decision"]
    with pytest.raises(InputError, match="read-only"):
        caf.review(disagreement=rows[0]["id"], keep_open=True, note="no")
