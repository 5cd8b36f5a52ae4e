"""PA-X: peace agreements that name the case's country, each as a claim with its date, parties and SSR provisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from garant.claims.period import Period
from garant.datasets.claimset import ClaimSet, Record, Row
from garant.errors import InputError
from garant.names import fold

#: A line of the parties' column that names a party and no person: "For the Government:".
_PARTY = re.compile(
    r"^[\s\-–•]*(?:for|pour)\s+(?:the |le |la |les |l['’]\s*)?([^:\n]{3,90}?)\s*:", re.IGNORECASE | re.MULTILINE
)
_GOVERNMENT = ("government", "gouvernement")
_SIGNED = "multiparty signed agreed"
_LISTED = "parties listed by PA-X"


def agreements(rows: Iterable[Row], told: ClaimSet, codes: Mapping[str, Any]) -> None:
    """The table of agreements. Names of persons who signed are not taken over.

    Only lines that name a party ("For the Government:") give parties; where there are none the claim names "parties
    listed by PA-X". Provisions on security become the claim's subjects; how far they go (1 to 3) stays in the snapshot.
    """
    unnamed = 0
    for row in rows:
        if told.country not in {told.states.by_alpha(row["state_1"]), told.states.by_alpha(row["state_2"])}:
            told.outside += 1
            continue
        time = _day(row["date"])
        if time is None or not row["title"]:
            told.rejects.add(row.number, "no date" if row["title"] else "no title", row["date"] or row["id"])
            continue
        parties = _parties(row, told)
        unnamed += not parties
        subjects = [label for column, label in codes["provisions"].items() if _provided(row.column(column))]
        told.say(
            row,
            says=f"PA-X lists the agreement “{row['title']}” ({row['status'].lower()}), number {row['id']}.",
            type="agreement",
            actors=parties or [{"name": _LISTED, "role": "party"}],
            time=time,
            instrument=told.instrument(row["title"], f"pa-x-{row['id']}"),
            slots={
                **({"stage": "signed"} if fold(row["status"]) == _SIGNED else {}),
                **({"subjects": subjects} if subjects else {}),
                "publication": "published",
            },
            derived=["slots"] if parties else ["actors", "slots"],
        )
    told.notes.append("PA-X names many parties only in a free text with persons' names, which is not taken over")
    if unnamed:
        told.notes.append(f"{unnamed} agreements have no line that names a party: the claims say “{_LISTED}”")


def _parties(row: Row, told: ClaimSet) -> list[Record]:
    found: dict[str, Record] = {}
    for match in _PARTY.finditer(row["parties"]):
        name = " ".join(match[1].split())
        if any(word in fold(name).split() for word in _GOVERNMENT):
            found.setdefault(told.country, told.state(told.country, "party", name))
        elif name[0].isupper():
            found.setdefault(fold(name), {"name": name, "role": "party"})
    return list(found.values())


def _provided(value: str) -> bool:
    return value.isdigit() and int(value) > 0


def _day(text: str) -> str | None:
    told = text.strip().replace("/", "-")[:10]
    try:
        return Period.parse(told).text
    except InputError:
        return None
