"""operations, mandates, rank: the register of peace operations, what authorises them, and who ranks where."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from garant.case.asked import Clock, cited, day, name, whole
from garant.case.forces import ForceVerbs
from garant.case.reconciled import Reconciled
from garant.case.result import Column, Result, Row, column, counted
from garant.claims.wording import NO_DATE, printed_time, quantity_text, strength_text
from garant.forces import Force, by_force, refuted, served
from garant.forces.foreign import ranked, silent, strength_on
from garant.forces.mandates import mandates
from garant.forces.operations import Dated, operations
from garant.ledger import collector_off
from garant.names import Names

_OPERATIONS = (
    Column("operation", lambda row: row["short"], share=3),
    Column("sponsor", lambda row: ", ".join(row["sponsors"]) or "not told", share=3),
    Column("begun", lambda row: _dates(row["begun"]), share=3),
    Column("ended", lambda row: _dates(row["ended"]), share=3),
    Column("after", lambda row: ", ".join(row["predecessors"]), share=2),
    Column("before", lambda row: ", ".join(row["successors"]), share=2),
    Column("defects", lambda row: "; ".join(d["words"] for d in row["defects"]), share=3, spare=True),
    Column("judged", lambda row: "; ".join(f"{j['polarity']} ({j['holder']})" for j in row["judgements"]), share=4),
)
_MANDATES = (
    Column("operation", lambda row: row["short"], share=2),
    Column("when", lambda row: row["when"], share=2),
    Column("paper", lambda row: row["paper"], share=3),
    Column("decides", lambda row: ", ".join(row["verbs"]), share=2),
    Column("ceilings", lambda row: "; ".join(_ceiling(c) for c in row["ceilings"]), share=4),
    Column("expires", lambda row: " / ".join(row["expires"]), wrap=False),
    Column("tasks", lambda row: len(row["tasks"]) or "", wrap=False, spare=True),
    Column("claims", lambda row: cited(row["claims"]), share=2, spare=True),
)
_RANKS = (
    Column("when", lambda row: row["when"], share=2),
    column("provider", "provider", wrap=False),
    Column("in", lambda row: row["where"], share=2),
    Column("personnel", lambda row: row["personnel"].replace("_", " "), wrap=False),
    Column("rank", lambda row: row["rank"], wrap=False),
    Column("of", lambda row: row["among"], share=4),
    Column("claims", lambda row: cited(row["claims"]), share=2, spare=True),
)


class OperationVerbs(ForceVerbs):
    """operations, mandates and rank."""

    @collector_off()
    def operations(
        self, *, operation: str | None = None, proposed: bool = False,
        as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """Peace operations with sponsor, dates, succession, stated defects and opposed judgements with their authors.

        Rows `{operation, name, short, sponsors, begun, ended, predecessors, successors, defects, judgements, claims}`;
        `begun`, `ended` and `defects` are lists of `{words, when, claim}` that keep every rival telling, `judgements`
        of `{polarity, holder, words, when, claim}`.
        """
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        names, sources = self._register(reconciled.clocks), self.ledger.sources(reconciled.clocks)
        one = self._entity_called(operation, reconciled)
        rows = [
            {
                "operation": told.operation,
                "name": names.label(told.operation).removeprefix("~"),
                "short": name(told.operation, names),
                "sponsors": list(told.sponsors),
                "begun": [_told(d) for d in told.begun],
                "ended": [_told(d) for d in told.ended],
                "predecessors": list(told.predecessors),
                "successors": list(told.successors),
                "defects": [_told(d) for d in told.defects],
                "judgements": [{"polarity": j.polarity, "holder": j.holder, **_told(j.told)} for j in told.judgements],
                "claims": list(told.claims),
            }
            for told in operations(list(reconciled.shown().values()), sources)
            if one in (None, told.operation)
        ]
        return Result(counted(len(rows), "operation"), _OPERATIONS, rows, self._hidden(reconciled))

    @collector_off()
    def mandates(
        self, *, operation: str | None = None, proposed: bool = False,
        as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """The chain of decisions that authorise each operation, with ceilings, dates and expiry.

        Rows `{operation, name, short, paper, authoriser, when, verbs, ceilings, expires, tasks, claims}`; a ceiling is
        `{personnel, low, high}` and says what may be sent, not what is there; a task `{task, tier, verb}`.
        """
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        names = self._register(reconciled.clocks)
        one = self._entity_called(operation, reconciled)
        rows = [
            {
                "operation": told.operation,
                "name": names.label(told.operation).removeprefix("~"),
                "short": name(told.operation, names),
                "paper": told.paper,
                "authoriser": told.authoriser,
                "when": told.when,
                "verbs": list(told.verbs),
                "ceilings": [
                    {"personnel": p, "low": whole(low), "high": None if high == inf else whole(high)}
                    for p, low, high in told.ceilings
                ],
                "expires": list(told.expires),
                "tasks": [{"task": t, "tier": tier, "verb": verb} for t, tier, verb in told.tasks],
                "claims": list(told.claims),
            }
            for told in mandates(reconciled.shown().values(), refuted(reconciled.disagreements()))
            if one in (None, told.operation)
        ]
        return Result(counted(len(rows), "decision"), _MANDATES, rows, self._hidden(reconciled))

    @collector_off()
    def rank(
        self, *, provider: str | None = None, operation: str | None = None, proposed: bool = False,
        as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """Ranks among contributors: as sources tell them, and counted from the strengths of one operation at a date.

        Rows `{when, provider, where, personnel, rank, among, how, claims}` in order of time. `how` is "told" or
        "counted"; a counted rank is the best and worst that the bands of `operation`'s contingents leave open at
        `as_of`, among those contributors alone whose strength the case knows and of whom anybody has told for
        years. Troops stay apart from all in uniform.
        """
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        names = self._register(reconciled.clocks)
        chosen = self._chosen(reconciled, None, provider, None)
        told = [f for f in reconciled.shown().values() if f.type == "contribution_rank" and f.bounds is not None]
        told = [f for f in told if f.factual]
        one = self._entity_called(operation, reconciled)
        if one is not None:
            told = [f for f in told if one in f.of("operator", "host")]
        told.sort(key=lambda f: (f.at.first if f.span else 0, f.order))
        rows: list[Row] = [
            {
                "when": fact.when,
                "provider": name(who, names),
                "where": "the world"
                if fact.slots.get("scope") == "world"
                else ", ".join(name(h, names) for h in sorted(fact.of("host", "operator"))),
                "personnel": str(fact.slots.get("personnel", "not said")),
                "rank": quantity_text(fact.claim.quantity).removeprefix("rank "),
                "among": f"told by {fact.source}",
                "how": "told",
                "claims": [fact.id],
            }
            for fact in told
            for who in sorted(fact.country("provider"))
            if chosen(Force("", who, "unknown"))
        ]
        if one is not None:
            rows += [r for r in self._counted(one, reconciled, names) if chosen(Force("", r["_who"], "unknown"))]
        rows = [{k: v for k, v in row.items() if not k.startswith("_")} for row in rows]
        return Result(counted(len(rows), "rank"), _RANKS, rows, self._hidden(reconciled))

    def _counted(self, operation: str, reconciled: Reconciled, names: Names) -> list[Row]:
        """Ranks worked out from the contingents of one operation at the date, for each kind of personnel."""
        facts, last = list(reconciled.shown().values()), reconciled.clocks.as_of_day
        serving = {force for force, told in by_force(facts).items() if operation in served(told)}
        rows: list[Row] = []
        every = [
            b for b in self._bands(reconciled) if b.series.force in serving and b.series.force.provider != operation
        ]
        quiet = silent(every, last)
        for personnel in sorted({b.series.personnel for b in every}):
            mine = (b for b in every if b.series.personnel == personnel and b.series.force not in quiet)
            known: dict[str, tuple[float, float, tuple[str, ...]]] = {}
            for force, (low, high, _, claims) in strength_on(mine, last).items():
                before = known.get(force.provider, (0.0, 0.0, ()))  # forces of one provider may be the same people
                known[force.provider] = max(low, before[0]), high + before[1], (*before[2], *claims)
            known = {who: told for who, told in known.items() if told[0] > 0}
            places = ranked([(who, low, high) for who, (low, high, _) in known.items()])
            rows += [
                {
                    "when": printed_time(day(last)),
                    "provider": name(who, names),
                    "where": name(operation, names),
                    "personnel": personnel,
                    "rank": str(best) if best == worst else f"{best}–{worst}",
                    "among": f"counted among {counted(len(known), 'contributor')} known; {strength_text(low, high)}",
                    "how": "counted",
                    "claims": list(known[who][2]),
                    "_who": who,
                }
                for who, low, high, best, worst in places
            ]
        return rows


def _dates(told: Sequence[Row]) -> str:
    return " / ".join(dict.fromkeys(d["when"] for d in told if d["when"] != NO_DATE)) or "unknown"


def _ceiling(ceiling: Row) -> str:
    return f"{strength_text(ceiling['low'], ceiling['high'])} {ceiling['personnel'].replace('_', ' ')}"


def _told(told: Dated) -> Row:
    return {"words": told.words, "when": told.when, "claim": told.claim}
