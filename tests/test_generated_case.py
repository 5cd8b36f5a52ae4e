"""The generated case: valid, reproducible, free of what would contradict itself; the errors are what they say."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from garant.case import Case
from garant.claims import Claim
from garant.claims.period import Period
from garant.claims.source import Source, origins
from garant.names.catalogue import world
from garant.names.entity import Entity
from garant.names.resolver import Names
from tests.generated.consistent import GeneratedCase, consistent_case
from tests.generated.errors import KINDS, Planted, plant

Record = dict[str, Any]


@pytest.fixture(scope="module")
def generated() -> GeneratedCase:
    return consistent_case(2000, seed=1)


@pytest.fixture(scope="module")
def claims(generated: GeneratedCase) -> dict[str, Claim]:
    return _by_id(generated.claims)


def _by_id(records: list[Record]) -> dict[str, Claim]:
    return {str(c.id): c for c in map(Claim.model_validate, records)}


def _days(claim: Claim) -> tuple[date, date]:
    assert claim.period
    return claim.period.first_day or date.min, claim.period.last_day or date.max


def test_every_record_is_valid_and_no_two_claims_are_one(generated: GeneratedCase, claims: dict[str, Claim]) -> None:
    sources = [Source.model_validate(r) for r in generated.sources]
    entities = [Entity.model_validate(r) for r in generated.entities]
    assert len(claims) == len(generated.claims) == 2000
    assert 40 <= len(sources) <= 80
    assert {c.source for c in claims.values()} <= {s.id for s in sources}
    assert len({e.id for e in entities}) == len(entities)
    assert len({c.type for c in claims.values()}) >= 20


def test_the_whole_imports(generated: GeneratedCase, case: Case, tmp_path: Path) -> None:
    lines = [*generated.sources, *generated.entities, *generated.claims]
    file = tmp_path / "generated.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", encoding="utf-8")
    case.import_(file)
    assert len(list(case.claims())) == 2000


def test_same_seed_same_records_other_seed_other_records(generated: GeneratedCase) -> None:
    again, other = consistent_case(2000, seed=1), consistent_case(2000, seed=2)
    assert (again.sources, again.entities, again.claims) == (generated.sources, generated.entities, generated.claims)
    assert {r["id"] for r in other.entities} != {r["id"] for r in generated.entities}
    assert not set(_by_id(other.claims)) & set(_by_id(generated.claims))


@pytest.mark.parametrize("size", [300, 6000])
def test_other_sizes_have_as_many_claims(size: int) -> None:
    assert len(_by_id(consistent_case(size, seed=3).claims)) == size


def test_every_name_resolves_to_the_entity_meant(generated: GeneratedCase) -> None:
    names = Names([*world().values(), *(Entity.model_validate(r) for r in generated.entities)])
    wrong = []
    for telling in generated.tellings:
        cast = [e for role, e in telling.event.cast if role not in telling.manner.leave_out]
        for entity, actor in zip(cast, telling.record["actors"], strict=True):
            printed = [actor["name"], *([actor["as_printed"]] if "as_printed" in actor else [])]
            wrong += [(p, entity) for p in printed if names.resolve(p, actor["kind"]).entity != entity]
    assert wrong == []


def test_no_source_asserts_what_comes_after_it(generated: GeneratedCase, claims: dict[str, Claim]) -> None:
    published = {r["id"]: date.fromisoformat(r["published"]) for r in generated.sources}
    told = [c for c in claims.values() if c.modality != "planned" and c.type != "strategy_adoption"]
    assert [c for c in told if _days(c)[1] < date.max and _days(c)[1] > published[c.source]] == []
    assert [c for c in claims.values() if c.modality == "planned" and _days(c)[1] <= published[c.source]] == []


def test_a_source_tells_an_event_once_and_most_events_have_several(generated: GeneratedCase) -> None:
    tellings = Counter((t.event.key, t.source) for t in generated.tellings)
    assert set(tellings.values()) == {1}
    tellers = Counter(t.event.key for t in generated.tellings)
    assert sum(2 <= n <= 5 for n in tellers.values()) > len(tellers) * 0.7


def test_stocks_of_one_force_agree_wherever_their_dates_meet(claims: dict[str, Claim]) -> None:
    stocks = [c for c in claims.values() if c.type == "force_strength" and c.quantity and c.quantity.value]
    met = 0
    for index, one in enumerate(stocks):
        for other in stocks[index + 1 :]:
            if one.names("provider", "host") != other.names("provider", "host") or one.names("operator") != other.names(
                "operator"
            ):
                continue
            if any(one.slots.get(s) != other.slots.get(s) for s in ("personnel", "component", "scope")):
                continue
            (a, b), (c, d) = _days(one), _days(other)
            if a <= d and c <= b and one.quantity and other.quantity:
                met += 1
                first, second = one.quantity.value or 0, other.quantity.value or 0
                assert abs(first - second) <= 0.05 * max(first, second), (one, other)
    assert met > 50


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_plants_200(generated: GeneratedCase, claims: dict[str, Claim], kind: str) -> None:
    before = len(generated.claims)
    planted_case, planted = plant(generated, kind, count=200, seed=1)
    after = _by_id(planted_case.claims)
    assert len(planted) == 200
    assert len(after) == before + 200
    assert len(generated.claims) == before
    assert planted_case.claims[:before] == generated.claims
    sources = {r["id"]: Source.model_validate(r) for r in generated.sources}
    for error in planted:
        assert error.left
        assert error.right
        assert error.left <= set(after) - set(claims)
        assert error.right <= set(claims)
        assert error.kind in error.kinds
        assert len(error.kinds) <= 2
        if kind not in ("duplicate", "identity"):
            own = {o for i in error.left for o in origins(sources, after[i].source)}
            assert not own & {o for i in error.right for o in origins(sources, after[i].source)}
    assert plant(generated, kind, count=200, seed=1)[1] == planted
    assert len({e.right for e in planted}) >= 15


def test_planted_claims_are_asserted_by_sources_that_came_after(generated: GeneratedCase) -> None:
    published = {r["id"]: date.fromisoformat(r["published"]) for r in generated.sources}
    for kind in KINDS:
        planted_case, _ = plant(generated, kind)
        for claim in map(Claim.model_validate, planted_case.claims[2000:]):
            assert claim.modality in ("asserted", "opinion") or kind == "duplicate"
            assert _days(claim)[0] <= published[claim.source]


def _sides(generated: GeneratedCase, kind: str) -> list[tuple[Planted, Claim, list[Claim]]]:
    planted_case, planted = plant(generated, kind)
    after = _by_id(planted_case.claims)
    return [(e, after[min(e.left)], [after[i] for i in sorted(e.right)]) for e in planted]


def test_value_errors_are_as_far_off_as_they_say(generated: GeneratedCase) -> None:
    for error, wrong, right in _sides(generated, "value"):
        assert wrong.quantity
        for claim in right:
            assert claim.quantity
            if wrong.type == "contribution_rank":
                assert wrong.quantity.value != claim.quantity.value
                continue
            a, b = wrong.quantity.value or 0, claim.quantity.value or 0
            limit = 0.15 if wrong.quantity.approx else 0.10 if wrong.type == "force_strength" else 0.05
            assert abs(a - b) / max(a, b) / limit == pytest.approx(error.magnitude, abs=1e-3)
            assert _days(wrong) == _days(claim)


def test_date_errors_are_apart_and_those_below_the_threshold_cover_the_true_date(generated: GeneratedCase) -> None:
    for error, wrong, right in _sides(generated, "date"):
        for claim in right:
            (a, b), (c, d) = _days(wrong), _days(claim)
            gap = max((c - b).days, (a - d).days)
            assert gap == error.magnitude if error.magnitude >= 1 else a <= c <= d <= b


def test_lifetime_errors_lie_outside_the_claimed_lifetime(generated: GeneratedCase) -> None:
    for error, wrong, right in _sides(generated, "lifetime"):
        gaps = {abs((_days(wrong)[0] - _days(claim)[0]).days) for claim in right}
        assert gaps == {round(error.magnitude * 31)}


def test_validity_errors_are_of_another_end_or_after_it(generated: GeneratedCase) -> None:
    for error, wrong, right in _sides(generated, "validity"):
        slot = "valid" if wrong.type == "strategy_adoption" else "expires"
        ends = [Period.parse(c.slots[slot]) for c in right]
        told = Period.parse(wrong.slots[slot]) if slot in wrong.slots else wrong.period
        assert told
        assert told.end
        for end in ends:
            assert end.end
            apart = told.end.first > end.end.last or told.end.last < end.end.first
            assert apart == (error.magnitude >= 1)


def test_duplicates_are_of_one_source_and_tell_less(generated: GeneratedCase) -> None:
    for _, again, (told,) in _sides(generated, "duplicate"):
        assert (again.source, again.type, again.time) == (told.source, told.type, told.time)
        assert again.locator != told.locator
        assert {(a.role, a.name) for a in again.actors} == {(a.role, a.name) for a in told.actors}
        assert len(again.to_record()) + len(again.slots) < len(told.to_record()) + len(told.slots)


def test_too_few_opportunities_are_told(generated: GeneratedCase) -> None:
    small = consistent_case(60, seed=1)
    with pytest.raises(ValueError, match="make it larger"):
        plant(small, "arithmetic", count=400)
    assert len(plant(generated, "value", count=5)[1]) == 5
