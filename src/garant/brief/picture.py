"""The picture: the chapters of a brief, built from accepted claims under the clocks, before any layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from garant.brief.content import Paragraph, Section, cell
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.sections import BUILDERS
from garant.claims import InputError
from garant.claims.definitions import read_yaml
from garant.claims.rules import unknown


@dataclass(frozen=True, slots=True)
class Picture:
    """A brief before layout. `uncited` counts accepted statements that none of its chapters rests on."""

    evidence: Evidence
    sections: tuple[Section, ...]
    footnotes: Footnotes

    @property
    def ids(self) -> frozenset[str]:
        """What its words may lead to: chapters and what has an id in them."""
        inside = (getattr(block, "id", "") for section in self.sections for block in section.blocks)
        return frozenset([*(section.id for section in self.sections), *inside]) - {""}

    @property
    def uncited(self) -> int:
        """Accepted statements that no chapter cites."""
        return len(self.evidence.entries) - self.footnotes.claims


def draw(evidence: Evidence, wanted: Sequence[str] = ()) -> Picture:
    """Build the chapters asked for, in their order; by default all but those that sections.yaml keeps back.

    "all" asks for every chapter. Raises InputError for a chapter that does not exist.
    """
    for name in wanted:
        if name != "all" and name not in BUILDERS:
            raise InputError(unknown("section", name, ["all", *BUILDERS]))
    notes = Footnotes(evidence.sources, evidence.by_claim, evidence.series)
    built = []
    for said in chapters():
        if "all" in wanted or said["id"] in wanted or (not wanted and said.get("default", True)):
            section = Section(said["id"], said["title"])
            BUILDERS[said["id"]](section, evidence, notes)
            if section.blocks:
                if "lead" in said:
                    section.blocks.insert(0, Paragraph(cell(said["lead"]), "lead"))
                built.append(section)
    return Picture(evidence, tuple(built), notes)


@cache
def chapters() -> list[dict[str, Any]]:
    """sections.yaml."""
    text = resources.files(__package__).joinpath("sections.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = read_yaml(text)
    return loaded
