"""Codes and names of states in published data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from garant.datasets.states import States
from garant.names import Names, world


@pytest.fixture(scope="module")
def states() -> States:
    return States(Names(world().values()))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("DR Congo (Zaire)", "COD"),
        ("Congo", "COG"),
        ("Ivory Coast", "CIV"),
        ("Korea (ROK)", "KOR"),
        ("UK", "GBR"),
        ("Central African Republic", "CAF"),
        ("Multinational", None),
        ("Ruanda-ish", None),
        ("", None),
    ],
)
def test_names(states: States, name: str, code: str | None) -> None:
    assert states.by_name(name) == code


def test_codes(states: States) -> None:
    assert (states.by_gw("482"), states.by_gw("482.0"), states.by_gw("x"), states.by_gw("")) == (
        "CAF",
        "CAF",
        None,
        None,
    )
    assert (states.by_numeric("140"), states.by_numeric("0"), states.by_numeric("")) == ("CAF", None, None)
    assert (states.by_alpha("rwa"), states.by_alpha("XXX"), states.by_alpha(None)) == ("RWA", None, None)


@pytest.mark.shared
def test_numbers_and_names_of_ucdp_agree(states: States, shared: Path) -> None:
    with (shared / "data/ucdp/organizedviolencecy_v25_1.csv").open(encoding="utf-8", newline="") as stream:
        pairs = {(row["country_id_cy"], row["country_cy"]) for row in csv.DictReader(stream)}
    known = {(number, name): states.by_name(name) for number, name in pairs}
    assert {p: c for p, c in known.items() if c and states.by_gw(p[0]) != c} == {}
    gone = {name for (number, name), code in known.items() if not (code or states.by_gw(number))}
    assert gone == {
        "Czechoslovakia",
        "German Democratic Republic",
        "Yemen (South Yemen)",
    }  # states of no ISO code today
