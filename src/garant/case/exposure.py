"""exposure: where civilians meet recorded violence, by whom, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from garant.case.exposed import (
    TRACE,
    WATERMARK,
    Exposure,
    geojson_of,
    geoparquet_of,
    period_of,
    ranking_columns,
    reversals,
    rows_columns,
    write,
)
from garant.case.recorded import Evidence, RecordedCase, lag_day
from garant.case.result import Row, counted
from garant.claims import InputError
from garant.claims.period import Period
from garant.claims.rules import unknown
from garant.exposure.settings import OUTSIDE, UNPLACED
from garant.ledger import Clocks

BY = ("area", "cell", "site")
EVERY = ("total", "year", "month")
#: Radius of a site, in km, unless another is asked for.
RADIUS_KM = 30.0
#: Bandwidths in time after which a kernel reaches nothing that is told of.
REACH = 4
#: Said of a ranking that rests on surfaces that come with the case.
_SUMMED = (
    "chances are rough: of 200 surfaces added up, drawn year by year; load the events for those of the span itself, of "
    "place and day alone, and of single outlets"
)


class ExposureVerbs(RecordedCase):
    """exposure."""

    def exposure(
        self,
        from_: str | None = None,
        to: str | None = None,
        *,
        by: str = "area",
        every: str = "total",
        dataset: str | None = None,
        perpetrator: str | None = None,
        violence: str | None = None,
        without: str | None = None,
        rank: bool = False,
        site: Sequence[str] = (),
        radius: float = RADIUS_KM,
        draws: int | None = None,
        seed: int | None = None,
        local: bool = False,
        geojson: str | Path | None = None,
        geoparquet: str | Path | None = None,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Exposure:
        """Recorded lethal violence by area, cell or site, period and perpetrator; not threat, not vulnerability.

        Rows as `garant.exposure.measure.measure` returns them, or with `rank` as `garant.exposure.ranking.worst` does.
        `from_` and `to` are dates (a partial one means its first and last day); `every` splits the span into years or
        months. `perpetrator` is a name or a kind, `without` an outlet whose events are left out where it alone tells
        them. Sites (`site`, else every place where claims put personnel) are discs of `radius` km. `geojson` and
        `geoparquet` also write the rows; finer than areas, or later than six months ago, only with `local`, which marks
        them. Raises InputError for unknown words and where no events are at hand.
        """
        for word, what, known in ((by, "unit", BY), (every, "period", EVERY)):
            if word not in known:
                raise InputError(unknown(what, word, known))
        clocks, finer = Clocks.read(as_of, known_on, ledger_on), by != "area"
        if finer and not local and (geojson or geoparquet):
            raise InputError(f"a file by {by} would be finer than areas", mend="add --local to keep it for yourself")
        until, why = _horizon(clocks, local=local)
        evidence = self._evidence(dataset, clocks, bandwidth=not rank, until=until)
        periods, cut = _periods(evidence, from_, to, every, (until, why))
        asked = _Asked(by, perpetrator, violence, without, rank, draws, seed)
        if evidence.record is None:
            rows = _untouched_by_later(_of_figures(evidence, periods, asked, every), evidence, until)
            outlines = self._outlines(evidence, by)
        else:
            places = self._places(site, radius, clocks) if by == "site" else ()
            rows, outlines = self._of_events(evidence, periods, asked, places)
            cut += [f"a site is what lies within {radius:g} km; what is near several counts for each"] if places else []
        rows.sort(
            key=lambda r: (
                (r["from"], r["rank"]) if rank else (r["from"], -r["expected"], -(r["intensity"] or 0.0), r["name"])
            )
        )
        fine = finer or _recent(evidence)
        if fine:
            rows = [row | {"local_only": True} for row in rows]
        made = _answer(evidence, asked, rows, cut, outlines, fine=fine)
        if geojson:
            write(Path(geojson), geojson_of(made))
        if geoparquet:
            write(Path(geoparquet), geoparquet_of(made))
        return made

    def _of_events(
        self, evidence: Evidence, periods: Sequence[tuple[date, date]], asked: _Asked, places: Sequence[Any]
    ) -> tuple[list[Row], dict[str, Any]]:
        from garant.exposure import units
        from garant.exposure.measure import measure
        from garant.exposure.ranking import worst

        record = evidence.record
        assert record is not None  # noqa: S101  # the caller asked for events
        record = record.only(asked.chosen(record.events))
        match asked.by:
            case "area":
                by = units.areas(record.ground, record.events)
            case "cell":
                by = units.cells(record.ground, record.events)
            case _:
                if not places:
                    raise InputError(
                        "no claim puts personnel at a place with coordinates", mend="name places with --site"
                    )
                by = units.places(record.ground, record.events, places)
        if asked.rank:
            rows = [row for span in periods for row in worst(record, by, span, draws=asked.draws, seed=asked.seed)]
        else:
            rows = measure(record, by, periods)
        return rows, _outlines(by.kind, by.ids, evidence, places)

    @staticmethod
    def _outlines(evidence: Evidence, by: str) -> dict[str, Any]:
        assert evidence.figures is not None  # noqa: S101  # the caller found no events
        ids = tuple({row["unit"] for row in evidence.figures.rows(by)}) if by != "site" else ()
        return _outlines(by, ids, evidence, ())


def _answer(
    evidence: Evidence, asked: _Asked, rows: list[Row], cut: list[str], outlines: dict[str, Any], *, fine: bool
) -> Exposure:
    """Rows with their title, what must be said beside them, and the citation."""
    from garant.exposure.bandwidth import told

    origin, rank = evidence.origin, asked.rank
    notes = [
        f"{origin['title']} {origin['version']}; the data end on {evidence.span[1].isoformat()}",
        *cut,
        *evidence.notes,
        *(reversals(rows) if rank else told(evidence.bandwidth)),
        *([_SUMMED] if rank and rows and rows[0]["p_worst_place"] is None else []),
        "Low recorded violence may be a base's effect or a reporter's absence",
        "low, best and high counts are scenarios, no interval; unreported events are in no column",
        *([WATERMARK] if fine else []),
    ]
    printed = [r for r in rows if rank or r["events"] or max(r["expected"], r["intensity"] or 0) >= TRACE]
    if left := len(rows) - len(printed):
        notes.insert(
            -1, f"{left} lines without an event, of less than {TRACE:g} deaths by any model, are in --json only"
        )
    when = f"{period_of({'from': rows[0]['from'], 'to': rows[-1]['to']})}, " if rows else ""
    units = counted(len({row["unit"] for row in rows if row["events"]} - {OUTSIDE, UNPLACED}), asked.by)
    by_people = evidence.record is not None and evidence.record.people is not None
    if by_people:
        notes.insert(-1, "by people: events of roughly known place spread by where people live, not by surface")
    return Exposure(
        f"{units} with recorded violence, {when}{origin['title']} {origin['version']}",
        (ranking_columns if rank else rows_columns)(printed, by_people=by_people),
        rows,
        notes,
        printed=printed,
        outlines=outlines,
        watermark=WATERMARK if fine else "",
        cite=_cite(evidence),
        data_end=evidence.span[1].isoformat(),
    )


def _cite(evidence: Evidence) -> str:
    origin = evidence.origin
    people = f"; people: {evidence.people}" if evidence.people else ""
    return f"{origin['citation']} ({origin['licence']}); outlines: {evidence.areas.cite}{people}"


def _horizon(clocks: Clocks, *, local: bool) -> tuple[date, str]:
    """The last day that may be told of, and why: the day asked for, and without `local` six months ago."""
    from garant.exposure.settings import settings

    lag = settings()["lag_days"]
    ends = [(date.fromordinal(clocks.as_of_day), f"nothing after {clocks.as_of or 'today'} is told")]
    if not local:
        ends.append((lag_day(lag), f"the last {lag} days are told only with --local"))
    return min(ends)


def _recent(evidence: Evidence) -> bool:
    """Whether what is told rests on days that leave the desk only with `local`; the kernel knows of all of them."""
    from garant.exposure.settings import settings

    return evidence.span[1] > lag_day(settings()["lag_days"])


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for besides the period."""

    by: str
    perpetrator: str | None
    violence: str | None
    without: str | None
    rank: bool
    draws: int | None
    seed: int | None

    def chosen(self, events: Any) -> Any:
        """Which events are asked for; InputError where a word fits none."""
        import numpy as np

        from garant.exposure.outlets import alone, outlets_of

        kept = np.ones(len(events), dtype=bool)
        if self.perpetrator is not None:
            kept &= _fits(events["perpetrator"], events["perpetrator_kind"], self.perpetrator)
        if self.violence is not None:
            kinds = sorted(events["violence"].unique())
            if self.violence not in kinds:
                raise InputError(unknown("kind of violence", self.violence, kinds))
            kept &= events["violence"].eq(self.violence).to_numpy()
        if self.without is not None:
            behind = outlets_of(events["outlets"])
            known = sorted({name for names in behind for name in names})
            if self.without not in known:
                raise InputError(unknown("outlet", self.without, known))
            kept &= ~alone(behind, self.without)
        return kept


def _is_kind(word: str | None) -> bool:
    from garant.exposure.settings import settings

    return word in settings()["perpetrator_kinds"]


def _fits(names: Any, kinds: Any, word: str) -> Any:
    """Events of a kind of perpetrator, or of one by name, alone or in a clash."""
    if (kinds == word).any() or _is_kind(word):
        return kinds.eq(word).to_numpy()
    found = names.eq(word) | names.str.startswith(f"{word} - ") | names.str.endswith(f" - {word}")
    if not found.any():
        raise InputError(unknown("perpetrator", word, [*sorted(kinds.unique()), *sorted(names.unique())]))
    return found.to_numpy()


def _of_figures(evidence: Evidence, periods: Sequence[tuple[date, date]], asked: _Asked, every: str) -> list[Row]:
    """Rows of the figures that a case carries: whole years, by area or cell."""
    from garant.exposure.summed import ranking_over, rows_over

    assert evidence.figures is not None  # noqa: S101  # the caller found no events
    name = evidence.origin["dataset"]
    load = f"load the events with 'garant load {name} FILE'"
    if asked.by == "site" or every == "month":
        raise InputError("the figures that come with the case are by year, area and cell", mend=load)
    if asked.without or asked.draws or asked.seed is not None:
        raise InputError("outlets and draws need the events themselves", mend=load)
    if any((a.month, a.day, b.month, b.day) != (1, 1, 12, 31) for a, b in periods):
        raise InputError("the figures that come with the case are of whole years", mend=f"ask for years, or {load}")
    rows = evidence.figures.rows(asked.by)
    _known(asked, rows)
    if asked.rank:
        kinds = {row["perpetrator_kind"] for row in rows}
        if asked.perpetrator is not None and asked.perpetrator not in kinds:
            told = f"the rankings that come with the case are by kind of perpetrator ({', '.join(sorted(kinds))})"
            raise InputError(told, mend=f"ask for a kind, or {load}")
        return [
            row
            for a, b in periods
            for row in ranking_over(evidence.figures, asked.by, a, b, violence=asked.violence, kind=asked.perpetrator)
        ]
    rows = [r for r in rows if asked.perpetrator in (None, r["perpetrator"], r["perpetrator_kind"])]
    rows = [r for r in rows if asked.violence in (None, r["violence"])]
    return [row for a, b in periods for row in rows_over(rows, a, b)]


def _untouched_by_later(rows: list[Row], evidence: Evidence, until: date) -> list[Row]:
    """Rows whose intensity no event after a day has reached; where one may have, the intensity is not told."""
    if until >= evidence.span[1]:
        return rows
    reach = timedelta(days=REACH * evidence.bandwidth.time_days)
    free = (until - reach).isoformat()
    return [row | {"intensity": None} if row["to"] > free and "intensity" in row else row for row in rows]


def _known(asked: _Asked, rows: Sequence[Row]) -> None:
    """InputError for a perpetrator or kind of violence that the figures do not know."""
    kinds = sorted({row["perpetrator_kind"] for row in rows})
    names = sorted({row["perpetrator"] for row in rows})
    who = asked.perpetrator
    if who is not None and who not in (*kinds, *names) and not _is_kind(who):
        raise InputError(unknown("perpetrator", who, [*kinds, *names]))
    violence = sorted({row["violence"] for row in rows})
    if asked.violence is not None and asked.violence not in violence:
        raise InputError(unknown("kind of violence", asked.violence, violence))


def _periods(
    evidence: Evidence, from_: str | None, to: str | None, every: str, horizon: tuple[date, str]
) -> tuple[list[tuple[date, date]], list[str]]:
    """The periods asked for, inside the data, and what was cut off."""
    from garant.exposure.events import months, years

    first = _day(from_, "--from", last=False) or evidence.span[0]
    last = _day(to, "--to", last=True) or (_day(from_, "--from", last=True) if from_ else evidence.span[1])
    if last is None or last < first:
        raise InputError(f"the period ends ({to}) before it begins ({from_})", mend="exchange the two dates")
    if last < evidence.span[0] or first > evidence.span[1]:
        told = f"the data cover {evidence.span[0].isoformat()} to {evidence.span[1].isoformat()} only"
        why = f" ({horizon[1]})" if evidence.span[1] == horizon[0] else ""
        raise InputError(f"{told}{why}", mend="ask for a period in them")
    begins = first < evidence.span[0] and from_ is not None
    cut = [f"the data begin on {evidence.span[0].isoformat()}"] if begins else []
    for end, reason in (horizon, (evidence.span[1], "the data end before the period does")):
        if last > end:
            last, cut = end, [*cut, reason]
    first = max(first, evidence.span[0])
    if evidence.record is None and cut and (last.month, last.day) != (12, 31):
        last = date(last.year - 1, 12, 31)  # figures are of whole years
        if last < first:
            raise InputError(f"no whole year had passed by then ({cut[-1]})", mend="ask for an earlier period")
    split = {"total": lambda a, b: [(a, b)], "year": years, "month": months}
    return split[every](first, last), cut


def _day(text: str | None, option: str, *, last: bool) -> date | None:
    if text is None:
        return None
    try:
        period = Period.parse(text)
    except InputError as error:
        raise error.at(option) from None
    found = period.last_day if last else period.first_day
    if found is None:
        raise InputError(
            f"'{text}' has no {'last' if last else 'first'} day", where=option, mend="give a day, month or year"
        )
    return found


def _outlines(by: str, ids: Sequence[str], evidence: Evidence, places: Sequence[Any]) -> dict[str, Any]:
    import shapely

    if by == "area":
        return {area.code: area.outline for area in evidence.areas.areas}
    if by == "cell":
        from garant.geo import bounds

        return {cell: shapely.box(*(float(edge) for edge in bounds(int(cell)))) for cell in ids if cell.isdigit()}
    return {place.id: shapely.Point(place.longitude, place.latitude) for place in places}
