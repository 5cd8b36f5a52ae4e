"""What people decide about claims and disagreements: append-only records, each with a content id."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from garant.claims.claim import Moment, Record, Slug, Text
from garant.claims.identity import canonical_json, sha256

ClaimId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Dated(Record):
    """A record whose id is the SHA-256 of its own content; `by` is who decided, `at` when (UTC, ISO 8601)."""

    id: str | None = None
    by: Text
    at: Moment
    note: Text | None = None

    @model_validator(mode="after")
    def _identify(self) -> Self:
        content: dict[str, Any] = self.model_dump(mode="json", exclude_none=True, exclude={"id"})
        computed = sha256(canonical_json(content))
        if self.id is not None and self.id != computed:
            raise ValueError(f"id: {self.id[:12]} does not match its content, whose id is {computed[:12]}")
        object.__setattr__(self, "id", computed)  # frozen; the id is part of construction
        return self


class Review(Dated):
    """A person's decision on a claim.

    `correct` sets it aside for `replacement`, a claim of its own; `brought` says that this claim came in with the
    correction, and so goes when the correction no longer holds.
    """

    claim: ClaimId
    verdict: Literal["accept", "reject", "correct"]
    replacement: ClaimId | None = None
    brought: bool | None = None

    @model_validator(mode="after")
    def _replacement(self) -> Self:
        if (self.verdict == "correct") != (self.replacement is not None):
            raise ValueError("replacement: a correction names the claim that replaces this one, and nothing else does")
        return self


class Decision(Dated):
    """A decision on a disagreement: the side taken, or None to keep it open; the claims it saw; a public note."""

    disagreement: Slug
    side: Text | None = None
    claims: Annotated[list[ClaimId], Field(min_length=1)]
    note: Text
