"""The two clocks and the ledger date, as every query takes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from garant.claims.period import Period, last_day_of
from garant.errors import InputError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.date().toordinal()
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Clocks:
    """Which claims count.

    `as_of_day`: ordinal day; what had begun by then (default today). `known_day`: ordinal day; what had been
    published by then (None: no limit). `ledger_stamp`: microseconds since 1970 UTC; what this ledger had
    recorded by then (None: now). The texts are kept as the user gave them, for print.
    """

    as_of_day: int
    known_day: int | None = None
    ledger_stamp: int | None = None
    as_of: str | None = None
    known_on: str | None = None
    ledger_on: str | None = None

    @staticmethod
    def read(as_of: str | None = None, known_on: str | None = None, ledger_on: str | None = None) -> Clocks:
        """Clocks from what a user writes: EDTF dates (a partial date is its last day); `ledger_on` may be a time."""
        today = datetime.now().astimezone().date()  # the user's own day
        return Clocks(
            as_of_day=_day(as_of, "as_of") if as_of else today.toordinal(),
            known_day=_day(known_on, "known_on") if known_on else None,
            ledger_stamp=_moment(ledger_on) if ledger_on else None,
            as_of=as_of,
            known_on=known_on,
            ledger_on=ledger_on,
        )


def now_stamp() -> int:
    """Microseconds since 1970 UTC."""
    return (datetime.now(UTC) - _EPOCH) // timedelta(microseconds=1)


def stamp_to_text(stamp: int) -> str:
    """ISO 8601 in UTC with microseconds, as the text form carries `recorded_at`."""
    return (_EPOCH + timedelta(microseconds=stamp)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text_to_stamp(text: str) -> int:
    """Microseconds since 1970 from an ISO 8601 date-time; one without a zone is UTC. InputError otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        hint = "use ISO 8601 such as 2026-11-22T10:30:00Z"
        raise InputError(f"'{text}' is no date and time", mend=hint) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not 1970 < moment.year < 9999:  # noqa: PLR2004  # before computers, or past what a date can hold
        raise InputError(f"'{text}' lies outside 1971-9998", mend="correct the year")
    return (moment - _EPOCH) // timedelta(microseconds=1)


def first_moment(text: str) -> int:
    """The stamp from which something counts as recorded since a date (its first day in UTC) or an ISO time."""
    if "T" in text:
        return text_to_stamp(text)
    first = Period.parse(text).first_day
    if first is None:
        raise InputError(f"'{text}' has no first day", mend="give a day, month or year such as 2021-06")
    return (first.toordinal() - _EPOCH_DAY) * _DAY


def _day(text: str, clock: str) -> int:
    try:
        return last_day_of(text)
    except InputError as error:
        raise error.at(clock) from None


def _moment(text: str) -> int:
    if "T" in text:
        return text_to_stamp(text)
    return (_day(text, "ledger_on") + 1 - _EPOCH_DAY) * _DAY - 1
