"""Charts drawn as pictures of our own, each with its figures in words."""

import html
import math
from typing import Any

Json = dict[str, Any]

_WIDTH, _HEIGHT = 560, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 14, 56  # around the field of a chart with axes
_TURN = 2 * math.pi
_LABEL_MOST = 12  # characters under a category


def to_svg(block: Json) -> str:
    """A data_visualization block as a picture, its legend and its figures in words."""
    chart = block["chart"]
    pie = chart["type"] == "pie"
    names = [each["label" if pie else "name"] for each in chart["segments" if pie else "series"]]
    body = _pie(chart) if pie else _axes(chart)
    words = html.escape(f"{block['title']}: {told(chart)}")
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{words}">'
        f"{body}</svg>{_legend(names)}"
    )


def told(chart: Json) -> str:
    """A chart's figures in words."""
    if chart["type"] == "pie":
        return "; ".join(f"{each['label']} {_number(each['value'])}" for each in chart["segments"])
    return "; ".join(
        f"{series['name']}: "
        + ", ".join(f"{point['label']} {_number(point['value'])}" for point in series["data"])
        for series in chart["series"]
    )


def _number(value: float) -> str:
    return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"


def _legend(names: list[str]) -> str:
    items = "".join(
        f'<li><span class="swatch tint-{number}"></span>{html.escape(name)}</li>'
        for number, name in enumerate(names)
    )
    return f'<ul class="legend" aria-hidden="true">{items}</ul>'


def _pie(chart: Json) -> str:
    total = sum(each["value"] for each in chart["segments"])
    x, y, radius = _WIDTH / 2, _HEIGHT / 2, _HEIGHT / 2 - 10
    drawn, turned = "", -_TURN / 4
    for number, segment in enumerate(chart["segments"]):
        share = segment["value"] / total
        if share > 0.9999:  # noqa: PLR2004 - an arc from a point to itself is no circle
            drawn += f'<circle class="tint-{number}" cx="{x}" cy="{y}" r="{radius}"/>'
            break
        ends = turned + share * _TURN
        wide = 1 if share > 0.5 else 0  # noqa: PLR2004 - half a turn
        drawn += (
            f'<path class="tint-{number}" d="M{x} {y} L{_at(x, radius, math.cos(turned))} '
            f"{_at(y, radius, math.sin(turned))} A{radius} {radius} 0 {wide} 1 "
            f'{_at(x, radius, math.cos(ends))} {_at(y, radius, math.sin(ends))} Z"/>'
        )
        turned = ends
    return drawn


def _at(middle: float, radius: float, part: float) -> str:
    return f"{middle + radius * part:.1f}"


def _axes(chart: Json) -> str:
    categories = chart["axis_config"]["categories"]
    # A point stands over the category of its label, in whatever order they come.
    rows = []
    for series in chart["series"]:
        by_label = {point["label"]: point["value"] for point in series["data"]}
        rows.append([by_label.get(category, 0) for category in categories])
    ticks = _ticks([value for row in rows for value in row])
    field = _Field(len(categories), ticks[0], ticks[-1])
    draw = {"bar": _bars, "line": _lines, "area": _areas}[chart["type"]]
    return _grid(field, ticks) + draw(field, rows) + _labels(field, chart["axis_config"])


class _Field:
    """Where in the picture a category and a value are."""

    def __init__(self, count: int, least: float, most: float) -> None:
        self.step = (_WIDTH - _LEFT - _RIGHT) / count
        self.bottom = _HEIGHT - _BOTTOM
        self._least, self._span = least, (most - least) or 1

    def x(self, number: int) -> float:
        """The middle of a category."""
        return _LEFT + self.step * (number + 0.5)

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.bottom - (value - self._least) / self._span * (self.bottom - _TOP)


def _ticks(values: list[float]) -> list[float]:
    """Round values that the axis shows: nought and all values are between them."""
    least, most = min(0, *values), max(0, *values)
    span = (most - least) or 1
    size = 10.0 ** max(math.floor(math.log10(span)), -300)
    parts = (0.2, 0.5, 1, 2)
    step = next((size * part for part in parts if span / (size * part) <= 5), size * 5)  # noqa: PLR2004
    first, last = math.floor(least / step), math.ceil(most / step)
    return [float(f"{step * number:.12g}") for number in range(first, max(last, first + 1) + 1)]


def _grid(field: _Field, ticks: list[float]) -> str:
    return "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{field.y(tick):.1f}" '
        f'y2="{field.y(tick):.1f}"/><text x="{_LEFT - 6}" y="{field.y(tick) + 4:.1f}" '
        f'text-anchor="end">{tick:,.6g}</text>'
        for tick in ticks
    )


def _labels(field: _Field, axes: Json) -> str:
    shown = ""
    crowded = len(axes["categories"]) > 8  # noqa: PLR2004 - what stands side by side
    for number, name in enumerate(axes["categories"]):
        short = name if len(name) <= _LABEL_MOST else f"{name[: _LABEL_MOST - 1]}…"
        x, y = field.x(number), field.bottom + 16
        turned = f' transform="rotate(-35 {x:.1f} {y})" text-anchor="end"' if crowded else ""
        anchor = "" if crowded else ' text-anchor="middle"'
        shown += f'<text x="{x:.1f}" y="{y}"{anchor}{turned}>{html.escape(short)}</text>'
    middle = (_TOP + field.bottom) / 2
    if axes.get("x_label"):
        shown += (
            f'<text class="axis" x="{(_LEFT + _WIDTH) / 2}" y="{_HEIGHT - 4}" '
            f'text-anchor="middle">{html.escape(axes["x_label"])}</text>'
        )
    if axes.get("y_label"):
        shown += (
            f'<text class="axis" x="12" y="{middle}" text-anchor="middle" '
            f'transform="rotate(-90 12 {middle})">{html.escape(axes["y_label"])}</text>'
        )
    return shown


def _bars(field: _Field, rows: list[list[float]]) -> str:
    wide = field.step * 0.7 / len(rows)
    drawn = ""
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            x = field.x(place) - field.step * 0.35 + wide * number
            top, foot = sorted((field.y(value), field.y(0)))
            drawn += (
                f'<rect class="tint-{number}" x="{x:.1f}" y="{top:.1f}" '
                f'width="{max(wide - 1, 1):.1f}" height="{foot - top:.1f}"/>'
            )
    return drawn


def _points(field: _Field, row: list[float]) -> str:
    return " ".join(f"{field.x(place):.1f},{field.y(value):.1f}" for place, value in enumerate(row))


def _lines(field: _Field, rows: list[list[float]]) -> str:
    drawn = ""
    for number, row in enumerate(rows):
        drawn += f'<polyline class="stroke tint-{number}" points="{_points(field, row)}"/>'
        for place, value in enumerate(row):
            drawn += (
                f'<circle class="tint-{number}" cx="{field.x(place):.1f}" '
                f'cy="{field.y(value):.1f}" r="3"/>'
            )
    return drawn


def _areas(field: _Field, rows: list[list[float]]) -> str:
    foot = f"{field.y(0):.1f}"
    drawn = ""
    for number, row in enumerate(rows):
        first, last = f"{field.x(0):.1f}", f"{field.x(len(row) - 1):.1f}"
        points = f"{first},{foot} {_points(field, row)} {last},{foot}"
        drawn += f'<polygon class="filled tint-{number}" points="{points}"/>'
    return drawn + _lines(field, rows)
