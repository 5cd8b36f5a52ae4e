"""forces, consent, tasks: who is there, how many, on whose word, and for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from garant.case.asked import WHO, AskedVerbs, Clock, cited, day, force_row, name, whole
from garant.case.reconciled import Reconciled
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import InputError, vocabulary
from garant.claims.rules import unknown
from garant.claims.wording import strength_text
from garant.forces import Point
from garant.forces.consent import UNKNOWN, consent, consented, fields, papers_text
from garant.forces.tasks import tasks
from garant.forces.units import ASSUMED
from garant.ledger import collector_off


def _strength(row: Row) -> str:
    return strength_text(row["points"][-1]["low"], row["points"][-1]["high"])


def _count(row: Row) -> str:
    planned = f" (+{len(row['planned'])} planned or alleged)" if row["planned"] else ""
    return f"{len(row['claims'])}{planned}"


_FORCES = (
    *WHO,
    Column("personnel", lambda row: row["personnel"].replace("_", " "), wrap=False),
    Column("strength", _strength, share=2),
    Column("last told", lambda row: row["points"][-1]["counted"] or row["points"][-1]["from"], wrap=False),
    Column("", lambda row: "stale" if row["points"][-1]["stale"] else "", wrap=False),
    Column("if", lambda row: row["hypothesis"], share=5),
    Column("claims", lambda row: cited(row["points"][-1]["claims"]), share=3, spare=True),
)
_CONSENT = (
    *WHO,
    Column("field", lambda row: row["field"].replace("_", " "), wrap=False),
    Column("what is told", lambda row: row["value"] + (f" (of {row['_through']})" if row["through"] else ""), share=5),
    Column("when", lambda row: row["when"], share=3),
    Column("details", lambda row: "; ".join(f"{k}: {v}" for k, v in row["details"].items()), share=4, spare=True),
    Column("claims", lambda row: cited(row["claims"]), share=2, spare=True),
)
_TASKS = (
    *WHO,
    Column("task", lambda row: row["task"].replace("_", " "), share=3),
    column("protects", "protects", wrap=False),
    Column("for", lambda row: ", ".join(row["beneficiaries"]), share=3),
    Column("when", lambda row: row["when"], share=3),
    Column("papers", lambda row: papers_text(row["papers"]) or "none named", share=4),
    Column("told", _count, wrap=False),
)


class ForceVerbs(AskedVerbs):
    """forces, consent and tasks."""

    @collector_off()
    def forces(
        self, *, host: str | None = None, provider: str | None = None, regime: str | None = None,
        assume: str | None = None, proposed: bool = False,
        as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """Who has how many where, under which regime, over time, as bands that never average.

        Rows `{force, provider, host, regime, personnel, hypothesis, points}`: a point is `{from, to, low, high,
        stale, counted, claims}`, persons from one day (inclusive) to another (exclusive, null: open); both bounds null
        is "present, strength unknown", `high` null beside a `low` "at least". Where sources dispute a size each reading
        is a row, unless a public decision takes one. `predecessor` names the force whose contingent it took over. The
        `assume` is a claim that states the size of a unit: only under it are counts of such units read as people. The
        table shows what holds at the end. Forces of different regimes are never added up.
        """
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        names, last = self._register(reconciled.clocks), reconciled.clocks.as_of_day
        chosen = self._chosen(reconciled, host, provider, regime)
        rows: list[Row] = []
        for band in self._bands(reconciled, assume):
            points = [_point(p, last) for p in band.points if p.start <= last]
            if points and chosen(band.series.force):
                row = force_row(band.series.force, names, self.settings.country)
                row |= {"personnel": band.series.personnel, "hypothesis": band.hypothesis, "points": points}
                if band.predecessor:
                    row["predecessor"] = force_row(band.predecessor, names, self.settings.country)["force"]
                rows.append(row)
        title = f"{counted(len({r['force'] for r in rows}), 'force')}, never added up across regimes"
        return Result(title, _FORCES, _public(rows), self._unshaped(reconciled), printed=_alike(rows))

    @collector_off()
    def consent(
        self, *, host: str | None = None, provider: str | None = None, regime: str | None = None,
        field: str | None = None, proposed: bool = False,
        as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """On whose word each force is where it is: every field of its authority, dated, "unknown" where nobody tells.

        Rows `{force, provider, host, regime, field, value, when, details, through, claims}`; fields are authoriser,
        host_consent, restriction, withdrawal_of_consent, paper, command, rules_of_engagement, status_agreement, payer,
        lent_from and predecessor. Rival values stand beside each other. `through` is the operation whose authority
        a contingent has where nothing is told of its own.
        """
        if field is not None and field not in fields():
            raise InputError(unknown("field", field, fields()))
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        names, shown = self._register(reconciled.clocks), list(reconciled.shown().values())
        chosen = self._chosen(reconciled, host, provider, regime)
        forces = {band.series.force for band in self._bands(reconciled)} | consented(shown)
        told = consent(shown, forces, reconciled.disagreements())
        rows = [
            {
                **force_row(s.force, names, self.settings.country),
                "field": s.field,
                "value": s.value,
                "when": s.when,
                "details": dict(s.details),
                "through": s.through,
                "claims": list(s.claims),
                "_through": name(s.through, names) if s.through else "",
            }
            for s in told
            if field in (None, s.field) and chosen(s.force) and s.force.foreign_to(None)
        ]
        missing = sum(row["value"] == UNKNOWN for row in rows)
        title = f"{counted(len(rows) - missing, 'statement')} on consent and authority, {missing} unknown"
        return Result(title, _CONSENT, _public(rows), self._unshaped(reconciled), printed=rows)

    @collector_off()
    def tasks(
        self, *, host: str | None = None, provider: str | None = None, regime: str | None = None,
        task: str | None = None, beneficiary: str | None = None, protects: str | None = None,
        proposed: bool = False, as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """What each force is used for and for whom, as counts of claims; sorts of protection apart.

        Rows `{force, provider, host, regime, task, protects, beneficiaries, from, to, when, papers, claims,
        planned}`: `from` and `to` are the earliest and latest day it may cover, `when` its time as sources give it;
        `protects` is civilian, regime (head of state, government sites), host_forces, commercial, mission or none.
        `task` and `beneficiary` ("head_of_state" as in a task's own word, or anybody's name) choose. A task that no
        claim rests on a paper says so. What is planned, alleged or recommended is counted apart.
        """
        listed = vocabulary()["lists"]["task"]
        if task is not None and task not in listed:
            raise InputError(unknown("task", task, listed))
        if protects is not None and protects not in (
            sorts := ("civilian", "regime", "host_forces", "commercial", "mission", "none")
        ):
            raise InputError(unknown("sort of protection", protects, sorts))
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        names, shown = self._register(reconciled.clocks), list(reconciled.shown().values())
        chosen = self._chosen(reconciled, host, provider, regime)
        wanted = self._beneficiary(beneficiary, reconciled)
        rows = [
            {
                **force_row(told.force, names, self.settings.country),
                "task": told.task,
                "protects": told.protects,
                "beneficiaries": [name(b, names) for b in told.beneficiaries],
                "from": day(told.first),
                "to": None if told.ongoing else day(told.last),
                "when": told.when,
                "papers": list(told.papers),
                "claims": list(told.claims),
                "planned": list(told.planned),
            }
            for told in tasks(shown)
            if chosen(told.force)
            and task in (None, told.task)
            and protects in (None, told.protects)
            and wanted(told.task, told.beneficiaries)
        ]
        title = f"{counted(len(rows), 'task')}, as counts of claims and never of troops"
        return Result(title, _TASKS, _public(rows), self._unshaped(reconciled), printed=rows)

    def _beneficiary(self, word: str | None, reconciled: Reconciled) -> Callable[[str, Sequence[str]], bool]:
        if word is None:
            return lambda _task, _named: True
        if any(_ends(t, word) for t in vocabulary()["lists"]["task"]):
            return lambda named_task, _named: _ends(named_task, word)
        entity = self._entity_called(word, reconciled)
        return lambda _task, named: entity in named


def _ends(task: str, word: str) -> bool:
    """Whether a word is a task's own, or its last words: "head_of_state" of "protect_head_of_state"."""
    return bool(word) and (task == word or task.endswith(f"_{word}"))


def _public(rows: Sequence[Row]) -> list[Row]:
    """Rows without what only the printed table needs."""
    return [{key: value for key, value in row.items() if not key.startswith("_")} for row in rows]


def _point(point: Point, as_of: int) -> dict[str, Any]:
    end = point.end if point.end is not None and point.end <= as_of else None
    return {
        "from": day(point.start),
        "to": day(end),
        "low": whole(point.low),
        "high": whole(point.high),
        "stale": point.stale,
        "counted": day(None if point.counted is None else min(point.counted, as_of)),
        "claims": list(point.claims),
    }


def _alike(rows: Sequence[Row]) -> list[Row]:
    """Rows for print: hypotheses under which the same holds at the end are one line."""
    lines: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        last = row["points"][-1]
        lines.setdefault((row["force"], row["personnel"], last["low"], last["high"]), []).append(row)
    rivals = Counter(key[:2] for key in lines)
    return [
        alike[0] | {"hypothesis": _what_all_assume(alike) if rivals[key[:2]] > 1 else _before(alike[0])}
        for key, alike in lines.items()
    ]


def _what_all_assume(rows: Sequence[Row]) -> str:
    """The readings that all of several hypotheses share."""
    readings = [row["hypothesis"].split("; ") for row in rows]
    return "; ".join(reading for reading in readings[0] if all(reading in other for other in readings))


def _before(row: Row) -> str:
    """What a single reading still rests on: an assumption, or a dispute that makes no difference any more."""
    assumed = [part for part in row["hypothesis"].split("; ") if part.startswith(ASSUMED)]
    return "; ".join(assumed) or ("disputed before" if row["hypothesis"] else "")
