"""changes: what this ledger has recorded since a date."""

from __future__ import annotations

import json

from garant.case.base import CaseBase
from garant.case.result import Result, Row, column, counted
from garant.claims import Claim
from garant.claims.wording import statement
from garant.ledger import stamp_to_text
from garant.ledger.clocks import first_moment

_COLUMNS = (
    column("recorded", "recorded_at", wrap=False),
    column("what", "what", wrap=False),
    column("id", "id"),
    column("by", "by"),
    column("summary", "summary"),
)


class ChangeVerbs(CaseBase):
    """changes."""

    def changes(self, since: str | None = None) -> Result:
        """What was recorded from `since` on (a date, from its first moment in UTC, or an ISO time), oldest first.

        Rows are `{recorded_at, what, id, by, summary}` for sources, entities, claims, reviews and decisions.
        """
        after = first_moment(since) if since else None
        rows: list[tuple[int, Row]] = []

        def put(stamp: int, what: str, id: str | None, by: str | None, summary: str) -> None:
            if after is None or stamp >= after:
                row = {"recorded_at": stamp_to_text(stamp), "what": what, "id": id, "by": by, "summary": summary}
                rows.append((stamp, {k: v for k, v in row.items() if v is not None}))

        for source, stamp in self.ledger.source_versions():
            put(stamp, "source", source.id, None, f"{source.publisher}: {source.title}")
        for entity, stamp in self.ledger.entity_versions():
            put(stamp, "entity", entity.id, None, entity.label())
        for renamed, stamp in self.ledger.entity_reviews():
            target = renamed.into or (renamed.alias.name if renamed.alias else "")
            put(stamp, "name review", renamed.id, renamed.by, f"{renamed.action} {renamed.entity} {target}".strip())
        for record, stamp in self.ledger.claim_records():
            if after is None or stamp >= after:
                claim = Claim.model_validate(json.loads(record), context={"trusted": True})
                put(stamp, "claim", claim.id, claim.coder.name, f"{claim.type}: {statement(claim)}")
        for review, stamp in self.ledger.reviews():
            put(
                stamp,
                "review",
                review.id,
                review.by,
                f"{review.verdict} {review.claim[:12]} {review.note or ''}".strip(),
            )
        for decision, stamp in self.ledger.decisions():
            put(stamp, "decision", decision.id, decision.by, f"{decision.side or 'kept open'}: {decision.note}")
        rows.sort(key=lambda pair: pair[0])
        return Result(counted(len(rows), "change"), _COLUMNS, [row for _, row in rows])
