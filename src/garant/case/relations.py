"""dependence, visits, motives: a host and those who send forces to it."""

from __future__ import annotations

from math import inf
from typing import Any

from garant.case.asked import Clock, cited, force_row, name, whole
from garant.case.operations import OperationVerbs
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import InputError
from garant.claims.wording import strength_text
from garant.forces.foreign import silent
from garant.forces.portions import dependence
from garant.forces.relations import motives, visits
from garant.ledger import collector_off


def _told(row: dict[str, Any]) -> str:
    return "\n".join(f"{t['words']} — {t['holder']} [{t['claim'][:6]}]" for t in row["told"])


_DEPENDENCE = (
    Column("provider", lambda row: row["provider"], share=4),
    Column("regimes", lambda row: ", ".join(row["regimes"]), share=3),
    Column("people", lambda row: strength_text(row["low"], row["high"]), share=3),
    Column("share", lambda row: _share(row["share_low"], row["share_high"]), wrap=False),
    Column("if least", lambda row: _percent(row["share_if_least"]), wrap=False),
    Column("", lambda row: "stale" if row["stale"] else "", wrap=False),
    Column("claims", lambda row: cited(row["claims"]), share=3, spare=True),
)
_VISITS = (
    Column("when", lambda row: " / ".join(row["when"]) or "no date", share=3),
    Column("who", lambda row: ", ".join(row["who"]), share=3),
    Column("host", lambda row: ", ".join(row["host"]), share=2),
    column("form", "form", wrap=False),
    Column("what came of it", lambda row: "; ".join(row["outcomes"]) or "not told", share=6),
    Column("claims", lambda row: cited(row["claims"]), share=2, spare=True),
)
_MOTIVES = (
    Column("whose", lambda row: row["subject"], share=2),
    column("sort", "interest", wrap=False),
    column("origins", "origins", wrap=False),
    Column("what is ascribed, and by whom", _told, share=8),
)


class RelationVerbs(OperationVerbs):
    """dependence, visits and motives."""

    @collector_off()
    def dependence(
        self, *, host: str | None = None, proposed: bool = False,
        as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """How much of the foreign personnel in a host each provider has at a date, and how concentrated that is.

        Rows `{provider, regimes, low, high, share_low, share_high, share_if_least, stale, claims}`, persons and parts
        of 1; `high` null is "at least". Rows of an operation hold what its known contingents leave of its total. The
        last row is the whole, with `herfindahl_low`, `herfindahl_high` and `herfindahl_if_least` (Herfindahl-Hirschman
        index, sum of squared shares; method in `garant.forces.dependence`). Forces not told of for years are left out
        and named in a note. "If least" reads each number as the least
        that its band allows. Only here are forces of different regimes put side by side in one sum. `host` is the
        case's country unless named. Raises InputError for a case without one.
        """
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        names = self._register(reconciled.clocks)
        where = self._entity_called(host or self.settings.country, reconciled)
        if where is None:
            raise InputError("this case has no country", mend="name a host with --host")
        facts, last = list(reconciled.shown().values()), reconciled.clocks.as_of_day
        held = self._bands(reconciled)
        told = dependence(facts, held, where, last)
        rows: list[Row] = [
            {
                "provider": f"others in {name(p.entity, names)}" if p.rest else name(p.entity, names),
                "regimes": list(p.regimes),
                "low": whole(p.low),
                "high": None if p.high == inf else whole(p.high),
                "share_low": round(p.share[0], 4),
                "share_high": round(p.share[1], 4),
                "share_if_least": None if p.if_least is None else round(p.if_least, 4),
                "stale": p.stale,
                "claims": list(p.claims),
            }
            for p in told.portions
        ]
        title = f"{counted(sum(not p.rest for p in told.portions), 'foreign provider')} in {name(where, names)}"
        if told.index is not None:
            rows.append(_whole_row(rows, told.index, told.if_least or told.index))
            title += f"; Herfindahl index {told.index[0]:.2f}–{told.index[1]:.2f}"
        unheard = [f for f in silent(held, last) if where in f.hosts and f.regime != "national"]
        left_out = "; ".join(sorted(force_row(f, names, None)["force"] for f in unheard))
        unheard_notes = [f"left out, because not told of for years: {left_out}"] if unheard else []
        unknown = [force_row(f, names, self.settings.country)["force"] for p in told.portions for f in p.unknown]
        notes = [f"there in unknown strength: {'; '.join(unknown)}"] if unknown else []
        return Result(title, _DEPENDENCE, rows, [*notes, *unheard_notes, *self._unshaped(reconciled)])

    @collector_off()
    def visits(
        self, *, actor: str | None = None, proposed: bool = False,
        as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """Meetings and visits in order of time, and what came of them; claims that tell one are one.

        Rows `{when, who, host, place, form, outcomes, claims, outcome_claims}`; several `when` are rival dates.
        """
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        named = self._naming(actor, reconciled) if actor is not None else None
        rows: list[Row] = [
            {
                "when": list(v.when),
                "who": list(v.who),
                "host": list(v.host),
                "place": v.place,
                "form": v.form.replace("_", " "),
                "outcomes": list(v.outcomes),
                "claims": list(v.claims),
                "outcome_claims": list(v.outcome_claims),
            }
            for v in visits(list(reconciled.shown().values()), reconciled.events())
            if named is None or named & set(v.claims)
        ]
        return Result(counted(len(rows), "visit"), _VISITS, rows, self._hidden(reconciled))

    @collector_off()
    def motives(
        self, *, actor: str | None = None, proposed: bool = False,
        as_of: Clock = None, known_on: Clock = None, ledger_on: Clock = None,
    ) -> Result:  # fmt: skip
        """Why somebody is said to act: by whose motive and sort, with each holder and the independent origins.

        Rows `{subject, interest, origins, told, claims}`; `told` lists `{holder, words, claim}`. No number rests on it.
        """
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        names, one = self._register(reconciled.clocks), self._entity_called(actor, reconciled)
        rows: list[Row] = [
            {
                "subject": name(m.subject, names) or "not named",
                "interest": m.interest.replace("_", " "),
                "origins": m.origins,
                "told": [{"holder": who, "words": words, "claim": claim} for who, words, claim in m.told],
                "claims": list(m.claims),
            }
            for m in motives(reconciled.shown().values(), self.ledger.sources(reconciled.clocks))
            if one in (None, m.subject)
        ]
        return Result(
            f"{counted(len(rows), 'sort')} of motive, each somebody's word", _MOTIVES, rows, self._hidden(reconciled)
        )


def _whole_row(rows: list[Row], index: tuple[float, float], if_least: tuple[float, float]) -> Row:
    highs = [row["high"] for row in rows]
    return {
        "provider": "all foreign personnel",
        "regimes": sorted({regime for row in rows for regime in row["regimes"]}),
        "low": whole(sum(row["low"] for row in rows)),
        "high": None if None in highs else whole(sum(highs)),
        "share_low": 1.0,
        "share_high": 1.0,
        "share_if_least": 1.0,
        "stale": any(row["stale"] for row in rows),
        "claims": list(dict.fromkeys(c for row in rows for c in row["claims"])),
        "herfindahl_low": round(index[0], 4),
        "herfindahl_high": round(index[1], 4),
        "herfindahl_if_least": [round(bound, 4) for bound in if_least],
    }


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _share(low: float, high: float) -> str:
    return _percent(low) if _percent(low) == _percent(high) else f"{low:.0%}–{high:.0%}"
