"""review: a person's append-only decision on a claim or a disagreement."""

from __future__ import annotations

from typing import Any, Literal

from garant.case.base import person
from garant.case.claims import corrected
from garant.case.disagreements import DisagreementVerbs, one_of
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import Claim, InputError
from garant.ledger import Decision, Review, now_stamp, stamp_to_text
from garant.reconcile import Disagreement

_COLUMNS = (
    Column("claim", lambda row: row["claim"][:12], wrap=False),
    column("verdict", "verdict", wrap=False),
    Column("replaced by", lambda row: (row.get("replacement") or "")[:12], wrap=False),
    column("by", "by"),
    column("at", "at", wrap=False),
    column("note", "note"),
)
_DECIDED = (
    Column("disagreement", lambda row: row["disagreement"][:8], wrap=False),
    Column("side", lambda row: f"that of claim {row['side'][:12]}" if row.get("side") else "kept open"),
    column("by", "by"),
    column("at", "at", wrap=False),
    column("note", "note"),
)


class ReviewVerbs(DisagreementVerbs):
    """review."""

    def review(
        self,
        claim: str | None = None,
        verdict: Literal["accept", "reject", "correct"] | None = None,
        *,
        changes: dict[str, Any] | None = None,
        disagreement: str | None = None,
        side: int | str | None = None,
        keep_open: bool = False,
        above: float | None = None,
        note: str | None = None,
        by: str | None = None,
    ) -> Result:
        """Accept, reject or correct a claim; without a verdict, list the reviews (of that claim, or all).

        `claim` is an id or its beginning. `changes` are the corrected fields ({"time": "2021-08-05"}; None
        drops one, `quantity.value` reaches inside); a correction enters a new claim of yours and sets this
        one aside; where `says` is not among the changes, its words say what was corrected. Nothing is edited: the
        latest review applies. Returns rows of reviews.

        With `above` (0-1) and the verdict accept, every proposal that is at least so sure and that nobody has reviewed
        is accepted, in one transaction.

        With `disagreement` (an id or its beginning) the decision is on that: `side` takes a side (its number as
        `disagreements` lists it, or a claim on it), `keep_open` says that it cannot be settled; either needs a `note`,
        which is public. Without them the decisions on it are listed.
        """
        if disagreement is not None:
            if claim or verdict or changes:
                raise InputError(
                    "a decision on a disagreement takes no verdict on a claim", mend="give one or the other"
                )
            return self._decide(disagreement, side, keep_open, note, by)
        if side is not None or keep_open:
            raise InputError("no disagreement is named", mend="give its id with --disagreement")
        if verdict is not None:
            self._writable()
        elif changes or note or by:
            raise InputError("no verdict is given", mend="say --accept, --reject or --correct")
        if above is not None:
            return self._accept_above(above, claim, verdict, note, by)
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

    def _accept_above(
        self, above: float, claim: str | None, verdict: str | None, note: str | None, by: str | None
    ) -> Result:
        """Accept the proposals that are sure enough."""
        if verdict != "accept" or claim:
            raise InputError("a sureness goes with accepting all that reach it", mend="say --accept --above 0.8")
        query = self.query(status="proposed", as_of="9999")
        found = [e.claim for e in self.entries(query) if e.claim.confidence is not None and e.claim.confidence >= above]
        reviewer, at = person(by), stamp_to_text(now_stamp())
        told = note or f"accepted as at least {above:g} sure"
        made = [Review(claim=str(c.id), verdict="accept", by=reviewer, at=at, note=told) for c in found]
        with self.ledger.writing() as writer:
            for review in made:
                writer.review(review)
        return Result(f"{counted(len(made), 'review')} recorded", _COLUMNS, [_row(r) for r in made])

    def _decide(
        self, disagreement: str, side: int | str | None, keep_open: bool, note: str | None, by: str | None
    ) -> Result:
        """Record a decision on a disagreement, or list those on it."""
        found = one_of(self.reconciled().disagreements(), disagreement)
        if side is None and not keep_open:
            if note or by:
                raise InputError("no decision is given", mend="say --side N or --keep-open")
            held = [d for d, _ in self.ledger.decisions() if d.disagreement == found.id]
            return Result(counted(len(held), "decision"), _DECIDED, [d.to_record() for d in held])
        self._writable()
        if side is not None and keep_open:
            raise InputError("a side and keeping it open exclude each other", mend="give one of them")
        if not note:
            raise InputError("a decision needs a public note", mend="say why with --note")
        taken = None if side is None else _side(found, str(side))
        made = Decision(
            disagreement=found.id, side=taken, claims=sorted(found.claims), note=note, by=person(by),
            at=stamp_to_text(now_stamp()),
        )  # fmt: skip
        with self.ledger.writing() as writer:
            writer.decision(made)
        return Result("1 decision recorded", _DECIDED, [made.to_record()])

    def _one(self, claim: str) -> Claim:
        query = self.query(ids=[claim], status="all", as_of="9999")
        return self.entries(query)[0].claim


def _side(found: Disagreement, word: str) -> str:
    """The claim that stands for a side in a decision: the first of it, whatever it is called later."""
    if word.isdigit() and 1 <= int(word) <= len(found.sides):
        return found.sides[int(word) - 1].claims[0]
    fitting = [claim for claim in found.claims if claim.startswith(word.lower())]
    if len(fitting) != 1:
        raise InputError(f"'{word}' is no side of it", mend=f"give a number from 1 to {len(found.sides)}")
    return fitting[0]


def _row(review: Review) -> Row:
    return review.to_record()
