"""Drawing the map of exposure: areas, sites, names, legends and a scale bar. Greys and shapes only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import vl_convert

_INK = "#111"
_FONT = "Georgia, 'Times New Roman', 'Liberation Serif', serif"
#: Pixels between marks of one site.
_BESIDE = 7


def draw_svg(values: Mapping[str, Any], style: Mapping[str, Any]) -> str:
    """SVG text. `values`: areas (geometry, name, class, x, y), sites (x, y, regime, beside), bar, source."""
    areas = [{"type": "Feature", "geometry": a["geometry"], "properties": a} for a in values["areas"]]
    points = [p for a in values["areas"] for p in _points(a["geometry"])]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    width = style["width"]
    height = width * (north - south) / (east - west)
    beside = _BESIDE * (east - west) / width
    layers = [
        _greys(areas, style),
        *_sites(values["sites"], style, beside),
        *_names(values["areas"], style["font"]["areas"]),
        *_bar(values["bar"]),
    ]
    chart = (
        alt.layer(*layers)
        .project(type="identity", reflectY=True)
        .properties(
            width=width,
            height=height,
            title=alt.TitleParams(
                values["source"], orient="bottom", anchor="start", fontSize=8, fontWeight="normal", offset=6
            ),
        )
        .configure_view(stroke=None)
        .configure(font=_FONT)
        .configure_legend(orient="right", titleFontSize=9, labelFontSize=9, symbolStrokeColor=_INK)
    )
    svg: str = vl_convert.vegalite_to_svg(chart.to_json(validate=False))
    return svg


def _greys(areas: list[dict[str, Any]], style: Mapping[str, Any]) -> Any:
    classes = style["classes"]
    words = [step["words"] for step in classes]
    for area in areas:
        area["properties"] = area["properties"] | {"deaths": words[area["properties"]["class"]]}
    scale = alt.Scale(domain=words, range=[step["grey"] for step in classes])
    colour = alt.Color(
        "properties.deaths:N", scale=scale, title="Deaths, spread", legend=alt.Legend(symbolType="square")
    )
    base = alt.Chart(alt.InlineData(values=areas))
    return base.mark_geoshape(stroke="#444", strokeWidth=0.5).encode(color=colour)


def _sites(sites: list[dict[str, Any]], style: Mapping[str, Any], beside: float) -> list[Any]:
    told = [regime for regime in style["marks"] if any(s["regime"] == regime for s in sites)]
    if not told:
        return []
    words = {regime: style["marks"][regime]["words"] for regime in told}
    values = [{**s, "x": s["x"] + s["beside"] * beside, "whose": words[s["regime"]]} for s in sites]
    legend, domain = alt.Legend(title="Sites of"), list(words.values())
    scales = {key: alt.Scale(domain=domain, range=[style["marks"][r][key] for r in told]) for key in ("shape", "fill")}
    mark = alt.Chart(alt.InlineData(values=values)).mark_point(size=30, filled=True, strokeWidth=0.9, opacity=1)
    shape = alt.Shape("whose:N", legend=legend, scale=scales["shape"])
    fill = alt.Fill("whose:N", legend=legend, scale=scales["fill"])
    # The stroke is encoded too: a legend leaves out a stroke that only the mark has, and white marks with it.
    first = alt.Chart(alt.InlineData(values=[v for v in values if not v["beside"]]))
    text: dict[str, Any] = {"align": "left", "dx": 5, "dy": 6, "fontSize": style["font"]["sites"]}
    named = [layer.encode(longitude="x:Q", latitude="y:Q", text="name:N") for layer in _haloed(first, text)]
    stroke = alt.Stroke("whose:N", legend=legend, scale=alt.Scale(domain=domain, range=[_INK] * len(domain)))
    return [*named, mark.encode(longitude="x:Q", latitude="y:Q", shape=shape, fill=fill, stroke=stroke)]


def _names(areas: list[dict[str, Any]], size: float) -> list[Any]:
    base = alt.Chart(alt.InlineData(values=[{"name": a["name"], "x": a["x"], "y": a["y"]} for a in areas]))
    text: dict[str, Any] = {"fontSize": size, "fontStyle": "italic", "dy": -9}
    return [layer.encode(longitude="x:Q", latitude="y:Q", text="name:N") for layer in _haloed(base, text)]


def _haloed(base: Any, text: Mapping[str, Any]) -> tuple[Any, Any]:
    """Words with a white rim under them, so that they can be read on every grey."""
    return base.mark_text(**text, stroke="white", strokeWidth=2.2, strokeOpacity=0.85), base.mark_text(**text)


def _bar(bar: Mapping[str, float]) -> list[Any]:
    line = {
        "type": "Feature",
        "geometry": {
            "type": "LineString",
            "coordinates": [[bar["west"], bar["south"]], [bar["west"] + bar["degrees"], bar["south"]]],
        },
    }
    drawn = alt.Chart(alt.InlineData(values=[line])).mark_geoshape(stroke=_INK, strokeWidth=2, filled=False)
    end = alt.Chart(
        alt.InlineData(values=[{"x": bar["west"] + bar["degrees"], "y": bar["south"], "km": f"{bar['km']} km"}])
    )
    return [drawn, end.mark_text(align="left", dx=4, fontSize=9).encode(longitude="x:Q", latitude="y:Q", text="km:N")]


def _points(geometry: Mapping[str, Any]) -> list[list[float]]:
    rings = (
        geometry["coordinates"] if geometry["type"] == "Polygon" else [r for p in geometry["coordinates"] for r in p]
    )
    return [point for ring in rings for point in ring]
