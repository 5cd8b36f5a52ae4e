"""The instrument a sentence names: a numbered resolution, or an agreement, plan or law by its printed name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span

_RESOLUTION = re.compile(r"\b[Rr](?:esolution|ésolution)\s+(\d{1,4})(?:\s*\((\d{4})\))?")
_NAMED = re.compile(
    r"\b(?:[A-Z][\w'-]+ (?:(?:of|on|for|and|the) )*){1,6}"
    r"(?:Agreement|Accord|Pact|Treaty|Protocol|Plan|Strategy|Policy|Framework|Act|Roadmap|Communiqué|Declaration)\b"
)
_TYPES = frozenset({"mandate", "agreement", "strategy_adoption", "deployment", "withdrawal"})


def instrument_of(sentence: Span, claim_type: str) -> dict[str, str] | None:
    """{"name": …} of the instrument that a claim of a type rests on; None where the sentence names none."""
    if claim_type not in _TYPES:
        return None
    text = sentence.text
    if match := _RESOLUTION.search(text):
        return {"name": f"resolution {match[1]}" + (f" ({match[2]})" if match[2] else "")}
    if match := _NAMED.search(text):
        return {"name": re.sub(r"^(?:The|the) ", "", match[0])}
    return None
