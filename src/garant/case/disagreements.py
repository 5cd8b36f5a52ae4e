"""disagreements, gaps: where sources contradict each other, and what none of them tells."""

from __future__ import annotations

from collections.abc import Sequence

from garant.case.claims import ClaimVerbs
from garant.case.reconciled import Reconciled
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import InputError, claim_types
from garant.claims.rules import unknown
from garant.claims.wording import anchor, printed_time, statement
from garant.ledger import collector_off
from garant.reconcile import KINDS, Disagreement, gaps

SEVERITIES = (1, 2, 3)


#: Claims of neither side that are listed with a disagreement which rests on them.
_EVIDENCE = 2


def _line(side: str, source: str, says: str) -> Row:
    return {"side": side, "claim": "", "source": source, "published": "", "says": says}


def _title(found: Sequence[Disagreement]) -> str:
    taken = sum(d.decided is not None for d in found)
    kept = sum(d.decision is not None and d.decided is None for d in found)
    rest = len(found) - taken - kept
    return f"{counted(len(found), 'disagreement')}: {taken} decided, {kept} kept open, {rest} not decided"


def _slots() -> set[str]:
    """Every field, role and slot that a claim type expects."""
    return {
        name
        for kind in claim_types().values()
        for rules in (kind.fields, kind.roles, kind.slots)
        for names, rule in rules.items()
        if rule.need != "optional"
        for name in names.split("|")
    }


def _sides(row: Row) -> str:
    return "\n".join(
        f"{number} {side['reading']} — {', '.join(side['sources'])}" for number, side in enumerate(row["sides"], 1)
    )


def _decision(row: Row) -> str:
    decision = row["decision"]
    if decision is None:
        return "open"
    taken = f"taken: {decision['side']}" if decision["side"] else "kept open"
    return f"{taken}{' (stale: other claims have joined)' if row['stale'] else ''}"


_COLUMNS = (
    Column("id", lambda row: row["id"][:8], wrap=False),
    Column("", lambda row: "●" * row["severity"], wrap=False),
    column("kind", "kind", wrap=False),
    Column("about", lambda row: row["subject"], share=3, spare=True),
    Column("sides", _sides, share=8),
    Column("decision", _decision, share=3, spare=True),
)
_DETAILS = (
    Column("side", lambda row: row["side"], share=4),
    Column("claim", lambda row: row["claim"][:12], wrap=False),
    Column("source", lambda row: row["source"], share=4),
    column("published", "published", wrap=False, spare=True),
    Column("what it says", lambda row: row["says"], share=7),
)
_GAPS = (
    Column("claim", lambda row: row["claim"][:12], wrap=False),
    column("type", "type", wrap=False, spare=True),
    column("missing", "slot", wrap=False),
    Column("why", lambda row: row["why"], share=4, spare=True),
    Column("who would hold it", lambda row: row["who_would_hold_it"], share=3),
    Column("what is told", lambda row: row["says"], share=6),
)


class DisagreementVerbs(ClaimVerbs):
    """disagreements and gaps."""

    @collector_off()
    def disagreements(
        self,
        ids: Sequence[str] = (),
        *,
        kind: str | Sequence[str] = (),
        actor: str | None = None,
        severity: int | None = None,
        undecided: bool = False,
        stale: bool = False,
        proposed: bool = False,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Result:
        """Claims of which some cannot be true, the most damaging first.

        `ids` are ids or their beginnings: the claims of each side are then listed with their sources. `kind` takes
        one kind or several; `actor` is somebody a claim of any side names; `severity` is the least (3: a flat
        contradiction on forces or consent, 2, 1: loose wording). `undecided` leaves out what is decided, `stale`
        keeps only decisions that new claims have overtaken. Rows follow the contract of DESIGN:
        `{id, kind, field, severity, subject, sides, claims, of, evidence, sources, explanation, decision, stale}`.
        Raises InputError for unknown words.
        """
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        found = reconciled.disagreements()
        kinds = [kind] if isinstance(kind, str) else list(kind)
        for name in kinds:
            if name not in KINDS:
                raise InputError(unknown("kind of disagreement", name, KINDS))
        if severity is not None and severity not in SEVERITIES:
            raise InputError(f"there is no severity {severity}", mend="give 3, 2 or 1")
        if ids:
            found = [one_of(found, prefix) for prefix in ids]
        if kinds:
            found = [d for d in found if d.kind in kinds]
        if actor is not None:
            named = self._naming(actor, reconciled)
            found = [d for d in found if named & set(d.claims)]
        found = [d for d in found if d.severity >= (severity or 0)]
        found = [d for d in found if not (undecided and d.decided) and (d.stale or not stale)]
        rows = [d.to_record() for d in found]
        title = _title(found) + (" (proposals included)" if proposed else "")
        notes = self._hidden(reconciled)
        if ids:
            return Result(title, _DETAILS, rows, notes, printed=self._details(found, reconciled))
        return Result(title, _COLUMNS, rows, notes)

    @collector_off()
    def gaps(
        self,
        *,
        type: str | Sequence[str] = (),
        actor: str | None = None,
        slot: str | None = None,
        limit: int | None = None,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
    ) -> Result:
        """What claims of a type should tell and no source that tells the event does, with who would hold the answer.

        Rows `{claim, slot, who_would_hold_it, why, type, says, told}`: `told` are all claims that tell the event;
        those on which most hangs come first. `slot` keeps one field, role or slot; `limit` at most so many rows.
        """
        types = [type] if isinstance(type, str) else list(type)
        for name in types:
            if name not in claim_types():
                raise InputError(unknown("claim type", name, claim_types()))
        reconciled = self.reconciled(as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        shown = reconciled.shown()
        found = gaps(shown, reconciled.events())
        if types:
            found = [gap for gap in found if shown[gap.claim].type in types]
        if actor is not None:
            named = self._naming(actor, reconciled)
            found = [gap for gap in found if named & set(gap.told)]
        if slot is not None:
            if slot not in (known := _slots() | {gap.slot for gap in found}):
                raise InputError(unknown("field, role or slot", slot, known))
            found = [gap for gap in found if gap.slot == slot]
        rows = [
            {
                "claim": gap.claim,
                "slot": gap.slot,
                "who_would_hold_it": gap.who,
                "why": gap.why,
                "type": shown[gap.claim].type,
                "says": statement(shown[gap.claim].claim),
                "told": list(gap.told),
            }
            for gap in found[:limit]
        ]
        notes = [f"{len(found) - len(rows)} more not shown"] if len(found) > len(rows) else []
        return Result(f"{counted(len(found), 'gap')}", _GAPS, rows, [*notes, *self._hidden(reconciled)])

    def _naming(self, actor: str, reconciled: Reconciled) -> set[str]:
        """Claims that name somebody in any role, or as their instrument."""
        names = self._register(reconciled.clocks)
        entity = names.find(actor)
        if entity is None:
            self._mentions_of(actor, reconciled.clocks)  # says what is wrong with the word
        return {
            key
            for key, fact in reconciled.facts.items()
            if entity in fact.everybody or entity == fact.instrument or entity in fact.homes.values()
        }

    def _details(self, found: Sequence[Disagreement], reconciled: Reconciled) -> list[Row]:
        """Lines of print: what the disagreement is, the claims of each side, what it also rests on, the decision."""
        rows: list[Row] = []
        for disagreement in found:
            head = f"{disagreement.id[:8]} {'●' * disagreement.severity} {disagreement.kind}"
            rows.append(_line(head, disagreement.subject, disagreement.explanation))
            for number, side in enumerate(disagreement.sides, 1):
                shown = [c for c in side.claims if c in disagreement.shown]
                rows += [self._told(f"{number}  {side.reading}", claim, reconciled) for claim in shown]
            rows += [self._told("rests also on", claim, reconciled) for claim in disagreement.evidence[:_EVIDENCE]]
            note = disagreement.decision.note if disagreement.decision else ""
            rows.append(_line("decision", _decision(disagreement.to_record()), note))
        return rows

    def _told(self, reading: str, claim: str, reconciled: Reconciled) -> Row:
        told = reconciled.facts[claim].claim
        source = self.ledger.sources()[told.source]
        where = f"{source.publisher}, {anchor(told)} ({source.independence})"
        published = printed_time(source.published) if source.published else "undated"
        return {"side": reading, "claim": claim, "source": where, "published": published, "says": statement(told)}

    @staticmethod
    def _hidden(reconciled: Reconciled) -> list[str]:
        hidden = len(reconciled.facts) - len(reconciled.visible)
        return [f"{counted(hidden, 'claim')} outside the clocks left out"] if hidden else []


def one_of(found: Sequence[Disagreement], prefix: str) -> Disagreement:
    """The one disagreement whose id begins with a prefix; InputError otherwise."""
    fitting = [d for d in found if d.id.startswith(prefix.lower())] if prefix else []
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise InputError(f"there is no disagreement {prefix or 'without an id'}", mend="see 'garant disagreements'")
    raise InputError(f"{prefix} begins the ids of several disagreements", mend="give more of the id")
