"""Writes app/reports/uusimaa.json, the outlines of the coverage map: `python scripts/build_map.py uusimaa.geojson`.

The source holds the 26 municipalities in WGS84 (National Land Survey of Finland, municipal division 1:4,500,000, 2023,
CC BY 4.0, modified; coast from Natural Earth, public domain). Run again only when the municipalities change.
"""

import json
import sys
from collections.abc import Iterator
from math import cos, radians
from pathlib import Path
from typing import Any

OUTCOME = Path(__file__).parent.parent / "app" / "reports" / "uusimaa.json"
WIDTH, MARGIN = 1000, 8
# Where the middle of a municipality has no room for its number: east and south of it, in units of the map.
MOVED = {"049": (24, -33), "091": (-10, -8), "543": (0, 6), "858": (-2, 0)}

Point = tuple[float, float]


class Projection:
    """Degrees to units of the map: at 60° north a degree of longitude is about half as wide as one of latitude."""

    def __init__(self, points: list[Point]) -> None:
        longitudes, latitudes = zip(*points, strict=True)
        self._west, self._north = min(longitudes), max(latitudes)
        self._narrowing = cos(radians((max(latitudes) + min(latitudes)) / 2))
        self._scale = (WIDTH - 2 * MARGIN) / ((max(longitudes) - self._west) * self._narrowing)
        self.height = round((self._north - min(latitudes)) * self._scale) + 2 * MARGIN

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        x = (longitude - self._west) * self._narrowing * self._scale + MARGIN
        return round(x), round((self._north - latitude) * self._scale) + MARGIN


def main() -> None:
    features = json.loads(Path(sys.argv[1]).read_text())["features"]
    projection = Projection([point for feature in features for ring in _rings(feature) for point in ring])
    outlines = {feature["properties"]["code"]: _outline(feature, projection) for feature in features}
    drawn = {"width": WIDTH, "height": projection.height, "municipalities": dict(sorted(outlines.items()))}
    OUTCOME.write_text(json.dumps(drawn, indent=1) + "\n")
    print(f"{len(outlines)} municipalities, {OUTCOME.stat().st_size} bytes")


def _outline(feature: dict[str, Any], projection: Projection) -> dict[str, Any]:
    code = feature["properties"]["code"]
    x, y = projection.place(*feature["properties"]["label"])
    east, south = MOVED.get(code, (0, 0))
    return {
        "path": "".join(_path([projection.place(*point) for point in ring]) for ring in _rings(feature)),
        "label": [x + east, y + south],
    }


def _path(points: list[tuple[int, int]]) -> str:
    """A ring as SVG writes it, without the points that rounding has made equal."""
    kept = [point for number, point in enumerate(points[:-1]) if point != points[number - 1]]
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z"


def _rings(feature: dict[str, Any]) -> Iterator[list[Point]]:
    geometry = feature["geometry"]
    for polygon in geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]:
        yield from polygon


if __name__ == "__main__":
    main()
