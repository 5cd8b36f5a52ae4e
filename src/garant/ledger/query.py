"""Asking the ledger for claims: by type, side, source and status, under the clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from garant.claims import Claim
from garant.ledger import tables as t
from garant.ledger.clocks import Clocks

STATUSES = ("accepted", "proposed", "rejected", "superseded")
_STATUS_OF_VERDICT = {"accept": "accepted", "reject": "rejected", "correct": "superseded"}


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as the ledger holds it: its status after reviews, when it was recorded (microseconds since 1970
    UTC), the reviewed claim that it re-reads, and the claim that replaced it."""

    claim: Claim
    status: str
    recorded_at: int
    alternative_of: str | None = None
    superseded_by: str | None = None


def entries(db: sa.Connection, query: ClaimQuery) -> Iterator[Entry]:
    """Entries in order of time (those without one first), then of recording."""
    c = t.claim.c
    status, replacement = _reviewed(query.clocks)
    columns = (c.record, c.recorded_at, c.alternative_of, status.label("status"), replacement.label("by"))
    statement = _filtered(sa.select(*columns), query, status)
    for row in db.execute(statement):
        claim = Claim.model_validate_json(row.record, context={"trusted": True})
        yield Entry(claim, row.status, row.recorded_at, row.alternative_of, row.by)


def count_unpublished(db: sa.Connection, query: ClaimQuery) -> dict[str, int]:
    """How many claims `known_on` leaves out: of sources published later, and of undated ones."""
    if query.clocks.known_day is None:
        return {"later": 0, "undated": 0}
    status, _ = _reviewed(query.clocks)
    known = _known_day(query.clocks)
    later = _filtered(
        sa.select(sa.func.count(sa.distinct(t.claim.c.seq))), query, status, hidden=known > query.clocks.known_day
    )
    undated = _filtered(sa.select(sa.func.count(sa.distinct(t.claim.c.seq))), query, status, hidden=known.is_(None))
    return {"later": db.scalar(later) or 0, "undated": db.scalar(undated) or 0}


def _filtered(
    statement: sa.Select[tuple[object, ...]],
    query: ClaimQuery,
    status: sa.ColumnElement[str],
    hidden: sa.ColumnElement[bool] | None = None,
) -> sa.Select[tuple[object, ...]]:
    """The statement narrowed to the query, in order; with `hidden`, narrowed to what that condition hides instead."""
    c, clocks = t.claim.c, query.clocks
    by_side = query.providers is not None or query.hosts is not None
    begun, type_ = (t.side.c.begun_day, t.side.c.type) if by_side else (c.begun_day, c.type)
    statement = statement.select_from(sa.join(t.side, t.claim, t.side.c.claim == c.seq) if by_side else t.claim)
    for column, wanted in (
        (t.side.c.provider, query.providers),
        (t.side.c.host, query.hosts),
        (type_, query.types or None),
        (c.source, query.sources or None),
    ):
        if wanted is not None:
            statement = statement.where(column.in_(sorted(wanted)))
    if query.actors is not None:
        named = sa.select(t.actor.c.claim).where(t.actor.c.mention.in_(sorted(query.actors)))
        statement = statement.where(c.seq.in_(named))
    if query.ids:
        statement = statement.where(sa.or_(*(c.id.between(i, i + "g") for i in query.ids)))
    statement = statement.where(begun <= clocks.as_of_day)
    if clocks.ledger_stamp is not None:
        statement = statement.where(c.recorded_at <= clocks.ledger_stamp)
    if set(query.statuses) != set(STATUSES):
        statement = statement.where(status.in_(sorted(query.statuses)))
    if hidden is not None:
        return statement.where(hidden)
    if clocks.known_day is not None:
        statement = statement.where(_known_day(clocks) <= clocks.known_day)
    if by_side and _many(query):  # a claim with two sides that match is still one claim
        statement = statement.group_by(c.seq)
    return statement.order_by(begun, c.seq).limit(query.limit)


def _many(query: ClaimQuery) -> bool:
    return any(wanted is None or len(wanted) > 1 for wanted in (query.providers, query.hosts))


def _reviewed(clocks: Clocks) -> tuple[sa.ColumnElement[str], sa.ColumnElement[str | None]]:
    """Status after the latest review by then, and the replacement that a correction named."""
    r = t.review.c
    latest = sa.select(r.verdict).where(r.claim == t.claim.c.id)
    replaced = sa.select(r.replacement).where(r.claim == t.claim.c.id)
    if clocks.ledger_stamp is not None:
        latest = latest.where(r.recorded_at <= clocks.ledger_stamp)
        replaced = replaced.where(r.recorded_at <= clocks.ledger_stamp)
    order = (r.at.desc(), r.id.desc())
    verdict = latest.order_by(*order).limit(1).scalar_subquery()
    unreviewed = sa.case((_outdated_replacement(clocks), "superseded"), else_=t.claim.c.entry_status)
    status = sa.case(_STATUS_OF_VERDICT, value=verdict, else_=unreviewed)
    return status, replaced.order_by(*order).limit(1).scalar_subquery()


def _outdated_replacement(clocks: Clocks) -> sa.ColumnElement[bool]:
    """Whether the claim came in as the replacement of a correction that no longer is the latest review.

    A claim that was there before the correction stands on its own.
    """
    r, later = t.review.alias("r"), t.review.alias("later")
    in_time: sa.ColumnElement[bool] = sa.true()
    newer: sa.ColumnElement[bool] = sa.true()
    if clocks.ledger_stamp is not None:
        in_time = r.c.recorded_at <= clocks.ledger_stamp
        newer = later.c.recorded_at <= clocks.ledger_stamp
    after = sa.or_(later.c.at > r.c.at, sa.and_(later.c.at == r.c.at, later.c.id > r.c.id))
    overtaken = sa.exists().where(later.c.claim == r.c.claim, after, newer)
    brought = sa.and_(r.c.replacement == t.claim.c.id, r.c.recorded_at <= t.claim.c.recorded_at, in_time)
    return sa.and_(sa.exists().where(brought), ~sa.exists().where(brought, ~overtaken))


def _known_day(clocks: Clocks) -> sa.ColumnElement[int]:
    """The day from which the claim's source counts as published, by the source's latest version; NULL if undated."""
    s = t.source.c
    published = sa.select(s.known_day).where(s.id == t.claim.c.source)
    if clocks.ledger_stamp is not None:
        published = published.where(s.recorded_at <= clocks.ledger_stamp)
    return published.order_by(s.seq.desc()).limit(1).scalar_subquery()
