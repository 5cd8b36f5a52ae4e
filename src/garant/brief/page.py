"""The brief as one self-contained HTML file."""

from __future__ import annotations

from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup

from garant.brief.head import distance, graded, limits, stands, warning
from garant.brief.phrases import phrases
from garant.brief.picture import Picture
from garant.claims.wording import printed_time
from garant.version import __version__


def page(picture: Picture) -> str:
    """HTML of the brief: no script, no request to anywhere, prints on A4.

    Every figure carries the numbers of its footnotes; a footnote leads to the claim and its source.
    """
    evidence = picture.evidence
    return _environment().get_template("brief.html.j2").render(
        picture=picture,
        ids=picture.ids,
        title=evidence.title,
        style=Markup(_text("brief.css")),  # noqa: S704  # our own file
        stands=stands(evidence),
        warning=warning(evidence),
        limits=limits(picture),
        version=__version__,
        printed_time=printed_time,
        distance=distance,
        graded=graded,
        modality=phrases()["modality"],
    )  # fmt: skip


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.PackageLoader("garant.brief", "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["drawn"] = Markup  # our own charts; their texts are escaped by the renderer
    return environment


def _text(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
