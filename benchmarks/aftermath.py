"""What a case holds, read whole with the code that users run: to tell whether a killed import left it as it was."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from garant.case import Case
from garant.claims import Claim, InputError


@dataclass(frozen=True, slots=True)
class State:
    """What a case holds: how much, and one digest of all ids of claims and reviews; `trouble` tells what is wrong."""

    claims: int = 0
    sources: int = 0
    reviews: int = 0
    digest: str = ""
    trouble: str = ""


def state_of(folder: Path) -> State:
    """Open a case and read everything in it; each claim is checked as on entry, which recomputes its id."""
    try:
        ledger = Case.open(folder).ledger
        if damage := ledger.integrity():
            return State(trouble=f"damaged file: {damage}")
        ids = []
        for record, _ in ledger.claim_records():
            claim = Claim.model_validate(json.loads(record))
            ids.append(str(claim.id))
        sources = ledger.sources()
        reviews = sorted(str(review.id) for review, _ in ledger.reviews())
    except (InputError, ValidationError) as error:
        return State(trouble=f"{type(error).__name__}: {error}")
    digest = hashlib.sha256("".join([*sorted(ids), *sorted(sources), *reviews]).encode()).hexdigest()
    return State(len(ids), len(sources), len(reviews), digest)
