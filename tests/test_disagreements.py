"""Disagreements on the packaged case and on the claims coded by hand: found, not fitted, not listed anywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from garant.case import Case
from garant.claims.definitions import read_yaml
from garant.names import Names
from garant.reconcile import KINDS, Disagreement, Fact
from tests.gold import lines, records
from tests.reconciling import disagreements, opposed, rows_found, served

Record = dict[str, Any]
#: Rows of gold/disagreements.jsonl whose two sides both stand in the founding documents and can be told apart by
#: the fields (and printed words) of the claims. W1 and W2 cannot: the hand coding has mended the names already.
IN_THE_SEEDS = {"X1", "X2", "X3", "X4", "W3", "W4", "V5"}
CONTROLS = {"X15", "C2"}
PACKAGED = Path(__file__).parents[1] / "src/garant/cases/caf"


@pytest.fixture(scope="module")
def packaged() -> list[Record]:
    """The packaged case as records, as it is shipped, its claims in the order of recording; what a review has set
    aside is left out."""
    aside = {review["claim"] for review in lines(PACKAGED / "reviews.jsonl")}
    files = [PACKAGED / "sources.jsonl", PACKAGED / "entities.jsonl", *sorted((PACKAGED / "claims").iterdir())]
    found = [record for file in files for record in lines(file)]
    found.sort(key=lambda r: ("type" in r, r["recorded_at"], r["id"]) if "type" in r else (False, "", ""))
    return [{k: v for k, v in r.items() if k != "recorded_at"} for r in found if r.get("id") not in aside]


@pytest.fixture(scope="module")
def found(packaged: list[Record]) -> tuple[list[Disagreement], dict[str, Fact]]:
    return disagreements(packaged)


def test_the_known_contradictions_are_found_in_the_packaged_case(
    shared: Path, found: tuple[list[Disagreement], dict[str, Fact]]
) -> None:
    met = rows_found(shared, *found)
    missed = [row for row, hit in met.items() if not hit and row not in CONTROLS]
    assert not [row for row in CONTROLS if not met[row]], "a control is reported"
    assert len(missed) <= 0.2 * (len(met) - len(CONTROLS)), missed


def test_the_known_contradictions_are_found_in_the_hand_coded_claims_alone(shared: Path) -> None:
    met = rows_found(shared, *disagreements(records(shared)))
    assert {row for row, hit in met.items() if hit} == IN_THE_SEEDS | CONTROLS


def test_no_rule_reads_the_tags(packaged: list[Record], found: tuple[list[Disagreement], dict[str, Fact]]) -> None:
    bare = [{k: v for k, v in r.items() if k != "refs"} for r in packaged]
    assert [d.to_record() for d in disagreements(bare)[0]] == [d.to_record() for d in found[0]]


def test_every_other_disagreement_was_judged_and_most_are_right(
    shared: Path, found: tuple[list[Disagreement], dict[str, Fact]]
) -> None:
    judged = {row["id"]: row["verdict"] for row in read_yaml(_judged())}
    gold = [row for row in lines(shared / "gold/disagreements.jsonl") if row["kinds"]]
    others = [
        d
        for d in found[0]
        if not any(
            d.kind in row["kinds"] and opposed(d, served(row["left"], found[1]), served(row["right"], found[1]))
            for row in gold
        )
    ]
    unjudged = [(d.id, d.kind, d.subject) for d in others if d.id not in judged]
    assert not unjudged
    right = sum(judged[d.id] == "right" for d in others)
    assert len(others) - right <= right / 5


def _judged() -> str:
    return (Path(__file__).parent / "judged/caf.yaml").read_text(encoding="utf-8")


def test_removing_a_side_removes_the_disagreement(
    packaged: list[Record], found: tuple[list[Disagreement], dict[str, Fact]]
) -> None:
    for disagreement in found[0]:
        rest_of_them = {d.id for d in found[0]} - {disagreement.id}  # a paper may be a candidate for two references
        reference = disagreement.sides[0].reading.startswith("refers to")
        for side in disagreement.sides:
            candidate = reference and side is not disagreement.sides[0]  # without it, another paper may be meant
            rest = [r for r in packaged if r.get("id") not in side.claims]
            others = {c for s in disagreement.sides if s is not side for c in s.claims}
            for left in disagreements(rest)[0]:
                same = (left.kind, left.field) == (disagreement.kind, disagreement.field)
                same = same and left.id not in rest_of_them and not candidate
                if same and len(disagreement.sides) == 2:
                    assert not set(left.claims) & others, (disagreement.subject, side.reading)
                assert not set(left.claims) & set(side.claims)


def _renamed(packaged: list[Record]) -> list[Record]:
    """The case with every name that stands for an entity replaced by an invented one, wherever it is printed.

    Every entity becomes one of the case's own, of the same kind and state, whose names are invented; a name that was
    recognised as an acronym or a misnomer stays one. Names that stand for nobody for sure ("the strategy") stay.
    """
    entities = [r for r in packaged if "kind" in r and "name" in r and "type" not in r and "publisher" not in r]
    from garant.names import Entity, world

    names = Names([*world().values(), *(Entity.model_validate(e) for e in entities)])
    invented: dict[str, str] = {}
    aliases: dict[str, list[Record]] = {}

    def new(name: str, kind: str | None) -> str:
        resolved = names.resolve(name, kind)
        if resolved.entity is None:
            return name
        if name not in invented:
            invented[name] = f"Invented {len(invented):04d}"
        for candidate in resolved.candidates:
            how = "variant" if candidate.how in ("name", "coded", "near") else candidate.how
            entry = {"name": invented[name], "kind": how}
            if entry not in aliases.setdefault(candidate.entity, []):
                aliases[candidate.entity].append(entry)
        return invented[name]

    claims = []
    for record in (r for r in packaged if "type" in r):
        changed = json.loads(json.dumps({k: v for k, v in record.items() if k != "id"}))
        named = [(a, a.get("kind")) for a in changed.get("actors", [])]
        named += [(changed[field], field) for field in ("place", "instrument") if field in changed]
        for holder, kind in named:
            holder.pop("entity", None)
            for key in ("name", "as_printed"):
                if key in holder:
                    holder[key] = new(holder[key], kind)
        claims.append(changed)
    made = []
    for number, (entity, held) in enumerate(sorted(aliases.items())):
        known = names.entities[entity]
        made.append({"id": f"e{number}", "kind": known.kind, "name": {"en": f"Entity {number}"}, "aliases": held})
    ids = {entity: f"e{number}" for number, entity in enumerate(sorted(aliases))}
    for entity, record in zip(sorted(aliases), made, strict=True):
        state = names.entities[entity].country
        if state:
            record["country"] = ids.get(state, f"state-of-{state}")
    return [*(r for r in packaged if "publisher" in r), *made, *claims]


_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?=$|[-~?%/])")


def _later(text: str, years: int) -> str:
    return _YEAR.sub(lambda found: str(int(found[1]) + years), text)


def _shifted(packaged: list[Record], years: int) -> list[Record]:
    """The case with every date, those of the sources and in the slots too, moved by the same number of years."""
    moved = []
    for record in packaged:
        changed = json.loads(json.dumps({k: v for k, v in record.items() if not ("type" in record and k == "id")}))
        for field in ("time", "published"):
            if field in changed:
                changed[field] = _later(changed[field], years)
        for slot in ("valid", "expires"):
            if slot in changed.get("slots", {}):
                changed["slots"][slot] = _later(changed["slots"][slot], years)
        moved.append(changed)
    return moved


def _told(found: tuple[list[Disagreement], dict[str, Fact]]) -> set[tuple[Any, ...]]:
    """Disagreements by kind, field and where the claims of each side stand."""
    facts = found[1]
    return {
        (
            d.kind,
            d.field,
            frozenset(
                frozenset((facts[c].source, *facts[c].position, facts[c].type) for c in s.claims) for s in d.sides
            ),
        )
        for d in found[0]
    }


def test_other_names_give_the_same_disagreements(
    packaged: list[Record], found: tuple[list[Disagreement], dict[str, Fact]]
) -> None:
    assert _told(disagreements(_renamed(packaged))) == _told(found)


@pytest.mark.parametrize("years", [-28, 4, 28])
def test_other_years_give_the_same_disagreements(
    packaged: list[Record], found: tuple[list[Disagreement], dict[str, Fact]], years: int
) -> None:
    assert _told(disagreements(_shifted(packaged, years))) == _told(found)


def test_the_order_in_which_claims_come_changes_nothing(
    packaged: list[Record], found: tuple[list[Disagreement], dict[str, Fact]]
) -> None:
    assert _told(disagreements(packaged[::-1])) == _told(found)


def test_a_disagreement_keeps_its_contract(caf: Case) -> None:
    rows = caf.disagreements().rows
    assert rows
    for row in rows:
        assert row["kind"] in KINDS
        assert len(row["sides"]) >= 2
        assert 2 <= len(row["claims"]) <= 6
        assert row["of"] >= len(row["claims"])
        assert {c for s in row["sides"] for c in s["claims"]} == set(row["claims"])
        assert all(s["claims"] for s in row["sides"][:2])
        assert row["severity"] in (1, 2, 3)
        assert row["explanation"]
    assert len({row["id"] for row in rows}) == len(rows)
    assert [r["severity"] for r in rows] == sorted((r["severity"] for r in rows), reverse=True)


def test_a_clock_hides_disagreements_and_keeps_their_ids(caf: Case) -> None:
    today = {row["id"]: row for row in caf.disagreements()}
    then = {row["id"]: row for row in caf.disagreements(known_on="2022-06-01")}
    assert set(then) < set(today)
    visible = {row["id"] for row in caf.claims(known_on="2022-06-01")}
    for row in then.values():
        assert {*row["claims"], *row["evidence"]} <= visible
    # nothing of the article of 2025 can be known in 2022
    assert not any("002" in row["sources"] for row in then.values())
