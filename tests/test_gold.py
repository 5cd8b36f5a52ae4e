"""The claims coded by hand map mechanically into claims and sources, and import."""

from __future__ import annotations

import json
from pathlib import Path

from garant.case import Case
from tests.conftest import fill
from tests.gold import records


def test_the_gold_imports_whole(shared: Path, case: Case) -> None:
    gold = [json.loads(line) for line in (shared / "gold/claims_seeds.jsonl").read_text().splitlines()]
    fill(case, *records(shared))
    claims = case.claims(status="all", as_of="9999").rows
    assert len(claims) == sum(g["type"] != "publication" for g in gold)
    by_ref = {row["refs"][0]: row for row in claims}
    for g in gold:
        if g["type"] == "publication":
            continue
        row = by_ref[g["id"]]
        assert (row["quote"], row["modality"], row.get("time")) == (g["quote"], g["modality"], g["time"])
        assert [(a["name"], a["role"]) for a in row["actors"]] == [(a["name"], a["role"]) for a in g["actors"]]
        if g["quantity"]:
            ours = {k: row["quantity"].get(k) for k in ("value", "low", "high", "unit")}
            assert ours == {k: g["quantity"].get(k) for k in ours}
        assert row.get("instrument", {}).get("name") == g["basis"]
        assert row.get("place", {}).get("name") == g["place"]


def test_every_span_of_the_gold_is_its_sentence(shared: Path, case: Case) -> None:
    fill(case, *records(shared))
    texts = {"000": shared / "seeds/000_0a172aeb4e37075f.txt", "002": shared / "seeds/002_23752cb8be2ea17f.txt"}
    for row in case.claims(status="all", as_of="9999"):
        text = texts[row["source"]].read_text(encoding="utf-8")
        assert text[row["start"] : row["end"]] == row["quote"]


def test_two_claims_of_the_gold_are_never_one(shared: Path) -> None:
    from garant.claims import Claim

    claims = [Claim.model_validate(r) for r in records(shared) if "type" in r]
    assert len({c.id for c in claims}) == len(claims)
