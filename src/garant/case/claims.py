"""claims, add: reading the case's claims under the clocks, and entering one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from garant.case.base import person
from garant.case.reconciled import ReconciledCase
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import Claim, InputError, Period, Quantity, Source, claim_types
from garant.claims.locator import Texts, sentence_at
from garant.claims.relative import resolve_time
from garant.claims.rules import unknown
from garant.claims.wording import quantity_text
from garant.ledger import STATUSES, ClaimQuery, Clocks, Entry
from garant.ledger.intake import sentence, validated
from garant.names import Names

_COLUMNS: tuple[Column, ...] = (
    Column("claim", lambda row: row["id"][:12], wrap=False),
    column("time", "time", wrap=False),
    column("type", "type", wrap=False, spare=True),
    Column("who", lambda row: ", ".join(a["name"] for a in row.get("actors", [])), share=3, spare=True),
    Column("how many", lambda row: quantity_text(Quantity(**row["quantity"])) if row.get("quantity") else "", share=2),
    Column("what it says", lambda row: row.get("sentence") or row.get("says") or row.get("quote") or "", share=6),
    Column("status", lambda row: "" if row["status"] == "accepted" else row["status"], spare=True),
    Column("source", lambda row: row["source"], share=3),
)


class ClaimVerbs(ReconciledCase):
    """claims and add."""

    def claims(
        self,
        ids: Sequence[str] = (),
        *,
        type: str | Sequence[str] = (),
        provider: str | None = None,
        host: str | None = None,
        actor: str | None = None,
        source: str | Sequence[str] = (),
        status: str | Sequence[str] = "accepted",
        same_event: str | None = None,
        proposed: bool = False,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
        text_dir: str | Path | None = None,
        limit: int | None = None,
    ) -> Result:
        """Claims, in order of time (those without one first).

        `type`, `source` and `status` take one value or several; `status` "all" gives every status, `proposed`
        adds proposals. `provider`, `host` and `actor` (any role, a place or an instrument) are entity ids or
        names. The clocks are those of every verb. `text_dir` holds document texts: each claim whose text is there
        gains its `sentence`. `same_event` is a claim's id: those that tell the same event are listed, with a note on
        how sure that is, why, and how many independent origins stand behind them. Rows are
        claim records plus `status`. Raises InputError for unknown words.
        """
        told: list[str] = []
        if same_event is not None:
            ids, told = self._telling_one_event(
                same_event, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on
            )
        query = self.query(
            ids=ids, type=type, provider=provider, host=host, actor=actor, source=source, status=status,
            proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on, limit=limit,
        )  # fmt: skip
        found = self.entries(query)
        names = self._register(query.clocks)
        rows = [_row(entry, names) for entry in found]
        notes = told + self._left_out(query, len(rows)) + _timeless(rows)
        if text_dir is not None:
            notes += self._add_sentences(rows, found, Texts(Path(text_dir)), query.clocks)
        title = counted(len(rows), "claim") + (
            " (proposals included)" if any(entry.status == "proposed" for entry in found) else ""
        )
        mixed = any(entry.status != "accepted" for entry in found)
        columns = [replace(c, spare=c.spare and not (mixed and c.heading == "status")) for c in _COLUMNS]
        return Result(title, columns, rows, notes, json_lines=True)

    def _telling_one_event(
        self, claim: str, *, proposed: bool, as_of: str | None, known_on: str | None, ledger_on: str | None
    ) -> tuple[list[str], list[str]]:
        """The claims that tell one event with a claim, and what is to be said of that."""
        wanted = self._claim_id(claim)
        reconciled = self.reconciled(proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
        for event in reconciled.events():
            if wanted in event.claims:
                origins = counted(event.origins, "independent origin")
                why = "; ".join(event.because)
                return list(event.claims), [f"one event, sureness {event.sureness:.2f} ({why}); {origins}"]
        return [wanted], ["no other claim is found to tell this event"]

    def query(
        self,
        *,
        ids: Sequence[str] = (),
        type: str | Sequence[str] = (),
        provider: str | None = None,
        host: str | None = None,
        actor: str | None = None,
        source: str | Sequence[str] = (),
        status: str | Sequence[str] = "accepted",
        proposed: bool = False,
        as_of: str | None = None,
        known_on: str | None = None,
        ledger_on: str | None = None,
        limit: int | None = None,
    ) -> ClaimQuery:
        """A ledger query from the words a user gives; InputError for a word that means nothing here."""
        clocks = Clocks.read(as_of, known_on, ledger_on)
        types, sources, statuses = _several(type), _several(source), _several(status)
        for name in types:
            if name not in claim_types():
                raise InputError(unknown("claim type", name, claim_types()))
        known = self.ledger.sources() if sources else {}
        for name in sources:
            if name not in known:
                raise InputError(unknown("source", name, known), mend="list them with 'garant sources'")
        if "all" in statuses:
            statuses = list(STATUSES)
        for name in statuses:
            if name not in STATUSES:
                raise InputError(unknown("status", name, (*STATUSES, "all")))
        return ClaimQuery(
            clocks,
            types=types,
            providers=self._mentions_of(provider, clocks) if provider else None,
            hosts=self._mentions_of(host, clocks) if host else None,
            actors=self._mentions_of(actor, clocks) if actor else None,
            sources=sources,
            ids=[self._claim_id(i) for i in ids],
            statuses=sorted({*statuses, "proposed"}) if proposed else statuses,
            limit=limit,
        )

    def add(
        self, claim: dict[str, Any] | Claim, *, source: dict[str, Any] | Source | None = None, by: str | None = None
    ) -> Result:
        """Enter one claim by hand, with its source if that is new.

        `time_text` without `time` ("last December") is resolved against the day the source was published.
        A claim given as a dictionary needs no `coder` (you are: `by`) and no `modality` (asserted). Returns
        the claim as recorded. Raises InputError naming the field.
        """
        self._writable()
        known = self.ledger.sources()
        cited = claim.get("source") if isinstance(claim, dict) else claim.source
        if source is None and cited is not None and cited not in known:
            hint = "give its title and publisher to enter it with the claim, or see 'garant sources'"
            raise InputError(f"source '{cited}' is not in this case", mend=hint)
        new_source = validated(Source, source, "source") if isinstance(source, dict) else source
        if new_source is not None and new_source.id != cited:
            raise InputError(
                f"the claim cites '{cited}', not the source '{new_source.id}' given with it", mend="name one"
            )
        if new_source is not None and known.get(new_source.id, new_source) != new_source:
            raise InputError(f"source '{cited}' is in this case already", mend="leave out what describes the source")
        if isinstance(claim, dict):
            claim = self._timed(claim, new_source)
            coder = {"kind": "person", "name": person(by)}
            claim = validated(Claim, {"modality": "asserted", "coder": coder, **claim}, "claim")
        with self.ledger.writing() as writer:
            if new_source is not None:
                writer.source(new_source)
            writer.claims([claim])
            note = "this claim is in the case already; nothing was added" if writer.known["claims"] else ""
        added = self.claims([str(claim.id)], status="all", as_of="9999")
        return Result(
            "1 claim added" if not note else "0 claims added", added.columns, added.rows, [note] if note else [], True
        )

    def _timed(self, claim: dict[str, Any], new_source: Source | None) -> dict[str, Any]:
        """The claim with its printed time resolved, where it gives no other."""
        source = new_source or self.ledger.sources().get(str(claim.get("source")))
        if claim.get("time") or not claim.get("time_text"):
            return claim
        if source is None or source.published is None:
            hint = "give the time as EDTF with --time"
            raise InputError(f"'{claim['time_text']}' cannot be resolved: the source has no date", mend=hint)
        time = resolve_time(str(claim["time_text"]), Period.parse(source.published))
        return {**claim, "time": time, "derived": sorted({*claim.get("derived", ()), "time"})}

    def _left_out(self, query: ClaimQuery, shown: int) -> list[str]:
        """What `known_on` hides, and what a `limit` cut."""
        hidden, notes = self.ledger.count_unpublished(query), []
        if hidden["later"]:
            notes.append(
                f"{counted(hidden['later'], 'claim')} of sources published after {query.clocks.known_on} left out"
            )
        if hidden["undated"]:
            notes.append(
                f"{counted(hidden['undated'], 'claim')} of undated sources left out, because --known-on is given"
            )
        if query.limit == shown:
            notes.append(f"no more than {counted(shown, 'claim')} asked for; there may be others")
        return notes

    def _add_sentences(self, rows: list[Row], found: list[Entry], texts: Texts, clocks: Clocks) -> list[str]:
        sources, missing, outside = self.ledger.sources(clocks), 0, 0
        for row, entry in zip(rows, found, strict=True):
            text = texts.text(sources[entry.claim.source].sha256)
            if text is None:
                missing += 1
            elif (sentence := sentence_at(text, entry.claim)) is None:
                outside += 1
            else:
                row["sentence"] = sentence
        notes = [f"{counted(missing, 'claim')}: the folder has no text with the hash of the source"] if missing else []
        return [*notes, f"{counted(outside, 'claim')} pointing outside the text"] if outside else notes


def corrected(original: Claim, changes: dict[str, Any], by: str) -> Claim:
    """A claim with some fields changed (`None` drops one; dotted names reach inside), coded by a person.

    Its own words, if they are not among the changes, say what was corrected: they may still tell the old number.
    """
    record = original.to_record()
    record.pop("id")
    for path, value in changes.items():
        *above, last = path.split(".")
        inner: Any = record
        for part in above:
            inner = inner.setdefault(part, {}) if isinstance(inner, dict) else _item(inner, part, path)
        if not isinstance(inner, dict):
            raise InputError(f"'{path}' does not lead to a field", mend="name one such as time or actors.0.name")
        if value is None:
            inner.pop(last, None)
        else:
            inner[last] = value
    record["coder"] = {"kind": "person", "name": by}
    if original.says and "says" not in changes:
        told = ", ".join(f"{path} {'left out' if v is None else v}" for path, v in changes.items())
        record["says"] = f"{original.says} [corrected: {told}]"
    try:
        return Claim.model_validate(record)
    except ValidationError as error:
        raise sentence(error, Claim, "correction") from None


def _item(inner: Any, part: str, path: str) -> Any:
    """One of a list, by its number from 0."""
    if not isinstance(inner, list) or not (part.isascii() and part.isdecimal()) or int(part) >= len(inner):
        raise InputError(f"'{path}' does not lead to a field", mend="name one such as time or actors.0.name")
    return inner[int(part)]


def _row(entry: Entry, names: Names) -> Row:
    """The claim's record with each name's entity filled in where it resolves, and its status."""
    record = entry.to_record()
    for actor in record.get("actors", []):
        _fill(actor, names, actor.get("kind"))
    for field, kind in (("place", "place"), ("instrument", "instrument")):
        if field in record:
            _fill(record[field], names, kind)
    record["status"] = entry.status
    for key in ("alternative_of", "superseded_by"):
        if (value := getattr(entry, key)) is not None:
            record[key] = value
    return record


def _fill(named: Row, names: Names, kind: str | None) -> None:
    resolved = names.resolve(named["name"], kind, named.get("entity")).entity
    if resolved is not None:
        named["entity"] = resolved


def _timeless(rows: list[Row]) -> list[str]:
    timeless = sum("time" not in row for row in rows)
    return [f"{counted(timeless, 'claim')} without a time: listed first, passing every --as-of"] if timeless else []


def _several(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


__all__ = ["ClaimVerbs", "corrected"]
