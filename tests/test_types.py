"""The vocabulary as data: every type file is whole, its example holds, its words are known."""

from __future__ import annotations

import pytest

from garant.claims import Claim, ClaimType, claim_types, vocabulary

#: The types that the design names.
DESIGN = [
    "deployment",
    "withdrawal",
    "operation_handover",
    "force_strength",
    "force_structure",
    "recruitment",
    "training",
    "support_role",
    "agreement",
    "sector_cooperation",
    "mandate",
    "strategy_adoption",
    "institution",
    "contribution_rank",
    "consent_given",
    "consent_restricted",
    "consent_withdrawn",
    "disarmament",
    "sanction",
    "arms_flow",
    "concession",
    "violation",
    "attack",
    "casualties",
    "meeting_visit",
    "leadership_change",
    "election",
    "political_event",
    "assessment",
    "recommendation",
    "intent_or_motive",
]
#: The sixteen event types of PLOVER (Open Event Data Alliance, PLOVER: a political event ontology, 2023).
PLOVER = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
TYPES = list(claim_types().values())


def test_the_types_are_those_of_the_design() -> None:
    assert sorted(claim_types()) == sorted(DESIGN)


@pytest.mark.parametrize("kind", TYPES, ids=lambda t: t.name)
def test_a_type_file_is_whole(kind: ClaimType) -> None:
    assert kind.label["en"]
    assert kind.label["fr"]
    assert kind.description.endswith(".")
    assert kind.plover is None or kind.plover in PLOVER
    roles = {role for group in kind.roles for role in group.split("|")}
    assert roles <= set(vocabulary()["role"])
    holders = {r.holder for rules in (kind.fields, kind.roles, kind.slots) for r in rules.values() if r.holder}
    assert holders <= set(vocabulary()["holder"])
    for rule in (*kind.fields.values(), *kind.roles.values(), *kind.slots.values()):
        assert rule.need in ("required", "expected", "optional")
        assert rule.holder or rule.need != "expected", "an expected field says who would hold it"
    for slot in kind.slots.values():
        assert slot.type in ("text", "texts", "boolean", "integer", "period", "one_of", "some_of")
        assert bool(slot.values) == (slot.type in ("one_of", "some_of"))
    for life in kind.life:
        assert life.of in vocabulary()["role"] or life.of == "instrument"
        assert all(set(values) <= set(kind.slots[slot].values or values) for slot, values in life.when)


@pytest.mark.parametrize("kind", TYPES, ids=lambda t: t.name)
def test_its_example_is_a_claim_of_that_type(kind: ClaimType) -> None:
    example = {k: str(v) if k == "time" else v for k, v in kind.example.items()}
    coder = {"kind": "person", "name": "example"}
    claim = Claim.model_validate(
        {"source": "s", "locator": "p:1", "type": kind.name, "modality": "asserted", "coder": coder, **example}
    )
    assert claim.says


@pytest.mark.parametrize("name", ["modality", "measure", "regime", "kind", "role", "holder"])
def test_every_word_has_an_english_and_a_french_label(name: str) -> None:
    assert all(label["en"] and label["fr"] for label in vocabulary()[name].values())
