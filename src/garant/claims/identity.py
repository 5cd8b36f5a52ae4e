"""A claim's id: SHA-256 of what it states and where, never of who resolved, coded or worded it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

if TYPE_CHECKING:
    from garant.claims.claim import Claim


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no white space, text in Unicode NFC.

    For the values a claim can hold (text, booleans, integers, numbers of at most four decimals) this is
    RFC 8785 with composed characters, so an id can be recomputed in any language.
    """
    return _composed(_ENCODER.encode(value))


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def identity_of(claim: Claim) -> dict[str, Any]:
    """The parts of a claim that make it that claim, absent keys omitted.

    Position is `start`-`end`, `row` or `locator`. Left out: entity, coder, confidence, quote, page, doc,
    `says`, `time_text`, `as_printed`, `derived`, `refs`: they may be improved without making another claim.
    Actors count as a set: their order is wording. The keys are in their sorted order, so that the result can be
    written as canonical JSON at once.
    """
    if claim.start is not None:
        position = f"{claim.start}-{claim.end}"
    elif claim.row is not None:
        position = f"row:{claim.row}"
    else:
        position = str(claim.locator)
    quantity, slots = claim.quantity, claim.slots
    parts = {
        "actors": sorted([a.role, a.name] for a in claim.actors),
        "attributed_to": claim.attributed_to,
        "instrument": claim.instrument.name if claim.instrument else None,
        "modality": claim.modality,
        "place": claim.place.name if claim.place else None,
        "position": position,
        "quantity": {k: v for k, v in sorted(quantity.__dict__.items()) if v is not None} if quantity else None,
        "regime": claim.regime,
        "slots": {k: slots[k] for k in sorted(slots)} or None,
        "source": claim.source,
        "time": claim.time,
        "type": claim.type,
    }
    return {k: v for k, v in parts.items() if v is not None}


def claim_id(claim: Claim) -> str:
    """Hexadecimal SHA-256 of the canonical JSON of `identity_of`."""
    return sha256(_composed(to_json(identity_of(claim)).decode()))
