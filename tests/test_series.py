"""Numbers that a dataset gives month by month are told as series: none is lost, and nobody reads hundreds."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from garant.case import Case
from garant.case.lifecycle import init
from tests.conftest import claim_record, fill, source_record
from tests.datasets.invented import header, table

COLUMNS = header(
    "contributing_country isocode3 mission_acronym personnel_type female_personnel male_personnel last_reporting_date"
)
STATES = header("BGD BDI BEN BFA BRA CMR COG EGY FRA GAB GTM IDN KHM MAR NPL PAK")
MONTHS = [f"{year}-{month:02d}-28" for year in (2019, 2020) for month in range(1, 13)]


def _people(state: int, month: int) -> int:
    return 100 * (state + 1) + (month * 7) % 30


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A case with two years of months of sixteen invented contingents, and a document on another force."""
    folder = tmp_path_factory.mktemp("series")
    case = Case.open(init(folder / "case", country="CAF"))
    rows = [
        {
            "contributing_country": code, "isocode3": code, "mission_acronym": "MINUSCA",
            "personnel_type": "Troops", "female_personnel": 0, "male_personnel": _people(state, month),
            "last_reporting_date": day,
        }
        for state, code in enumerate(STATES)
        for month, day in enumerate(MONTHS)
    ]  # fmt: skip
    case.load("un-contributions", table(folder / "months.csv", rows, COLUMNS))
    force = {"type": "force_strength", "slots": {"personnel": "troops", "scope": "host"}, "regime": "bilateral"}
    fill(
        case,
        source_record("doc", published="2021-01-05"),
        *(
            claim_record(
                source="doc", locator=f"p:{n + 1}", time=f"2020-{n + 3:02d}", **force,
                quantity={"value": 300, "unit": "personnel", "measure": "stock"},
            )
            for n in range(3)
        ),
        claim_record(
            source="doc", locator="p:9", time="2020-05-28", **{**force, "regime": "un"},
            actors=[
                {"name": "Bangladesh", "role": "provider", "kind": "state"},
                {"name": "Central African Republic", "role": "host", "kind": "state"},
                {"name": "MINUSCA", "role": "operator", "kind": "mission"},
            ],
            quantity={"value": 900, "unit": "personnel", "measure": "stock"},
        ),
    )  # fmt: skip
    return case


@pytest.fixture(scope="module")
def record(loaded: Case) -> dict[str, Any]:
    text = loaded.brief_text("json", as_of="2021-01-31")
    found: dict[str, Any] = json.loads(text)
    return found


def _series(record: dict[str, Any], name: str) -> dict[str, Any]:
    return next(n for n in record["notes"] if "series" in n and n["says"].startswith(name))


def test_a_series_is_one_footnote_and_whole_in_the_json(record: dict[str, Any], loaded: Case) -> None:
    note = _series(record, "Benin, MINUSCA")
    state = STATES.index("BEN")
    assert [(n["low"], n["high"]) for n in note["series"]] == [(_people(state, m),) * 2 for m in range(24)]
    assert [n["time"] for n in note["series"]] == MONTHS
    assert [n["row"] for n in note["series"]] == [state * 24 + m + 1 for m in range(24)]
    told = {str(e.claim.id): e.claim for e in loaded.entries(_everything())}
    assert all(told[n["claim"]].row == n["row"] for n in note["series"])
    every = [n for note in record["notes"] for n in note.get("series", ())]
    assert len(every) == len({n["claim"] for n in every}) == 17 * 24  # sixteen contingents and their sum


def test_a_series_is_told_by_its_first_and_last_lowest_and_highest_number(record: dict[str, Any]) -> None:
    state = STATES.index("BEN")
    numbers = [_people(state, m) for m in range(24)]
    says = _series(record, "Benin, MINUSCA")["says"]
    assert says == (
        f"Benin, MINUSCA: 24 numbers, 28 January 2019 to 28 December 2020. Soldiers: first {numbers[0]} (28 January "
        f"2019), last {numbers[-1]} (28 December 2020, row {(state + 1) * 24}); lowest {min(numbers)} "
        f"(28 January 2019), highest {max(numbers)} (28 June 2020)."
    )


def test_the_largest_contingents_are_printed_and_the_rest_stands_behind_them(
    loaded: Case, record: dict[str, Any]
) -> None:
    chapter = next(s for s in record["sections"] if s["id"] == "forces")
    rows = next(b for b in chapter["blocks"] if b["kind"] == "table" and "counts them" in b["title"])["rows"]
    assert len(rows) == 17  # the operation and the contingents
    sizes = [int(re.sub(r"\D", "", row[1]["text"])) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    assert all(len(row[1]["notes"]) == 1 for row in rows)
    html = str(loaded.brief_text("html", as_of="2021-01-31"))
    shown, behind = html.split('<details class="more">')
    assert "Pakistan, under the United Nations" in shown
    assert behind.lstrip().startswith("<summary>5 more, of ")
    assert behind.split("</details>")[0].count("<tr>") == 5
    assert "5 more, of " in str(loaded.brief_text("md", as_of="2021-01-31"))


def test_a_number_in_dispute_is_cited_on_its_own(record: dict[str, Any]) -> None:
    chapter = next(s for s in record["sections"] if s["id"] == "disagreements")
    cited = {n for b in chapter["blocks"] if b["kind"] == "table" for r in b["rows"] for c in r for n in c["notes"]}
    notes = {n["number"]: n for n in record["notes"]}
    assert cited
    assert all(notes[number]["claim"] for number in cited)


def test_a_dataset_does_not_outnumber_what_others_tell(record: dict[str, Any]) -> None:
    points = [b["text"] for s in record["sections"] if s["id"] == "bottom-line" for b in s["blocks"]]
    assert next(p for p in points if ": " in p and "under" in p).startswith("Rwanda, under a bilateral arrangement")


def test_all_statements_have_a_row_a_series(loaded: Case) -> None:
    whole = json.loads(loaded.brief_text("json", as_of="2021-01-31", sections=["statements"]))
    rows = [r for s in whole["sections"] for b in s["blocks"] if b["kind"] == "table" for r in b["rows"]]
    assert len(rows) == 17 + 4  # the contingents and their sum, and the document's four
    assert sum(len(n.get("series", [n])) for n in whole["notes"]) == len(loaded.entries(_everything()))


def _everything() -> Any:
    from garant.ledger import ClaimQuery, Clocks

    return ClaimQuery(Clocks.read("2021-01-31"))
