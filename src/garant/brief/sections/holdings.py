"""What the case holds: counts, and what the clocks leave out."""

from __future__ import annotations

from collections import Counter

from garant.brief.content import Section, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.claims import claim_types, origins
from garant.claims.wording import printed_time


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """Statements, sources, publishers, origins, those that speak for a party; what is left out; statements by type."""
    del notes  # counts of the ledger rest on no single claim
    cited = {e.claim.source for e in evidence.entries}
    sources = {i: s for i, s in evidence.sources.items() if i in cited}
    dated = sorted((s.known_day, s.published or "") for s in sources.values() if s.known_day is not None)
    between = f", published between {printed_time(dated[0][1])} and {printed_time(dated[-1][1])}" if dated else ""
    many = len(frozenset[str]().union(*(origins(dict(evidence.sources), i) for i in sources)))
    publishers = len({s.publisher for s in sources.values()})
    interested = sum(bool(s.interested) for s in sources.values())
    section.say(
        f"{_counted(len(evidence.entries), 'accepted statement')} from {_counted(len(sources), 'source')} of "
        f"{_counted(publishers, 'publisher')}{between}. Counting copies once, they rest on "
        f"{_counted(many, 'origin')}. {interested} of the sources speak for a party to the events; the list of "
        "sources says for whom."
    )
    later = evidence.hidden["later"] + evidence.hidden["undated"]
    if later:
        section.say(f"{later} statements are left out because their sources were not yet published, or bear no date.")
    if evidence.proposals and not evidence.proposed_included:
        section.say(f"{evidence.proposals} statements read by a program and accepted by nobody are left out.")
    timeless = sum(e.claim.time is None for e in evidence.entries)
    if timeless:
        section.say(f"{timeless} statements have no time of their own.")
    counts = Counter(e.claim.type for e in evidence.entries)
    pairs = [(claim_types()[t].label["en"], str(n)) for t, n in counts.most_common()]
    rows = [(*pairs[at], *(pairs[at + 1] if at + 1 < len(pairs) else ("", ""))) for at in range(0, len(pairs), 2)]
    if rows:
        heads = ("Statements on", "", "Statements on", "")
        section.blocks.append(table(heads, rows, (6, 2, 6, 2)))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
