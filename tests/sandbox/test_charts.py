"""Charts and tables as the page draws them: whole, harmless, and told in words."""

import re
import xml.etree.ElementTree as ET
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.page import charts, tables
from sandbox.page.mrkdwn import Reader
from sandbox.validate import problems
from tests.sandbox.examples import BARS, PIE

Json = dict[str, Any]
READER = Reader({}, {}, "UTC")
LABEL = st.text(alphabet='ab<&"é ', min_size=1, max_size=20)
VALUE = st.integers(-10_000, 10_000) | st.floats(-1e6, 1e6)


def drawn(chart: Json, title: str = "Answers") -> ET.Element:
    """The picture, which is well-formed."""
    block = {"type": "data_visualization", "title": title, "chart": chart}
    assert problems([block]) == []
    shown = charts.to_svg(block)
    return ET.fromstring(f"<all>{shown}</all>")  # noqa: S314 - made here


def test_a_pie_has_a_slice_for_each_and_says_how_large() -> None:
    picture = drawn(PIE)[0]
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-label"] == "Answers: Yes 3; No 1"
    assert len(picture.findall("path")) == 2


def test_a_pie_of_one_slice_is_a_circle() -> None:
    whole = {"type": "pie", "segments": [{"label": "All", "value": 5}]}
    assert len(drawn(whole)[0].findall("circle")) == 1


@given(
    st.sampled_from(["bar", "line", "area"]),
    st.lists(LABEL, min_size=1, max_size=20, unique=True),
    st.lists(LABEL, min_size=1, max_size=6, unique=True),
    st.data(),
)
def test_whatever_the_figures_a_chart_is_drawn_within_its_frame(
    kind: str, categories: list[str], names: list[str], data: st.DataObject
) -> None:
    series = [
        {"name": name, "data": [{"label": each, "value": data.draw(VALUE)} for each in categories]}
        for name in names
    ]
    axes = {"categories": categories, "x_label": "<x>", "y_label": "&y"}
    picture = drawn(BARS | {"type": kind, "series": series, "axis_config": axes})[0]
    for bar in picture.findall("rect"):
        top, height = float(bar.attrib["y"]), float(bar.attrib["height"])
        assert 0 <= top <= top + height <= 260
    for points in picture.findall("polyline"):
        for y in re.findall(r",([-\d.]+)", points.attrib["points"]):
            assert 0 <= float(y) <= 260


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_an_axis_holds_nought_and_every_value_with_few_lines(values: list[float]) -> None:
    ticks = charts._ticks(values)  # noqa: SLF001 - the one rule in it
    assert ticks == sorted(ticks)
    slack = (ticks[1] - ticks[0]) * 1e-6
    assert ticks[0] <= min(0, *values) + slack
    assert ticks[-1] >= max(0, *values) - slack
    assert 2 <= len(ticks) <= 8


def test_a_table_has_a_header_and_does_no_harm() -> None:
    rows = [["Name", "<b>"], ["Ada", "1 & 2"]]
    block = {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows],
    }
    shown = tables.plain_table(block, READER)
    assert '<th scope="col" class="right">&lt;b&gt;</th>' in shown
    assert '<td class="left wrapped">Ada</td><td class="right">1 &amp; 2</td>' in shown
