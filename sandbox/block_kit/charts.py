"""Charts, for the block that draws data: pie, bar, line and area."""

from collections.abc import Iterator

from sandbox.block_kit.kinds import Items, Json, Number, Shape, String, Tagged, told

_LABEL = String(20, least=1)
_POINT = Shape({"label": _LABEL, "value": Number(whole=False)}, needs=("label", "value"))


def _sizes(value: Json, at: str) -> Iterator[str]:
    for number, segment in enumerate(value["segments"]):
        if segment["value"] <= 0:
            yield told("must be greater than 0", f"{at}/segments/{number}/value")


def _in_step(value: Json, at: str) -> Iterator[str]:
    """Each series has a name of its own, and one point for each category."""
    categories = sorted(value["axis_config"]["categories"])
    names: set[str] = set()
    for number, series in enumerate(value["series"]):
        here = f"{at}/series/{number}"
        if series["name"] in names:
            yield told("series names must be unique", f"{here}/name")
        names.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != categories:
            yield told("data labels must match the categories", f"{here}/data")


_AXES = Shape(
    {
        "series": Items(
            Shape(
                {"name": _LABEL, "data": Items(_POINT, least=1, most=20)}, needs=("name", "data")
            ),
            least=1,
            most=6,
        ),
        "axis_config": Shape(
            {
                "categories": Items(_LABEL, least=1, most=20),
                "x_label": String(50),
                "y_label": String(50),
            },
            needs=("categories",),
        ),
    },
    needs=("series", "axis_config"),
    rules=(_in_step,),
)
CHART = Tagged(
    {
        "pie": Shape(
            {"segments": Items(_POINT, least=1, most=6)}, needs=("segments",), rules=(_sizes,)
        ),
        "bar": _AXES,
        "line": _AXES,
        "area": _AXES,
    }
)
