"""The brief as one self-contained HTML file."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import jinja2
from markupsafe import Markup

from garant.brief.evidence import Evidence
from garant.brief.picture import draw
from garant.brief.timeline import timeline_svg
from garant.claims.wording import printed_time
from garant.version import __version__


def page(evidence: Evidence, keep: Path | None = None) -> str:
    """HTML of the brief: no script, no request to anywhere, prints on A4.

    Every figure carries the number of a footnote; the footnote leads to the claim and its source. `keep` is a
    folder in which drawn charts are kept.
    """
    picture = draw(evidence)
    svg = timeline_svg(picture.marks, keep)
    clocks = evidence.clocks
    return _environment().get_template("brief.html.j2").render(
        picture=picture,
        holdings=picture.holdings,
        title=evidence.title,
        timeline=Markup(svg) if svg else None,  # noqa: S704  # our own chart; its texts are escaped by the renderer
        style=Markup(_text("brief.css")),  # noqa: S704  # our own file
        as_of=printed_time(clocks.as_of or date.fromordinal(clocks.as_of_day).isoformat()),
        known_on=printed_time(clocks.known_on) if clocks.known_on else None,
        ledger_on=clocks.ledger_on,
        proposed=evidence.proposed_included,
        version=__version__,
        printed_time=printed_time,
    )  # fmt: skip


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("garant.brief", "templates")
    return jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )


def _text(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
