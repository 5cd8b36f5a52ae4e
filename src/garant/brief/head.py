"""What every form of a brief says around its chapters: title, dates, method and limits."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from garant.brief.evidence import Evidence
from garant.brief.picture import Picture
from garant.claims import Source
from garant.claims.definitions import read_yaml
from garant.claims.wording import printed_time
from garant.version import __version__


def stands(evidence: Evidence) -> list[str]:
    """The dates under which the brief was made, in words."""
    clocks = evidence.clocks
    said = [f"as of {printed_time(clocks.as_of or date.fromordinal(clocks.as_of_day).isoformat())}"]
    said.append(f"as known on {printed_time(clocks.known_on)}" if clocks.known_on else "with everything published")
    return said + ([f"as this ledger stood on {clocks.ledger_on}"] if clocks.ledger_on else [])


def warning(evidence: Evidence) -> str:
    """What marks a brief that includes proposals; "" for others."""
    return str(method()["proposals"]) if evidence.proposed_included else ""


def limits(picture: Picture) -> list[str]:
    """Method and limits, with how much of the case the brief rests on."""
    said = [str(paragraph) for paragraph in method()["paragraphs"]]
    if picture.uncited:
        said.append(str(method()["uncited"]).format(uncited=picture.uncited, all=len(picture.evidence.entries)))
    return [*said, f"Made with Garant {__version__} from the case “{picture.evidence.title}”."]


def distance(source: Source) -> str:
    """A source's distance from the events, in a sentence."""
    if source.interested:
        return f"Speaks for {', '.join(source.interested)}."
    return str(method()["distance"][source.independence])


def graded(source: Source) -> str:
    """A source's grade with its reason, "Not graded." without one."""
    return f"Grade {source.grade}: {source.grade_reason}" if source.grade else str(method()["ungraded"])


@cache
def method() -> dict[str, Any]:
    """method.yaml."""
    text = resources.files(__package__).joinpath("method.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded
