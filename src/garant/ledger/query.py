"""Asking the ledger for claims: by type, side, source and status, under the clocks.

A question is answered in two steps: which claims (from the columns of `side` or `claim` that the filters and
the three dates need), then their records.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from garant.claims import Claim
from garant.ledger import tables as t
from garant.ledger.clocks import Clocks

STATUSES = ("accepted", "proposed", "rejected", "superseded")
_STATUS_OF_VERDICT = {"accept": "accepted", "reject": "rejected", "correct": "superseded"}
Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """What to ask for; an empty filter passes everything.

    `providers`, `hosts` and `actors` are mention numbers (names already resolved by the caller).
    `statuses` are the statuses after reviews. `limit` None means all.
    """

    clocks: Clocks
    types: Collection[str] = ()
    providers: Collection[int] | None = None
    hosts: Collection[int] | None = None
    actors: Collection[int] | None = None
    sources: Collection[str] = ()
    ids: Collection[str] = ()
    statuses: Collection[str] = ("accepted",)
    limit: int | None = None


@dataclass(frozen=True)
class Entry:
    """A claim as the ledger holds it: its status after reviews, when it was recorded (microseconds since 1970
    UTC), the reviewed claim that it re-reads, and the claim that replaced it. `text` is its record as JSON."""

    id: str
    text: str
    status: str
    recorded_at: int
    alternative_of: str | None = None
    superseded_by: str | None = None

    @cached_property
    def claim(self) -> Claim:
        """The claim; it was checked when it was recorded, and is not checked again here."""
        return Claim.model_validate_json(self.text, context={"trusted": True})

    def to_record(self) -> dict[str, Any]:
        """The claim's record as plain JSON values."""
        record: dict[str, Any] = json.loads(self.text)
        return record


def entries(db: sa.Connection, query: ClaimQuery) -> Iterator[Entry]:
    """Entries in order of time (those without one first), then of recording."""
    frame = _Frame(db, query)
    found = frame.chosen()
    c = t.claim.c
    status = _status(c.seq, c.proposed, query.clocks, frame.outdated)
    columns = (c.digest, c.record, c.recorded_at, c.alternative_of, status, _replacement(query.clocks))
    records = sa.select(*columns).select_from(sa.join(found, t.claim, found.c.seq == c.seq))
    for digest, record, recorded_at, alternative_of, held, replaced_by in db.execute(
        records.order_by(found.c.begun, found.c.seq)
    ):
        replacement = replaced_by if held == "superseded" else None
        yield Entry(digest.hex(), record, held, recorded_at, alternative_of, replacement)


def ids(db: sa.Connection, query: ClaimQuery) -> Iterator[str]:
    """Ids of the claims that `entries` gives, in their order, without reading their records."""
    found = _Frame(db, query).chosen()
    chosen = sa.select(t.claim.c.digest).select_from(sa.join(found, t.claim, found.c.seq == t.claim.c.seq))
    for digest in db.execute(chosen.order_by(found.c.begun, found.c.seq)).scalars():
        yield digest.hex()


def count_unpublished(db: sa.Connection, query: ClaimQuery) -> dict[str, int]:
    """How many claims `known_on` leaves out: of sources published later, and of undated ones."""
    counts = {"later": 0, "undated": 0}
    if query.clocks.known_day is None:
        return counts
    frame = _Frame(db, query)
    per_source = sa.select(frame.source, sa.func.count(sa.distinct(frame.seq))).select_from(frame.table)
    hidden = db.execute(per_source.where(*frame.matching(), *frame.unpublished()).group_by(frame.source)).all()
    latest = _latest_source(query.clocks)
    undated = set(db.execute(sa.select(t.source.c.number).where(latest, t.source.c.known_day.is_(None))).scalars())
    for source, count in hidden:
        counts["undated" if source in undated else "later"] += count
    return counts


class _Frame:
    """Where a question is answered from, with the same columns: `side` if it names a side, else `claim`."""

    def __init__(self, db: sa.Connection, query: ClaimQuery) -> None:
        self._query, self._clocks = query, query.clocks
        by_side = query.providers is not None or query.hosts is not None
        self.table: sa.Table = t.side if by_side else t.claim
        c: Any = self.table.c
        self.seq: sa.ColumnElement[int] = c.claim if by_side else c.seq
        self.begun: sa.ColumnElement[int] = c.begun_day
        self.source: sa.ColumnElement[int] = c.source
        self.repeats = by_side and any(w is None or len(w) > 1 for w in (query.providers, query.hosts))
        reviewed = db.scalar(sa.select(t.review.c.seq).limit(1)) is not None
        self.outdated = _outdated_replacements(db, query.clocks) if reviewed else None

    def chosen(self) -> sa.Subquery:
        """The claims asked for: `seq` and `begun`."""
        chosen = sa.select(self.seq.label("seq"), self.begun.label("begun")).select_from(self.table)
        chosen = chosen.where(*self.matching(), *self.published())
        if self.repeats:  # a claim with two sides that match is still one claim
            chosen = chosen.distinct()
        return chosen.order_by(self.begun, self.seq).limit(self._query.limit).subquery("chosen")

    def matching(self) -> list[Condition]:
        """Conditions of the question and of `as_of` and `ledger_on`, but not of `known_on`."""
        query, c = self._query, self.table.c
        found: list[Condition] = [self.begun <= self._clocks.as_of_day]
        if query.providers is not None:
            found.append(c.provider.in_(sorted(query.providers)))
        if query.hosts is not None:
            found.append(c.host.in_(sorted(query.hosts)))
        if query.types:
            found.append(c.type.in_(sorted(query.types)))
        if query.actors is not None:
            named = sa.select(t.actor.c.claim).where(t.actor.c.mention.in_(sorted(query.actors)))
            found.append(self.seq.in_(named))
        if query.sources:
            numbers = sa.select(t.source.c.number).where(t.source.c.id.in_(sorted(query.sources)))
            found.append(self.source.in_(numbers))
        if query.ids:
            digests = [bytes.fromhex(i) for i in query.ids]
            found.append(self.seq.in_(sa.select(t.claim.c.seq).where(t.claim.c.digest.in_(digests))))
        if self._clocks.ledger_stamp is not None:
            found.append(c.recorded_at <= self._clocks.ledger_stamp)
            found.append(self.source.in_(sa.select(t.source.c.number).where(_latest_source(self._clocks))))
        if set(query.statuses) != set(STATUSES):
            status = _status(self.seq, c.proposed, self._clocks, self.outdated)
            found.append(status.in_(sorted(query.statuses)))
        return found

    def published(self) -> list[Condition]:
        """The condition of `known_on`, if it is asked."""
        return [self.source.in_(self._known())] if self._clocks.known_day is not None else []

    def unpublished(self) -> list[Condition]:
        """What `known_on` leaves out."""
        return [self.source.not_in(self._known())]

    def _known(self) -> sa.Select[tuple[int]]:
        s = t.source.c
        return sa.select(s.number).where(_latest_source(self._clocks), s.known_day <= self._clocks.known_day)


def _latest_source(clocks: Clocks) -> Condition:
    """Whether a row of `source` is the latest version of it by `ledger_on`."""
    newer, s = t.source.alias("newer"), t.source.c
    later = [newer.c.number == s.number, newer.c.seq > s.seq]
    if clocks.ledger_stamp is None:
        return ~sa.exists().where(*later)
    in_time = s.recorded_at <= clocks.ledger_stamp
    return sa.and_(in_time, ~sa.exists().where(*later, newer.c.recorded_at <= clocks.ledger_stamp))


def _status(
    seq: sa.ColumnElement[int],
    proposed: sa.ColumnElement[bool],
    clocks: Clocks,
    outdated: list[int] | None,
) -> sa.ColumnElement[str]:
    """Status of a claim after the latest review by then; `outdated` is None where the ledger holds no review."""
    on_entry: sa.ColumnElement[str] = sa.case((proposed, "proposed"), else_="accepted")
    if outdated is None:
        return on_entry
    verdict = _latest_review(t.review.c.verdict, seq, clocks)
    unreviewed = sa.case((seq.in_(outdated), "superseded"), else_=on_entry)
    return sa.case(_STATUS_OF_VERDICT, value=verdict, else_=unreviewed)


def _replacement(clocks: Clocks) -> sa.ColumnElement[str | None]:
    return _latest_review(t.review.c.replacement_id, t.claim.c.seq, clocks)


def _latest_review(column: sa.ColumnElement[Any], seq: sa.ColumnElement[int], clocks: Clocks) -> sa.ColumnElement[Any]:
    r = t.review.c
    latest = sa.select(column).where(r.claim == seq)
    if clocks.ledger_stamp is not None:
        latest = latest.where(r.recorded_at <= clocks.ledger_stamp)
    return latest.order_by(r.at.desc(), r.id.desc()).limit(1).scalar_subquery()


def _outdated_replacements(db: sa.Connection, clocks: Clocks) -> list[int]:
    """Claims that came in as replacements of corrections which no longer hold.

    A correction holds while it is the latest review of its claim and that claim is not itself an outdated
    replacement. A claim that was there before the correction stands on its own.
    """
    r = t.review.c
    corrected = sa.select(r.claim).where(r.replacement.is_not(None))
    reviews = sa.select(r.claim, r.replacement, r.brought).where(r.claim.in_(corrected)).order_by(r.at, r.id)
    if clocks.ledger_stamp is not None:
        reviews = reviews.where(r.recorded_at <= clocks.ledger_stamp)
    latest: dict[int, int | None] = {}
    brought: set[int] = set()
    for claim, replacement, came_with_it in db.execute(reviews):
        latest[claim] = replacement
        if came_with_it:
            brought.add(replacement)
    standing: set[int] = set()
    waiting = [claim for claim in latest if claim not in brought]
    while waiting:
        replacement = latest.get(waiting.pop())
        if replacement is not None and replacement not in standing:
            standing.add(replacement)
            waiting.append(replacement)
    return sorted(brought - standing)
