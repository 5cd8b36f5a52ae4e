"""Our own sentences with the claims a coder finds, and how found claims are matched to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from garant.claims import Claim

PUBLISHED = "2024-06-12"
#: Types that tell views, tasks and ties: judged on views.txt only.
SOFT = frozenset(
    [
        "support_role",
        "institution",
        "violation",
        "sector_cooperation",
        "political_event",
        "assessment",
        "recommendation",
        "intent_or_motive",
    ]
)
#: Types of what a host allows and of measures: judged on measures.txt only.
MEASURES = frozenset(
    [
        "consent_given",
        "consent_restricted",
        "consent_withdrawn",
        "disarmament",
        "sanction",
        "arms_flow",
        "concession",
    ]
)
#: Types that carry numbers and dates: judged on all other files.
HARD = frozenset(
    [
        "deployment",
        "withdrawal",
        "operation_handover",
        "force_strength",
        "force_structure",
        "recruitment",
        "training",
        "agreement",
        "mandate",
        "strategy_adoption",
        "contribution_rank",
        "attack",
        "casualties",
        "meeting_visit",
        "leadership_change",
        "election",
    ]
)


@dataclass
class Expected:
    """One claim a coder finds: what is None was not stated or is not checked."""

    type: str
    actors: list[tuple[str, str]]
    quantity: tuple[float | None, float | None] | None
    time: str | None
    modality: str


@dataclass
class Judged:
    """A sentence and the claims in it."""

    text: str
    claims: list[Expected] = field(default_factory=list)


def sentences(name: str = "sentences.txt") -> list[Judged]:
    """The judged sentences of a file."""
    found: list[Judged] = []
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            found[-1].claims.append(_expected(line[2:]))
        elif line.strip() and not line.startswith("#") and not line.startswith("> "):
            found.append(Judged(line))
    return found


def _expected(line: str) -> Expected:
    kind, actors, quantity, time, modality = (part.strip() for part in line.split(" | "))
    pairs = [] if actors == "-" else [tuple(a.strip().split(":", 1)) for a in actors.split(";")]
    bounds = None
    if quantity != "-":
        low, high = quantity.split("-")
        bounds = tuple(None if n == "None" else float(n) for n in (low, high))
    return Expected(kind, pairs, bounds, None if time == "-" else time, modality)  # type: ignore[arg-type]  # as parsed


def judged_types(name: str) -> frozenset[str]:
    """The types that a file of sentences codes; found claims of other types are not judged."""
    return {"views.txt": SOFT, "measures.txt": MEASURES}.get(name, HARD)


def bounds(claim: Claim) -> tuple[float | None, float | None] | None:
    """(low, high) of a found claim."""
    return claim.quantity.bounds if claim.quantity else None


def right(found: Claim, wanted: Expected) -> bool:
    """Whether a found claim says what the coder found: type, named actors in their roles, number, time, modality."""
    if found.type != wanted.type or found.modality != wanted.modality:
        return False
    if wanted.quantity is not None and bounds(found) != wanted.quantity:
        return False
    if wanted.time is not None and (found.time or "").replace("~", "") != wanted.time.replace("~", ""):
        return False
    return all(any(_same(a.name, name) and a.role == role for a in found.actors) for role, name in wanted.actors)


def _same(one: str, two: str) -> bool:
    return two.lower() in one.lower() or one.lower() in two.lower()
