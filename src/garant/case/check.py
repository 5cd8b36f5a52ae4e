"""check: what is wrong, or looks wrong, in a case."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from pydantic import ValidationError

from garant.case.entities import EntityVerbs
from garant.case.reconciled import ReconciledCase
from garant.case.result import Result, Row, column, counted
from garant.claims import Claim, Period, Source
from garant.ledger import Clocks, Review
from garant.ledger.intake import sentence
from garant.names.lifetimes import FACTUAL

#: `error`: the ledger contradicts itself. `warning`: a person should look. `note`: worth knowing.
SEVERITIES = ("error", "warning", "note")
#: How many unused entities are named in print; JSON has them all.
_NAMED = 6
_COLUMNS = (
    column("severity", "severity", wrap=False),
    column("kind", "kind", wrap=False),
    column("where", "where"),
    column("what", "what"),
)


class CheckVerbs(EntityVerbs, ReconciledCase):
    """check."""

    def check(self) -> Result:
        """Check hashes, sources, names, dates, reviews and entities; rows `{severity, kind, where, what}`, worst first.

        An `error` means that a record does not match its hash, cites a source that is missing, or that the
        file is damaged.
        """
        sources = self.ledger.sources()
        used: set[str] = set()
        rows = list(self._file())
        for record, _ in self.ledger.claim_records():
            rows += _claim(record, sources, used)
        behind = {origin for source in sources.values() for origin in source.derived_from or ()}
        orphans = sorted(set(sources) - used - behind)  # what others are derived from is there for them
        rows += [_row("warning", "orphan source", s, "no claim cites it") for s in orphans]
        rows += _sources(sources)
        rows += self._reviews()
        rows += self._names()
        rows.sort(key=lambda row: SEVERITIES.index(row["severity"]))
        counts = {s: sum(row["severity"] == s for row in rows) for s in SEVERITIES}
        title = ", ".join(counted(n, s) for s, n in counts.items()) if rows else "nothing to report"
        return Result(f"Check of {self.settings.title}: {title}", _COLUMNS, rows)

    def _file(self) -> Iterator[Row]:
        damage = self.ledger.integrity()
        if damage:
            yield _row("error", "damaged file", str(self.ledger.path), damage)

    def _reviews(self) -> Iterator[Row]:
        by_claim: dict[str, dict[str, Review]] = defaultdict(dict)
        for review, _ in sorted(self.ledger.reviews(), key=lambda pair: pair[0].at):
            by_claim[review.claim][review.by] = review
        for claim, latest in by_claim.items():
            if len({(r.verdict, r.replacement) for r in latest.values()}) > 1:
                said = ", ".join(f"{by}: {r.verdict}" for by, r in latest.items())
                yield _row("warning", "rival reviews", claim[:12], f"{said}; the latest applies")

    def _names(self) -> Iterator[Row]:
        register = self.names()
        for row in self.unresolved(register):
            rivals = ", ".join(c["entity"] for c in row["candidates"])
            what = f"stands for no entity for sure ({row['why']})" + (f"; may be {rivals}" if rivals else "")
            yield _row("warning", "unresolved name", f"{row['name']} ({row['kind'] or 'no kind'})", what)
        mentioned = self.mentions_by_entity(Clocks.read())
        own = list(dict.fromkeys(e.id for e, _ in self.ledger.entity_versions()))
        unused = [e for e in own if register.current(e) not in mentioned]
        if unused:
            what = f"no claim names {', '.join(unused[:_NAMED])}{'…' if len(unused) > _NAMED else ''}"
            row = _row("note", "unused entities", f"{len(unused)} of {len(own)}", what)
            yield {**row, "entities": unused}
        if decisions := [d for d, _ in self.ledger.decisions()]:
            found = self.reconciled().disagreements()
            applied = {d.decision.disagreement for d in found if d.decision} | {d.id for d in found}
            for decision in decisions:
                if decision.disagreement not in applied:
                    what = "the disagreement that it was made on is found no more"
                    yield _row("note", "idle decision", decision.disagreement[:8], what)
        for review, _ in self.ledger.entity_reviews():
            if register.current(review.entity) not in register.entities:
                yield _row("warning", "lost name review", str(review.id)[:12], f"there is no entity '{review.entity}'")


def _claim(record: str, sources: dict[str, Source], used: set[str]) -> Iterator[Row]:
    raw = json.loads(record)
    where = f"claim {raw.get('id', '')[:12]}"
    used.add(raw.get("source", ""))
    if raw.get("source") not in sources:
        yield _row("error", "missing source", where, f"cites '{raw.get('source')}', which is not in this case")
    try:
        claim = Claim.model_validate(raw)
    except ValidationError as error:
        yield _row("error", "invalid claim", where, str(sentence(error, Claim, "")).removeprefix(": "))
        return
    source = sources.get(claim.source)
    if claim.time and source and source.published and claim.modality in FACTUAL:
        begun, known = Period.parse(claim.time), source.known_day
        if begun.start and known is not None and begun.start.first > known:
            yield _row(
                "warning",
                "impossible date",
                where,
                f"{claim.time} is after {source.id} was published ({source.published})",
            )


def _sources(sources: dict[str, Source]) -> Iterator[Row]:
    for source in sources.values():
        for parent in source.derived_from or ():
            if parent not in sources:
                yield _row(
                    "warning", "unknown origin", source.id, f"derived from '{parent}', which is not in this case"
                )
        if source.published is None:
            yield _row("note", "undated source", source.id, "left out whenever --known-on is given")


def _row(severity: str, kind: str, where: str, what: str) -> Row:
    return {"severity": severity, "kind": kind, "where": where, "what": what}
