"""A claim's id: SHA-256 of what it states and where, never of who resolved, coded or worded it."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

if TYPE_CHECKING:
    from garant.claims.claim import Claim


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no white space, text in Unicode NFC.

    For the values a claim can hold (text, booleans, integers, numbers of at most six decimals) this is
    RFC 8785 with composed characters, so an id can be recomputed in any language.
    """
    text = to_json(_sorted(value), inf_nan_mode="constants").decode()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(v) for v in value] if isinstance(value, list) else value


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def identity_of(claim: Claim) -> dict[str, Any]:
    """The parts of a claim that make it that claim, absent keys omitted.

    Position is `start`-`end`, `row` or `locator`. Left out: entity, coder, confidence, quote, page, doc,
    `says`, `time_text`, `as_printed`, `derived`, `refs`: they may be improved without making another claim.
    Actors count as a set: their order is wording.
    """
    if claim.start is not None:
        position = f"{claim.start}-{claim.end}"
    elif claim.row is not None:
        position = f"row:{claim.row}"
    else:
        position = str(claim.locator)
    parts: dict[str, Any] = {
        "source": claim.source,
        "position": position,
        "type": claim.type,
        "actors": sorted([a.role, a.name] for a in claim.actors),
        "modality": claim.modality,
    }
    if claim.quantity is not None:
        parts["quantity"] = {k: v for k, v in claim.quantity.__dict__.items() if v is not None}
    if claim.place is not None:
        parts["place"] = claim.place.name
    if claim.instrument is not None:
        parts["instrument"] = claim.instrument.name
    if claim.slots:
        parts["slots"] = claim.slots
    for name in ("time", "regime", "attributed_to"):
        value = getattr(claim, name)
        if value is not None:
            parts[name] = value
    return parts


def claim_id(claim: Claim) -> str:
    """Hexadecimal SHA-256 of the canonical JSON of `identity_of`."""
    return sha256(canonical_json(identity_of(claim)))
