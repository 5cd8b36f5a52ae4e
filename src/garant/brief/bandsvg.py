"""Drawing bands: panels below each other on one axis of time. Greys and shapes only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

from garant.brief.bandchart import Panel

_INK, _BAND, _GRID = "#111", "#c8c8c8", "#ddd"
_FONT = "Georgia, 'Times New Roman', 'Liberation Serif', serif"
_WIDTH, _HEIGHT = 560, 62
_DASHES = [[1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [4, 4]]
_SHAPES = {"strength": "circle", "arrival": "triangle-up", "departure": "triangle-down"}


def draw_svg(panels: Sequence[Panel]) -> str:
    """SVG text: a panel a series, its own scale of persons, a common axis of time."""
    every = [*(s for p in panels for s in p.steps), *(m for p in panels for m in p.marks)]
    span = [min(e["start"] for e in every), max(e["end"] for e in every)]
    years = int(span[1][:4]) - int(span[0][:4])
    drawn = [_panel(at, panel, span, years, last=panel is panels[-1]) for at, panel in enumerate(panels)]
    chart = (
        alt.vconcat(*drawn, spacing=9)
        .configure_view(stroke="#bbb", strokeWidth=0.4)
        .configure(font=_FONT)
        .configure_axis(gridColor=_GRID, labelFontSize=8.5)
    )
    # the data stand beside the drawing, by name: Altair would copy them for every layer, dozens of times
    data: dict[str, Any] = {}
    for at, panel in enumerate(panels):
        data |= {f"steps {at}": list(panel.steps), f"marks {at}": list(panel.marks)}
    svg: str = vl_convert.vegalite_to_svg(json.dumps({**chart.to_dict(validate=False), "datasets": data}))
    return svg


def _panel(at: int, panel: Panel, span: list[str], years: int, *, last: bool) -> Any:
    ticks: Any = "year" if years <= 14 else 8  # noqa: PLR2004  # more years than that would run into each other
    axis = alt.Axis(format="%Y", tickCount=ticks, labels=last, ticks=last, labelOverlap=True, grid=True)
    x = alt.X("start:T", title=None, scale=alt.Scale(domain=span), axis=axis)
    top = max([e["high"] for e in (*panel.steps, *panel.marks)], default=1)
    scale = alt.Scale(domain=[0, top * 1.12 or 1], nice=False)
    y = alt.Y("low:Q", title=None, scale=scale, axis=alt.Axis(tickCount=3, format=",d"))
    steps = alt.Chart(alt.NamedData(name=f"steps {at}")).encode(x=x, x2="end:T")
    faint = alt.condition("datum.stale", alt.value(0.2), alt.value(0.6))
    layers: list[Any] = [steps.mark_rect(color=_BAND).encode(y=y, y2="high:Q", opacity=faint)]
    for line in sorted({s["line"] for s in panel.steps}):
        own = steps.transform_filter(f"datum.line == {line}")
        dash = _DASHES[line % len(_DASHES)]
        for bound in ("low", "high"):
            rule = own.mark_rule(color=_INK, strokeDash=dash)
            width = alt.condition("datum.stale", alt.value(0.4), alt.value(1.1))
            layers.append(rule.encode(y=alt.Y(f"{bound}:Q", scale=scale), strokeWidth=width))
    marks = alt.Chart(alt.NamedData(name=f"marks {at}")).encode(x=x, y=y)
    layers.append(marks.transform_filter("datum.low != datum.high").mark_rule(color=_INK).encode(y2="high:Q"))
    layers.append(marks.transform_filter("datum.start != datum.end").mark_rule(color=_INK).encode(x2="end:T"))
    shapes = alt.Shape("what:N", legend=None, scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values())))
    layers.append(marks.mark_point(size=26, filled=True, color=_INK, opacity=1).encode(shape=shapes))
    title = alt.TitleParams(panel.title, anchor="start", fontSize=9.5, fontWeight="normal", offset=2)
    return alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT, title=title)
