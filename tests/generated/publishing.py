"""The sources of the invented world: who publishes what when, and who copies whom."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

_PUBLISHERS = (
    ("Lakeside News Agency", "independent", "Troops and talks"),
    ("Basin Monitor", "independent", "Quarterly review of operations"),
    ("Institute for Peace Records", "independent", "Yearbook of peace operations"),
    ("Le Courrier du Bassin", "independent", "Dossier sécurité"),
    ("Radio Concorde", "unknown", "Bulletin"),
    ("Office of Mission Reporting", "official", "Report on the missions"),
    ("Observatory of Forces", "independent", "Who is where"),
    ("Parliamentary Defence Committee", "official", "Hearing on deployments"),
)
ATTRIBUTIONS = ("the mission's spokesperson", "a diplomat", "the ministry of defence", "officials", "a UN official")


@dataclass
class Outlet:
    """One source as it is being written: its record and the last paragraph used."""

    record: dict[str, Any]
    published: date
    copies: str | None = None
    paragraph: int = 0
    told: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The source's id."""
        return str(self.record["id"])

    def next_paragraph(self, rng: random.Random) -> str:
        """The locator of the next statement."""
        self.paragraph += rng.randint(1, 3)
        return f"p:{self.paragraph}"


def publish(rng: random.Random, count: int) -> list[Outlet]:
    """Sources from 2004 to 2025, oldest first; about one in ten copies an earlier one."""
    outlets: list[Outlet] = []
    first, last = date(2004, 6, 1), date(2025, 10, 1)
    step = (last - first).days / (count - 1)
    for index in range(count):
        published = first + timedelta(int(step * index) + (rng.randint(-20, 20) if index else 0))
        publisher, independence, title = _PUBLISHERS[(index + index // 8) % len(_PUBLISHERS)]
        number = f"{index + 1:03d}"
        record: dict[str, Any] = {
            "id": f"src-{number}",
            "kind": "document",
            "publisher": publisher,
            "title": f"{title}, no. {number}",
            "published": published.isoformat(),
            "address": f"https://example.org/{number}",
            "language": "fr" if publisher.startswith(("Le ", "Radio")) else "en",
            "access": "open",
            "independence": independence,
        }
        copies = None
        if index > 8 and index % 9 == 4:
            original = next(o for o in reversed(outlets[:-1]) if o.copies is None)
            copies = original.id
            record["derived_from"] = [copies]
        outlets.append(Outlet(record, published, copies))
    return outlets
