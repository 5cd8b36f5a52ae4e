"""review: a person's append-only decision on a claim."""

from __future__ import annotations

from typing import Any, Literal

from garant.case.base import person
from garant.case.claims import ClaimVerbs, corrected
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import Claim, InputError
from garant.ledger import Review, now_stamp, stamp_to_text

_COLUMNS = (
    Column("claim", lambda row: row["claim"][:12], wrap=False),
    column("verdict", "verdict", wrap=False),
    Column("replaced by", lambda row: (row.get("replacement") or "")[:12], wrap=False),
    column("by", "by"),
    column("at", "at", wrap=False),
    column("note", "note"),
)


class ReviewVerbs(ClaimVerbs):
    """review."""

    def review(
        self,
        claim: str | None = None,
        verdict: Literal["accept", "reject", "correct"] | None = None,
        *,
        changes: dict[str, Any] | None = None,
        note: str | None = None,
        by: str | None = None,
    ) -> Result:
        """Accept, reject or correct a claim; without a verdict, list the reviews (of that claim, or all).

        `claim` is an id or its beginning. `changes` are the corrected fields ({"time": "2021-08-05"}; None
        drops one, `quantity.value` reaches inside); a correction enters a new claim of yours and sets this
        one aside; where `says` is not among the changes, its words say what was corrected. Nothing is edited: the
        latest review applies. Returns rows of reviews.
        """
        if verdict is not None:
            self._writable()
        elif changes or note or by:
            raise InputError("no verdict is given", mend="say --accept, --reject or --correct")
        wanted = self._claim_id(claim) if claim else None
        if verdict is None:
            rows = [_row(r) for r, _ in self.ledger.reviews() if wanted in (None, r.claim)]
            return Result(counted(len(rows), "review"), _COLUMNS, rows)
        if wanted is None:
            raise InputError("no claim is named", mend="give its id, or the beginning of it")
        if (verdict == "correct") != bool(changes):
            raise InputError(
                "a correction, and only that, says what to change", mend="give for example time=2021-08-05"
            )
        reviewer, at = person(by), stamp_to_text(now_stamp())
        with self.ledger.writing() as writer:
            replacement, brought = None, None
            if changes:
                replacement = corrected(self._one(wanted), changes, reviewer)
                if replacement.id == wanted:
                    raise InputError("the correction changes nothing that a claim states", mend="change another field")
                writer.claims([replacement])
                brought = bool(writer.added["claims"]) or None
            made = Review(
                claim=wanted,
                verdict=verdict,
                replacement=replacement and replacement.id,
                brought=brought,
                by=reviewer,
                at=at,
                note=note,
            )
            writer.review(made)
        return Result("1 review recorded", _COLUMNS, [_row(made)])

    def _one(self, claim: str) -> Claim:
        query = self.query(ids=[claim], status="all", as_of="9999")
        return self.entries(query)[0].claim


def _row(review: Review) -> Row:
    return review.to_record()
