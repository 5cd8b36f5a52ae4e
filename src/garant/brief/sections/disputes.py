"""Where sources disagree: sides beside each other, each claim with its source and footnote, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from garant.brief.content import Cell, Heading, Section, Table, Text, cell
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.claims.definitions import read_yaml
from garant.claims.wording import printed_time, statement
from garant.ledger import Entry
from garant.reconcile import Disagreement, Side

#: Claims of neither side that are printed with a disagreement which rests on them.
_EVIDENCE = 2


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """Disagreements, the most damaging first."""
    for found in evidence.disagreements:
        _dispute(section, found, evidence, notes)


def _dispute(section: Section, found: Disagreement, evidence: Evidence, notes: Footnotes) -> None:
    words = _words()
    title = f"{'●' * found.severity} {words['kinds'][found.kind]} — {found.subject}"
    section.blocks.append(Heading(title, f"disagreement-{found.id[:12]}"))
    section.say(found.explanation[:1].upper() + found.explanation[1:] + ".", kind="note")
    rows = tuple(
        _side(number, side, found, evidence.by_claim, evidence, notes) for number, side in enumerate(found.sides, 1)
    )
    taken = frozenset([found.decided - 1]) if found.decided else frozenset[int]()
    section.blocks.append(Table(("Reading", "Who says so"), rows, (4, 11), strong=taken))
    for claim in found.evidence[:_EVIDENCE]:
        section.say("Rests also on: ", *_told(evidence.by_claim[claim], evidence, notes), kind="note")
    note = found.decision.note if found.decision else ""
    section.say(Text(f"{_decided(found)} ", style="strong"), note)


def _side(
    number: int,
    side: Side,
    found: Disagreement,
    entries: Mapping[str, Entry],
    evidence: Evidence,
    notes: Footnotes,
) -> tuple[Cell, Cell]:
    taken = " (taken)" if found.decided == number else ""
    independent = f"{side.origins} {'origin' if side.origins == 1 else 'independent origins'}"
    told = [_told(entries[c], evidence, notes) for c in side.claims if c in found.shown]
    runs: list[Text] = []
    for at, one in enumerate(told):
        runs += [*([Text("\n")] if at else []), *one]
    more = len(side.claims) - len(told)
    if more:
        runs.append(Text(f"\nand {more} more", style="soft"))
    return cell(f"{number}. {side.reading}{taken}", Text(f"\n{independent}", style="soft")), tuple(runs)


def _told(entry: Entry, evidence: Evidence, notes: Footnotes) -> Sequence[Text]:
    source = evidence.sources[entry.claim.source]
    published = printed_time(source.published) if source.published else "undated"
    grade = f", grade {source.grade}" if source.grade else ""
    distance = _words()["distance"][source.independence]
    return (
        Text(statement(entry.claim), (notes.cite(entry),)),
        Text(f" {source.publisher}, {published} — {distance}{grade}", style="soft"),
    )


def _decided(found: Disagreement) -> str:
    words = _words()["decision"]
    if found.decision is None:
        return str(words["none"])
    said = words["kept_open"] if found.decided is None else words["taken"].format(side=found.decided)
    return f"{said} {words['stale']}" if found.stale else str(said)


def _words() -> dict[str, Any]:
    text = resources.files("garant.brief").joinpath("disputes.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded
