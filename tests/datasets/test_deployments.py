"""Geo-PKO: units on maps become claims at places, each with its row."""

from __future__ import annotations

from pathlib import Path

from garant.case import Case
from tests.datasets.claimed import claims, told
from tests.datasets.invented import FRONT, MAPS, TCC, site, table


def test_a_map_of_deployments(case: Case, tmp_path: Path) -> None:
    rows = [
        site(
            "Bangui",
            battalion=1,
            hq=3,
            **{
                "no.troops": 800,
                "no.tcc": 2,
                "nameoftcc_1": "Rwanda",
                "notroopspertcc_1": 800,
                "nameoftcc_2": "Nepal",
                "notroopspertcc_2": "unknown",
            },
        ),
        site("Bria", **{"no.troops": 150, "fpu": 1, "no.tcc": 1, "nameoftcc_1": "Rwanda", "notroopspertcc_1": 150}),
        site("Ford town", **{"unpol.dummy": 1}),
        site("Nowhere"),
        site("N'Djamena", country="Chad"),
        site("Bria", month=13),
    ]
    result = case.load(None, table(tmp_path / "Geo-PKO_v2.1.csv", rows, MAPS))
    assert result[0]["used"] == 4
    assert (result[0]["outside"], result[0]["rejected"]) == (1, {"no date of the map": 1})
    at_hq = "at Bangui"
    assert sorted(told(claims(case)), key=str) == [
        (1, ["Nepal"], at_hq, "troops", None),
        (1, ["Rwanda"], at_hq, "troops", (800, 800)),
        (1, [], None, "all_uniformed", (950, 950)),
        (2, ["Rwanda"], "at Bria", "all_uniformed", (150, 150)),
        (3, [], "at Ford town", "police", (1, None)),
    ]
    one = next(c for c in claims(case) if c.names("provider") == ["Rwanda"])
    assert (one.time, one.regime, one.names("host"), one.names("operator")) == (
        "2018-02", "un", ["Central African Republic"], ["MINUSCA"],
    )  # fmt: skip
    assert one.quantity is not None
    assert one.quantity.approx
    assert (one.coder.kind, one.coder.name, one.coder.version) == ("dataset", "geo-pko", "2.1")
    assert {c.slots["component"]: c.slots.get("dispersal") for c in claims(case) if "component" in c.slots} == {
        "at Bangui": "perhaps_dispersed", "at Bria": None, "at Ford town": None,
    }  # fmt: skip
    total = next(c for c in claims(case) if "component" not in c.slots)
    assert total.derived == ["quantity", "says"]
    assert any("not zero troops" in note for note in result.notes)
    assert case.names().entities["caf-ford-town"].coordinates == [21.9, 6.5]
    assert {row["status"] for row in case.claims(status="all")} == {"accepted"}


def test_the_yearly_tables_keep_repeated_places_apart(case: Case, tmp_path: Path) -> None:
    place = {
        "mission": "MINUSCA",
        "year": 2018,
        "country": "Central African Republic",
        "location": "Bria",
        "latitude": 6.5,
        "longitude": 21.9,
        "UNPOL": 0,
        "UNMO": 0,
        "hq": 0,
        "ave.no.troops": 400,
    }
    rows = [
        {**place, "NoTroops": 150},
        {**place, "NoTroops": 950},
        {**place, "location": "Obo", "NoTroops": "NA", "ave.no.troops": 0},
    ]
    result = case.load(None, table(tmp_path / "FrontMap_v.2.3.csv", rows, FRONT))
    assert [(r, c, q) for r, _, c, _, q in told(claims(case))] == [
        (1, "at Bria", (150, 150)), (1, None, (400, 400)), (2, "at Bria", (950, 950)),
    ]  # fmt: skip
    assert any("would count repeated places again (800); each place once is 400" in note for note in result.notes)
    found = case.disagreements()
    assert [(d["kind"], len(d["sides"])) for d in found] == [("value", 2)]


def test_contributors_with_and_without_a_size(case: Case, tmp_path: Path) -> None:
    rows = [
        {
            "mission": "MINUSCA",
            "year": 2018,
            "location": "Bria",
            "No.TCC": 2,
            "year.overview": "Rwanda (800), Nepal (size unknown)",
        },
        {"mission": "MINURCAT", "year": 2009, "location": "Birao", "No.TCC": 1, "year.overview": "Togo (150)"},
        {"mission": "MINUSCA", "year": 2018, "location": "Obo", "No.TCC": 2, "year.overview": "Gabon, Nepal (150)"},
        {"mission": "UNMIL", "year": 2009, "location": "Harper", "No.TCC": 1, "year.overview": "Ghana (150)"},
    ]
    result = case.load(None, table(tmp_path / "TCCMap_v.2.3.csv", rows, TCC))
    assert [(p, q) for _, p, _, _, q in told(claims(case))] == [(["Nepal"], None), (["Rwanda"], (800, 800))]
    assert (result[0]["used"], result[0]["outside"]) == (1, 1)
    assert result[0]["rejected"] == {
        "contributors that cannot be read": 1,
        "the table does not say in which state the place is": 1,
    }


def test_places_of_a_dataset_show_presence_and_bound_nothing(case: Case, tmp_path: Path) -> None:
    maps = [
        site("Bria", month=n, **{"no.troops": 2000, "no.tcc": 1, "nameoftcc_1": "Rwanda", "notroopspertcc_1": 2000})
        for n in (1, 2, 3)
    ]
    case.load(None, table(tmp_path / "Geo-PKO_v2.1.csv", maps, MAPS))
    force = next(f for f in case.forces(host="CAF", provider="RWA", as_of="2018-04") if f["personnel"] == "troops")
    assert [(p["low"], p["high"], len(p["claims"])) for p in force["points"]] == [(None, None, 1)] * len(
        force["points"]
    )
