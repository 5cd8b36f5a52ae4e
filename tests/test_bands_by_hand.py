"""Bands of the packaged case against those worked out by hand, with the reasoning written down beside each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from garant.case import Case
from garant.claims import Period
from garant.claims.definitions import read_yaml

BY_HAND: list[dict[str, Any]] = read_yaml((Path(__file__).parent / "hand/bands.yaml").read_text(encoding="utf-8"))
GONE = [0, 0]


def test_there_are_enough_of_them() -> None:
    assert len(BY_HAND) >= 30
    assert len({(row["provider"], row["host"], row["regime"]) for row in BY_HAND}) >= 20
    assert all(len(row["because"]) > 20 for row in BY_HAND)


@pytest.mark.parametrize("row", BY_HAND, ids=lambda r: f"{r['provider']}-{r['regime']}-{r['personnel']}-{r['as_of']}")
def test_the_band_is_what_a_reader_works_out(caf: Case, row: dict[str, Any]) -> None:
    asked = {key: row[key] for key in ("provider", "host", "regime", "as_of", "known_on") if key in row}
    day = Period.parse(row["as_of"]).over_day
    found, stale, claims = [], set(), set()
    for told in caf.forces(**asked).rows:
        if told["personnel"] != row["personnel"]:
            continue
        for point in told["points"]:
            if _begins(point["from"]) <= day and (point["to"] is None or day < _begins(point["to"])):
                found.append([point["low"], point["high"]])
                stale.add(point["stale"])
                claims |= set(point["claims"])
    here = [band for band in found if band != GONE]
    assert {tuple(band) for band in here} == {tuple(band) for band in row["bands"]}, row["because"]
    if here:
        assert stale == {row["stale"]}, row["because"]
        assert any(claim.startswith(tuple(row["claims"])) for claim in claims)


def _begins(day: str) -> int:
    return Period.parse(day).begun_day
