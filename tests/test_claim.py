"""The claim: what it accepts, what it refuses and how it says so, its id, its JSON."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from garant.claims import Claim, Quantity, claim_types, vocabulary
from garant.claims.identity import canonical_json, identity_of
from garant.claims.rules import gaps_of
from garant.ledger.intake import sentence
from tests.conftest import Record, claim_record


def made(**fields: Any) -> Claim:
    return Claim.model_validate(claim_record(**fields))


def refused(**fields: Any) -> str:
    """The complaint about a claim with these fields; it names the field and is one line."""
    with pytest.raises(ValidationError) as error:
        made(**fields)
    told = str(sentence(error.value, Claim, "claim"))
    assert "\n" not in told
    return told


# ---- identity -------------------------------------------------------------------------------------------------


def test_the_id_is_the_hash_of_the_canonical_json_of_what_is_stated() -> None:
    claim = made()
    stated = {
        "actors": [["host", "Central African Republic"], ["provider", "Rwanda"]],
        "modality": "asserted",
        "position": "p:1",
        "quantity": {"measure": "flow", "unit": "personnel", "value": 600},
        "slots": {"personnel": "troops"},
        "source": "s1",
        "time": "2015-03-03",
        "type": "deployment",
    }
    text = json.dumps(stated, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert claim.id == hashlib.sha256(text.encode()).hexdigest()


UNSTATED: list[Record] = [
    {"says": "Otherwise worded."},
    {"time_text": "in March"},
    {"coder": {"kind": "program", "name": "reader", "version": "2"}},
    {"confidence": 0.3},
    {"derived": ["time"]},
    {"refs": ["S05", "public:P3"]},
    {"doc": "news.txt"},
    {
        "actors": [
            {"name": "Rwanda", "role": "provider", "kind": "state", "entity": "RWA", "as_printed": "Kigali"},
            {"name": "Central African Republic", "role": "host"},
        ]
    },
    {
        "actors": [
            {"name": "Central African Republic", "role": "host", "kind": "state"},
            {"name": "Rwanda", "role": "provider", "kind": "state"},
        ]
    },
]
STATED: list[Record] = [
    {"quantity": {"value": 601, "unit": "personnel", "measure": "flow"}},
    {"quantity": {"value": 600, "unit": "personnel", "measure": "stock"}},
    {"quantity": {"low": 600, "unit": "personnel", "measure": "flow"}},
    {"quantity": {"value": 600, "unit": "personnel", "measure": "flow", "approx": True}},
    {"source": "s2"},
    {"locator": "p:2"},
    {"type": "withdrawal"},
    {"time": "2015-03"},
    {"time": None},
    {"place": {"name": "Bangui"}},
    {"instrument": {"name": "an agreement"}},
    {"regime": "un"},
    {"slots": {"personnel": "police"}},
    {"modality": "alleged"},
    {"attributed_to": "a minister"},
    {"actors": [{"name": "Burundi", "role": "provider"}, {"name": "Central African Republic", "role": "host"}]},
    {"actors": [{"name": "Rwanda", "role": "lender"}, {"name": "Central African Republic", "role": "host"}]},
]


@pytest.mark.parametrize("fields", UNSTATED)
def test_the_id_holds_when_only_wording_coder_or_entity_change(fields: Record) -> None:
    assert made(**fields).id == made().id


@pytest.mark.parametrize("fields", STATED)
def test_the_id_changes_with_what_is_stated(fields: Record) -> None:
    assert made(**fields).id != made().id


def test_an_id_that_does_not_match_is_an_error() -> None:
    assert made(id=made().id).id == made().id
    assert "does not match" in refused(id="0" * 64)


def test_equal_numbers_have_one_identity() -> None:
    whole = made(quantity={"value": 600.0, "unit": "personnel", "measure": "flow"})
    assert whole.id == made().id


def test_composed_and_decomposed_letters_are_one() -> None:
    composed, decomposed = "Séléka", "Séléka"
    assert made(attributed_to=composed).id == made(attributed_to=decomposed).id


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=8,
    )
)
def test_canonical_json_is_sorted_compact_json(value: Any) -> None:
    import unicodedata

    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical_json(value) == unicodedata.normalize("NFC", plain)


# ---- JSON -----------------------------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
    lambda t: t.strip() == t
)
quantities = st.one_of(
    st.builds(lambda v: {"value": v}, st.integers(0, 10**6) | st.floats(0, 10**6).map(lambda f: round(f, 6))),
    st.builds(lambda a, b: {"low": min(a, b), "high": max(a, b)}, st.integers(0, 10**6), st.integers(0, 10**6)),
    st.builds(lambda v: {"low": v, "approx": True}, st.integers(0, 10**6)),
    st.just({"undisclosed": True}),
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Claims of every type, with optional fields there or not."""
    type_ = claim_types()[draw(st.sampled_from(sorted(claim_types())))]
    roles = [sorted(group)[0] for group in type_.required_roles] + draw(
        st.lists(st.sampled_from(sorted(vocabulary()["role"])), max_size=3)
    )
    record: Record = {
        "source": "s1",
        "locator": f"p:{draw(st.integers(1, 900))}",
        "says": draw(texts),
        "type": type_.name,
        "actors": [{"name": draw(texts), "role": role} for role in roles],
        "quantity": draw(quantities),
        "time": draw(st.sampled_from(["2014", "2014-01~/2014-04~", "2007/..", "../2013", "2021-06-05"])),
        "modality": draw(st.sampled_from(sorted(vocabulary()["modality"]))),
        "coder": {"kind": "person", "name": draw(texts)},
    }
    for name in ("place", "instrument"):
        if draw(st.booleans()):
            record[name] = {"name": draw(texts)}
    return {k: v for k, v in record.items() if v}


def values_of(record: Any) -> list[Any]:
    """Every value of a record, however deep."""
    if isinstance(record, dict):
        return [v for value in record.values() for v in values_of(value)]
    return [v for value in record for v in values_of(value)] if isinstance(record, list) else [record]


@given(records())
def test_json_out_and_in_loses_nothing(record: Record) -> None:
    claim = Claim.model_validate(record)
    again = Claim.model_validate_json(claim.to_json())
    assert again == claim
    assert again.to_json() == claim.to_json()
    assert Claim.model_validate_json(claim.to_json(), context={"trusted": True}) == claim
    assert claim.to_record() == {"id": claim.id, **json.loads(claim.to_json())}
    assert None not in values_of(claim.to_record())


@given(records())
def test_the_trusted_path_and_the_checked_path_give_one_identity(record: Record) -> None:
    claim = Claim.model_validate(record)
    trusted = Claim.model_validate_json(claim.to_json(), context={"trusted": True})
    assert identity_of(trusted) == identity_of(claim)


# ---- refusals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"type": "deploymnt"}, "did you mean deployment"),
        ({"modality": "certain"}, "not a modality"),
        ({"regime": "onu"}, "not a regime"),
        ({"slots": {"personel": "troops"}}, "did you mean personnel"),
        ({"slots": {"personnel": "soldiers"}}, "slots.personnel"),
        ({"slots": {"task": "protect_civilians"}}, "list of words"),
        ({"slots": {"first": "yes"}}, "true or false"),
        ({"actors": [{"name": "Rwanda", "role": "sender"}]}, "not a role"),
        ({"actors": [{"name": "Rwanda", "role": "provider", "kind": "country"}]}, "not a kind"),
        ({"actors": [{"name": "Rwanda", "role": "host"}]}, "needs an actor in the role"),
        ({"actors": [{"name": " ", "role": "provider"}]}, "actors.0.name"),
        ({"quantity": {"low": 5, "high": 3}}, "larger than high"),
        ({"quantity": {"value": 5, "low": 3}}, "not both"),
        ({"quantity": {"unit": "personnel"}}, "undisclosed"),
        ({"quantity": {"value": float("inf")}}, "number between"),
        ({"quantity": {"value": "600"}}, "quantity"),
        ({"quantity": {"value": 6, "measure": "amount"}}, "not a measure"),
        ({"time": "2021-02-30"}, "does not exist"),
        ({"time": "2015/2014"}, "ends before it starts"),
        ({"locator": None, "says": None}, "give exactly one of locator"),
        ({"locator": "p:1", "row": 3}, "give exactly one of locator"),
        ({"locator": "page 3"}, "neither chars"),
        ({"locator": "chars:9-3"}, "A < B"),
        ({"says": None}, "our own words"),
        ({"locator": None, "start": 0, "end": 3, "quote": "four"}, "4 characters"),
        ({"locator": None, "start": 0, "end": 3}, "go together"),
        ({"source": "a b"}, "source"),
        ({"confidence": 1.2}, "confidence"),
        ({"derived": ["coder"]}, "derived"),
        ({"colour": "red"}, "colour"),
        ({"coder": {"kind": "robot", "name": "x"}}, "coder.kind"),
    ],
)
def test_what_is_wrong_is_refused_with_its_field(fields: Record, told: str) -> None:
    assert told in refused(**fields)


def test_required_fields_of_a_type() -> None:
    assert "quantity: a casualties needs it" in refused(type="casualties", quantity=None, slots=None)


def test_bounds_of_quantities() -> None:
    assert Quantity(value=5).bounds == (5, 5)
    assert Quantity(low=5).bounds == (5, None)
    assert Quantity(high=5).bounds == (None, 5)
    assert Quantity(undisclosed=True).bounds == (None, None)


@given(records())
def test_the_id_is_that_of_canonical_json(record: Record) -> None:
    claim = Claim.model_validate(record)
    assert claim.id == hashlib.sha256(canonical_json(identity_of(claim)).encode()).hexdigest()


def test_status_on_entry_comes_from_the_coder() -> None:
    assert made().enters_as == "accepted"
    assert made(coder={"kind": "dataset", "name": "d"}).enters_as == "accepted"
    assert made(coder={"kind": "program", "name": "p"}).enters_as == "proposed"


def test_gaps_are_what_the_type_expects_and_the_claim_leaves_empty() -> None:
    gaps = dict(gaps_of(made(instrument=None, regime=None)))
    assert gaps["instrument"] == "parties"
    assert "quantity" not in gaps
    assert "provider|operator|lender" not in gaps
