"""Drawing the timeline: marks that already have their rows, as SVG. Greys and shapes only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import altair as alt
import vl_convert

from garant.brief.marks import Mark

_INK, _SOFT, _GRID = "#111", "#555", "#ddd"
#: Up to so many years each has its line.
_YEARLY = 40
_FONT = "Georgia, 'Times New Roman', 'Liberation Serif', serif"


def draw_svg(marks: Sequence[Mark], rows: Mapping[str, int], style: Mapping[str, Any]) -> str:
    """SVG text of the timeline. `rows` counts the rows of each lane that has marks, in the lanes' order in `style`."""
    tops: dict[str, float] = {}
    depth = 0.0
    for title in (lane["title"] for lane in style["lanes"] if lane["title"] in rows):
        tops[title] = depth
        depth += rows[title] + 0.9
    values = [{**asdict(m), "y": tops[m.lane] + m.row + 0.6} for m in marks]
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, depth], reverse=True, nice=False))
    base = alt.Chart(alt.InlineData(values=values)).encode(x=_years(marks), y=y)
    layers = alt.layer(*_lanes(tops, y), *_marks(base, marks), *_labels(base, style["font"]))
    chart = (
        layers.properties(width=style["width"], height=depth * style["row"])
        .configure_view(stroke=None)
        .configure(font=_FONT)
        .configure_axis(gridColor=_GRID, labelFontSize=10)
    )
    svg: str = vl_convert.vegalite_to_svg(chart.to_json(validate=False))
    return svg


def _years(marks: Sequence[Mark]) -> alt.X:
    span = [min(m.start for m in marks), max(m.end for m in marks)]
    years = int(span[1][:4]) - int(span[0][:4])
    axis = alt.Axis(format="%Y", grid=True, tickCount="year" if years <= _YEARLY else 10, labelOverlap=True)
    return alt.X("start:T", title=None, scale=alt.Scale(domain=span), axis=axis)


def _lanes(tops: Mapping[str, float], y: alt.Y) -> list[alt.Chart]:
    heads = [{"y": top + 0.05, "lane": lane} for lane, top in tops.items()]
    titles = alt.Chart(alt.InlineData(values=heads)).mark_text(
        align="right", dx=-8, baseline="top", fontWeight="bold", fontSize=10
    )
    rules = alt.Chart(alt.InlineData(values=heads[1:])).mark_rule(color="#999", strokeWidth=0.5)
    return [rules.encode(y=y), titles.encode(x=alt.value(0), y=y, text="lane:N")]


def _marks(base: alt.Chart, marks: Sequence[Mark]) -> list[alt.Chart]:
    """Bars for operations; for the rest a mark where it begins, and a line over the days it may mean or lasts."""
    bars = base.transform_filter("datum.shape == 'bar'").mark_bar(height=8, color=_SOFT).encode(x2="end:T")
    others = base.transform_filter("datum.shape != 'bar'")
    spans = others.transform_filter("datum.start != datum.end").mark_rule(strokeWidth=1.2, color=_INK)
    shapes = sorted({m.shape for m in marks} - {"bar"}) or ["circle"]
    points = others.mark_point(size=38, strokeWidth=1, stroke=_INK, opacity=1).encode(
        shape=alt.Shape("shape:N", legend=None, scale=alt.Scale(domain=shapes, range=shapes)),
        fill=alt.condition("datum.sure", alt.value(_INK), alt.value("#fff")),
    )
    return [bars, spans.encode(x2="end:T"), points]


def _labels(base: alt.Chart, size: float) -> list[alt.Chart]:
    text: dict[str, Any] = {"baseline": "middle", "fontSize": size, "color": _INK}
    right = base.transform_filter("!datum.flip").mark_text(align="left", dx=6, **text)
    left = base.transform_filter("datum.flip").mark_text(align="right", dx=-6, **text)
    return [right.encode(x="end:T", text="label:N"), left.encode(text="label:N")]
