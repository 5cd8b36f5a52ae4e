"""Writes docs/reference/requirements.md: what serves each requirement of the founding documents, from the case.

python docs/requirements.py
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import garant
from garant.claims.definitions import read_yaml

HERE = Path(__file__).parent
PAGE = HERE / "reference" / "requirements.md"
SHOWN = 6
HEAD = """# What serves each requirement

The packaged case grew from two founding documents, an analysis (000) and a news article (002). Their systems are
numbered S01 to S60, their recommended actions R0 and R-a to R-c. This page says for each what serves it: the claims of
the packaged case that name it in `refs`, the verbs, and the chapters of the brief; and what is still missing. It is
written by `docs/requirements.py`; a test compares it with the case and the program.

| Row | About | Claims | Verbs | Chapters of the brief | Still missing |
|---|---|---|---|---|---|
"""


def rows() -> list[dict[str, object]]:
    """requirements.yaml."""
    listed: list[dict[str, object]] = read_yaml((HERE / "requirements.yaml").read_text(encoding="utf-8"))
    return listed


def claims_by_row() -> dict[str, list[str]]:
    """Accepted claims of the packaged case by the row they name."""
    found: dict[str, list[str]] = defaultdict(list)
    for claim in garant.open("caf").claims(as_of="9999"):
        for ref in claim.get("refs", ()):
            found[ref].append(claim["id"])
    return found


def page() -> str:
    """The whole page."""
    claims, lines = claims_by_row(), []
    for row in rows():
        told = sorted(claims[str(row["row"])])
        shown = ", ".join(f"`{c[:8]}`" for c in told[:SHOWN])
        more = f" and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
        verbs = ", ".join(f"[{v}](commands.md#garant-{v})" for v in row["verbs"])  # type: ignore[attr-defined]
        sections = ", ".join(str(s) for s in row["sections"])  # type: ignore[attr-defined]
        lines.append(
            f"| {row['row']} | {row['title']} | {shown}{more} | {verbs} | {sections} | {row.get('missing', '')} |"
        )
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
