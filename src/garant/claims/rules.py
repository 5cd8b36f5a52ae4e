"""What the vocabulary allows in a claim: words of closed lists, and the fields, roles and slots of its type."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from garant.claims.definitions import ClaimType, SlotRule, claim_types
from garant.claims.period import Period
from garant.errors import InputError

if TYPE_CHECKING:
    from garant.claims.claim import Claim


#: A list up to this long is told whole to somebody who missed it.
_LISTABLE = 16


def unknown(what: str, word: str, allowed: Any) -> str:
    """One sentence for a word outside a list, naming the nearest words or, for a short list, all of them."""
    listed = sorted(allowed)
    sentence = f"'{word}' is not {'an' if what[:1] in 'aeio' else 'a'} {what} Garant knows"
    if near := difflib.get_close_matches(word, listed, n=3):
        return f"{sentence}; did you mean {' or '.join(near)}?"
    return f"{sentence}; it is one of {', '.join(listed)}" if len(listed) <= _LISTABLE else sentence


def check_against_type(claim: Claim) -> None:
    """Raise ValueError with one sentence where a claim lacks what its type requires or has what it does not declare."""
    kind = claim_types().get(claim.type)
    if kind is None:
        raise ValueError(f"type: {unknown('claim type', claim.type, claim_types())}")
    roles = {a.role for a in claim.actors}
    for group in kind.required_roles:
        if not group & roles:
            raise ValueError(f"actors: a {claim.type} needs an actor in the role {' or '.join(sorted(group))}")
    for name in kind.required_fields:
        if getattr(claim, name) is None:
            raise ValueError(f"{name}: a {claim.type} needs it")
    for name, value in claim.slots.items():
        rule = kind.slots.get(name)
        if rule is None:
            raise ValueError(f"slots.{name}: {unknown(f'slot of {claim.type}', name, kind.slots)}")
        if complaint := _slot_complaint(rule, value):
            raise ValueError(f"slots.{name}: {complaint}")


def gaps_of(claim: Claim) -> list[tuple[str, str | None]]:
    """Fields, roles and slots that the claim's type expects and the claim leaves empty, each with its holder."""
    kind: ClaimType = claim_types()[claim.type]
    roles = {a.role for a in claim.actors}
    missing = [(n, r.holder) for n, r in kind.fields.items() if r.need == "expected" and getattr(claim, n) is None]
    missing += [(n, r.holder) for n, r in kind.roles.items() if r.need == "expected" and not roles & set(n.split("|"))]
    missing += [(n, r.holder) for n, r in kind.slots.items() if r.need == "expected" and n not in claim.slots]
    return missing


def _slot_complaint(rule: SlotRule, value: Any) -> str | None:  # noqa: PLR0911  # one answer for each slot type
    match rule.type:
        case "text":
            return None if isinstance(value, str) and value.strip() else "is a text"
        case "texts":
            return None if _texts(value) else "is a list of texts"
        case "boolean":
            return None if isinstance(value, bool) else "is true or false"
        case "integer":
            return None if isinstance(value, int) and not isinstance(value, bool) else "is a whole number"
        case "period":
            return _period_complaint(value)
        case "one_of":
            if not isinstance(value, str):
                return f"is one of {', '.join(rule.values)}"
            return None if value in rule.values else unknown("value of this slot", value, rule.values)
        case "some_of":
            if not _texts(value):
                return f"is a list of words out of {', '.join(rule.values)}"
            wrong = [v for v in value if v not in rule.values]
            return unknown("value of this slot", wrong[0], rule.values) if wrong else None
    raise AssertionError(f"types/*.yaml declares a slot type that rules.py does not know: {rule.type}")


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) and v.strip() for v in value)


def _period_complaint(value: Any) -> str | None:
    if not isinstance(value, str):
        return "is an EDTF date"
    try:
        Period.parse(value)
    except InputError as error:
        return str(error)
    return None
