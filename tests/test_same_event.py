"""Claims that tell one event fall together, across documents, wordings and precision, and copies count once."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

from garant.case import Case
from garant.reconcile import same_events
from tests.conftest import claim_record, fill, source_record
from tests.gold import lines, records
from tests.reconciling import reconciler


def test_pairs_of_the_hand_coded_claims_fall_together(shared: Path) -> None:
    found, claims = reconciler(records(shared))
    facts = {fact.id: fact for fact in found.facts(claims)}
    ours = set()
    for event in same_events(facts.values()):
        told = sorted(facts[claim].claim.refs[0] for claim in event.claims if facts[claim].claim.refs)
        ours |= {frozenset(pair) for pair in combinations(told, 2)}
        assert 0.6 <= event.sureness <= 1
        assert event.because
    coded = {fact.claim.refs[0] for fact in facts.values() if fact.claim.refs}
    gold = set()
    for row in lines(shared / "gold/claims_seeds_clusters.jsonl"):
        gold |= {frozenset(pair) for pair in combinations([c for c in row["claims"] if c in coded], 2)}
    assert len(ours & gold) / len(ours) >= 0.9
    assert len(ours & gold) / len(gold) >= 0.8


def _event(case: Case, claim: str) -> tuple[set[str], str]:
    result = case.claims(same_event=claim)
    return {row["source"] for row in result}, result.notes[0]


def test_one_arrival_told_exactly_and_roughly_in_two_languages_is_one(case: Case) -> None:
    fill(
        case,
        source_record("s1"),
        source_record("s2"),
        source_record("s3"),
        claim_record(time="2015-03-03"),
        claim_record("Le Rwanda a envoyé 600 soldats.", source="s2", time="2015-03", actors=[
            {"name": "Rwandan", "role": "provider", "kind": "state"},
            {"name": "République centrafricaine", "role": "host", "kind": "state"},
        ]),
        claim_record("Another 400 went.", source="s3", time="2016-05-01", quantity={"value": 400, "unit": "personnel"}),
    )  # fmt: skip
    first = next(row["id"] for row in case.claims(source="s1"))
    sources, note = _event(case, first)
    assert sources == {"s1", "s2"}
    assert "2 independent origins" in note
    alone = next(row["id"] for row in case.claims(source="s3"))
    assert _event(case, alone) == ({"s3"}, "no other claim is found to tell this event")


def test_copies_do_not_corroborate(case: Case) -> None:
    quote = "The government of the country announced that 600 of its soldiers had arrived in the capital."
    told = {"locator": None, "says": None, "start": 0, "end": len(quote), "quote": quote}
    other = "Six hundred soldiers came, said a bishop."
    fill(
        case,
        source_record("wire"),
        source_record("declared", derived_from=["wire"]),
        source_record("undeclared"),
        source_record("own"),
        claim_record(source="wire", **told),
        claim_record(source="declared"),
        claim_record(source="undeclared", **told),
        claim_record(source="own", locator=None, says=None, start=5, end=5 + len(other), quote=other),
    )
    first = next(row["id"] for row in case.claims(source="wire"))
    sources, note = _event(case, first)
    assert sources == {"wire", "declared", "undeclared", "own"}
    assert "2 independent origins" in note


def test_the_bilateral_force_of_2020_is_not_the_contingent_of_the_un(caf: Case) -> None:
    force = next(row for row in caf.claims(type="deployment", actor="rwanda-force-protection-caf", as_of="2020-12-21"))
    told = caf.claims(same_event=force["id"])
    assert len(told) > 3
    assert not [row["id"] for row in told if row.get("regime") == "un"]
    assert json.dumps(told.notes)
