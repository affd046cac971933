"""What Slack refuses of blocks and elements: each limit of the tables, and where each may stand."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.block_kit.blocks import BLOCKS
from sandbox.block_kit.elements import ELEMENTS
from sandbox.block_kit.kinds import Shape, told
from sandbox.validate import problems
from tests.sandbox import examples
from tests.sandbox.examples import CELL, PICTURE, PIE, marked, option, plain
from tests.sandbox.trying import broken, most

Json = dict[str, Any]
SURFACES = ("message", "modal", "home")


def a_surface(shape: Shape) -> str:
    return next(each for each in SURFACES if each in shape.on)


def placed(element: Json, block: str) -> tuple[Json, str]:
    """A block of this kind with the element in it, and where it is in that."""
    if block in ("actions", "context", "context_actions"):
        return {"type": block, "elements": [element]}, "/elements/0"
    if block == "section":
        return {"type": block, "text": plain("x"), "accessory": element}, "/accessory"
    if block == "input":
        return {"type": block, "label": plain("x"), "element": element}, "/element"
    if block == "card":
        return {"type": block, "actions": [element]}, "/actions/0"
    raise AssertionError(block)


def home_of(shape: Shape) -> str:
    order = ("actions", "input", "section", "context", "context_actions")
    return next(each for each in order if each in shape.stands)


def of_blocks() -> Iterator[Any]:
    for kind, shape in BLOCKS.items():
        whole = {name: held for name, held in examples.BLOCKS[kind].items() if name != "type"}
        for sentence, value, words, at in broken(shape, whole):
            block = {"type": kind, **value}
            wanted = told(words, f"/blocks/0{at}")
            yield pytest.param(block, a_surface(shape), wanted, id=f"{kind} {sentence}")


def of_elements() -> Iterator[Any]:
    for kind, shape in ELEMENTS.items():
        whole = {name: held for name, held in examples.ELEMENTS[kind].items() if name != "type"}
        for sentence, value, words, at in broken(shape, whole):
            block, where = placed({"type": kind, **value}, home_of(shape))
            on = "modal" if "modal" in shape.on and block["type"] == "input" else "message"
            wanted = told(words, f"/blocks/0{where}{at}")
            yield pytest.param(block, on, wanted, id=f"{kind} {sentence}")


@pytest.mark.parametrize(("block", "on", "wanted"), [*of_blocks(), *of_elements()])
def test_what_is_not_as_declared_is_refused_in_its_place(block: Json, on: str, wanted: str) -> None:
    assert wanted in problems([block], on)


def at_most() -> Iterator[Any]:
    for kind, shape in BLOCKS.items():
        for name, held in shape.fields.items():
            for sentence, value in most(held):
                block = {**examples.BLOCKS[kind], name: value}
                yield pytest.param(block, a_surface(shape), id=f"{kind} {name}: {sentence}")
    for kind, shape in ELEMENTS.items():
        for name, held in shape.fields.items():
            for sentence, value in most(held):
                block, _ = placed({**examples.ELEMENTS[kind], name: value}, home_of(shape))
                on = "modal" if block["type"] == "input" else "message"
                yield pytest.param(block, on, id=f"{kind} {name}: {sentence}")


# Where a rule on several fields has the last word, the rule is tried by itself.
BY_RULE = ("initial_option", "min_length", "option_groups", "number_input", "rows", "row_header")


@pytest.mark.parametrize(
    ("block", "on"), [each for each in at_most() if not any(rule in each.id for rule in BY_RULE)]
)
def test_as_much_as_is_declared_is_taken(block: Json, on: str) -> None:
    assert problems([block], on) == []


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_small_one_of_each_block_is_taken(kind: str) -> None:
    assert problems([examples.BLOCKS[kind]], a_surface(BLOCKS[kind])) == []


# Slack's documentation, written down a second time.
EVERYWHERE = ("message", "modal", "home")
STAND_ON: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("section", "divider", "header", "context", "actions", "image", "input", "rich_text",
         "video", "card"),
        EVERYWHERE,
    ),
    **dict.fromkeys(
        ("file", "call", "markdown", "table", "data_table", "data_visualization", "container",
         "context_actions", "task_card", "plan"),
        ("message",),
    ),
    "alert": ("modal",),
    "carousel": ("message", "home"),
}  # fmt: skip
MANY = frozenset({"section", "actions", "input"})
STAND_IN: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("static_select", "multi_static_select", "external_select", "multi_external_select",
         "users_select", "multi_users_select", "conversations_select",
         "multi_conversations_select", "channels_select", "multi_channels_select", "datepicker",
         "timepicker", "checkboxes", "radio_buttons"),
        MANY,
    ),
    **dict.fromkeys(
        ("plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input"),
        frozenset({"input"}),
    ),
    "button": frozenset({"section", "actions", "card"}),
    "overflow": frozenset({"section", "actions"}),
    "workflow_button": frozenset({"section", "actions"}),
    "image": frozenset({"section", "context"}),
    "datetimepicker": frozenset({"actions", "input"}),
    "rich_text_input": frozenset({"actions", "input"}),
    "feedback_buttons": frozenset({"context_actions"}),
    "icon_button": frozenset({"context_actions"}),
}  # fmt: skip


def test_nothing_is_declared_that_is_not_tried_here() -> None:
    assert set(BLOCKS) == set(STAND_ON) == set(examples.BLOCKS)
    assert set(ELEMENTS) == set(STAND_IN) == set(examples.ELEMENTS)


@pytest.mark.parametrize(("kind", "on"), [*itertools.product(STAND_ON, EVERYWHERE)])
def test_a_block_is_taken_on_its_surfaces_alone(kind: str, on: str) -> None:
    found = problems([examples.BLOCKS[kind]], on)
    wrong = f"unsupported type: {kind} [json-pointer:/blocks/0/type]"
    assert found == ([] if on in STAND_ON[kind] else [wrong])


IN_BLOCKS = ("section", "actions", "input", "context", "card", "context_actions")


@pytest.mark.parametrize(("kind", "block"), [*itertools.product(STAND_IN, IN_BLOCKS)])
def test_an_element_stands_in_its_blocks_alone(kind: str, block: str) -> None:
    made, at = placed(examples.ELEMENTS[kind], block)
    found = problems([made], "message" if block == "context_actions" else "modal")
    wrong = f"unsupported type: {kind} [json-pointer:/blocks/0{at}/type]"
    assert found == ([] if block in STAND_IN[kind] else [wrong])


def test_a_file_is_asked_for_in_modals_alone() -> None:
    block, _ = placed(examples.ELEMENTS["file_input"], "input")
    assert problems([block], "modal") == []
    assert problems([block], "home") != []


def text_of(kind: str, field: str, length: int, **more: Any) -> Json:
    return {**examples.BLOCKS[kind], field: plain("x" * length), **more}


def button(**more: Any) -> Json:
    return placed(examples.BUTTON | more, "actions")[0]


# slack-facts.md, written down a second time: the most that is taken, by what makes one of it.
FACTS = [
    pytest.param(3000, lambda n: text_of("section", "text", n), id="a section's text"),
    pytest.param(
        2000, lambda n: {"type": "section", "fields": [plain("x" * n)]}, id="a section's field"
    ),
    pytest.param(10, lambda n: {"type": "section", "fields": [plain("x")] * n}, id="fields"),
    pytest.param(150, lambda n: text_of("header", "text", n), id="a header"),
    pytest.param(10, lambda n: {"type": "context", "elements": [PICTURE] * n}, id="a context"),
    pytest.param(
        25,
        lambda n: {"type": "actions", "elements": [{"type": "datepicker"}] * n},
        id="actions",
    ),
    pytest.param(75, lambda n: button(text=plain("x" * n)), id="a button's text"),
    pytest.param(2000, lambda n: button(value="x" * n), id="a button's value"),
    pytest.param(255, lambda n: button(action_id="x" * n), id="an action_id"),
    pytest.param(255, lambda n: {"type": "divider", "block_id": "x" * n}, id="a block_id"),
    pytest.param(
        2000, lambda n: {**examples.BLOCKS["image"], "alt_text": "x" * n}, id="an alt_text"
    ),
    pytest.param(2000, lambda n: text_of("input", "label", n), id="an input's label"),
    pytest.param(2000, lambda n: text_of("input", "hint", n), id="an input's hint"),
    pytest.param(12_000, lambda n: {"type": "markdown", "text": "x" * n}, id="markdown"),
    pytest.param(100, lambda n: {"type": "table", "rows": [[CELL]] * n}, id="rows of a table"),
    pytest.param(20, lambda n: {"type": "table", "rows": [[CELL] * n]}, id="columns of a table"),
    pytest.param(
        10_000,
        lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * n}]]},
        id="characters of a table",
    ),
    pytest.param(
        50,
        lambda n: {"type": "data_visualization", "title": "x" * n, "chart": PIE},
        id="a chart's title",
    ),
    pytest.param(
        10,
        lambda n: {"type": "carousel", "elements": [examples.BLOCKS["card"]] * n},
        id="a carousel",
    ),
    pytest.param(
        100, lambda n: select(options=[option(f"o{each}") for each in range(n)]), id="options"
    ),
    pytest.param(75, lambda n: select(options=[option("x" * n)]), id="an option's text"),
    pytest.param(
        150,
        lambda n: select(options=[{"text": plain("x"), "value": "x" * n}]),
        id="an option's value",
    ),
    pytest.param(
        75,
        lambda n: select(options=[option("x", description=plain("x" * n))]),
        id="an option's description",
    ),
    pytest.param(150, lambda n: select(placeholder=plain("x" * n)), id="a placeholder"),
    pytest.param(10, lambda n: ticks("checkboxes", n), id="checkboxes"),
    pytest.param(10, lambda n: ticks("radio_buttons", n), id="radio buttons"),
    pytest.param(5, lambda n: ticks("overflow", n), id="an overflow menu"),
    pytest.param(100, lambda n: asks(title=plain("x" * n)), id="a confirmation's title"),
    pytest.param(300, lambda n: asks(text=plain("x" * n)), id="a confirmation's text"),
    pytest.param(30, lambda n: asks(confirm=plain("x" * n)), id="a confirmation's yes"),
    pytest.param(30, lambda n: asks(deny=plain("x" * n)), id="a confirmation's no"),
]


def select(**more: Any) -> Json:
    return placed({**examples.ELEMENTS["static_select"], **more}, "actions")[0]


def ticks(kind: str, count: int) -> Json:
    return placed({"type": kind, "options": [option(f"o{n}") for n in range(count)]}, "actions")[0]


def asks(**more: Any) -> Json:
    return button(confirm={"title": plain("Sure?"), "text": plain("It is done then."), **more})


@pytest.mark.parametrize(("limit", "make"), FACTS)
def test_the_limits_are_slacks(limit: int, make: Any) -> None:
    assert problems([make(limit)]) == []
    assert problems([make(limit + 1)]) != []


@pytest.mark.parametrize(("on", "limit"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_holds_so_many_blocks(on: str, limit: int) -> None:
    divider = {"type": "divider"}
    assert problems([divider] * limit, on) == []
    wrong = f"no more than {limit} items allowed [json-pointer:/blocks]"
    assert problems([divider] * (limit + 1), on) == [wrong]


CHART = examples.BLOCKS["data_visualization"]
TYPED = examples.TEXT_FIELD
TOGETHER = [
    pytest.param(
        [{"type": "divider", "block_id": "b"}] * 2,
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
        id="two blocks of one name",
    ),
    pytest.param(
        [{"type": "actions", "elements": [examples.BUTTON] * 2}],
        '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
        id="two actions of one name in a block",
    ),
    pytest.param(
        [
            {"type": "divider", "block_id": "b"},
            {
                "type": "container",
                "title": plain("x"),
                "child_blocks": [{"type": "divider", "block_id": "b"}],
            },
        ],
        '`block_id` "b" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]',
        id="one inside of the name of one outside",
    ),
    pytest.param(
        [examples.BLOCKS["table"]] * 2,
        "only_one_table_allowed [json-pointer:/blocks/1]",
        id="two tables",
    ),
    pytest.param(
        [CHART] * 3,
        "no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]",
        id="three charts",
    ),
    pytest.param(
        [{"type": "markdown", "text": "x" * 6001}] * 2,
        "must be less than 12001 characters [json-pointer:/blocks/1/text]",
        id="much markdown in two",
    ),
    pytest.param(
        [placed({**TYPED, "focus_on_load": True}, "input")[0]] * 2,
        "only one element can have `focus_on_load` [json-pointer:/blocks/1/element/focus_on_load]",
        id="two that would be focused",
    ),
    pytest.param(
        [{"type": "section"}],
        "must define either `text` or `fields` [json-pointer:/blocks/0/type]",
        id="a section of nothing",
    ),
    pytest.param(
        [placed({"type": "static_select"}, "actions")[0]],
        "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
        id="a select of nothing",
    ),
    pytest.param(
        [select(option_groups=[{"label": plain("x"), "options": [option("a")]}])],
        "cannot provide both `options` and `option_groups`"
        " [json-pointer:/blocks/0/elements/0/option_groups]",
        id="options and groups of them",
    ),
    pytest.param(
        [select(initial_option=option("b"))],
        "invalid initial_option: not one of the options"
        " [json-pointer:/blocks/0/elements/0/initial_option]",
        id="what is picked at first is none of the options",
    ),
    pytest.param(
        [placed({**TYPED, "min_length": 5, "max_length": 3}, "input")[0]],
        "`min_length` must be less than `max_length` [json-pointer:/blocks/0/element/min_length]",
        id="at least more than at most",
    ),
    pytest.param(
        [placed({**TYPED, "max_length": 3, "initial_value": "four"}, "input")[0]],
        "initial_value does not fit the lengths allowed"
        " [json-pointer:/blocks/0/element/initial_value]",
        id="longer at first than may be typed",
    ),
    pytest.param(
        [
            placed({"type": "number_input", "is_decimal_allowed": True, "min_value": "x"}, "input")[
                0
            ]
        ],
        "must provide a number [json-pointer:/blocks/0/element/min_value]",
        id="words for a least number",
    ),
    pytest.param(
        [
            placed(
                {
                    "type": "number_input",
                    "is_decimal_allowed": True,
                    "min_value": "5",
                    "max_value": "3",
                },
                "input",
            )[0]
        ],
        "`min_value` must be less than `max_value` [json-pointer:/blocks/0/element/min_value]",
        id="a least number over the largest",
    ),
    pytest.param(
        [{"type": "data_table", "caption": "x", "rows": [[CELL, CELL], [CELL]]}],
        "must have 2 cells like the header [json-pointer:/blocks/0/rows/1]",
        id="rows of different lengths",
    ),
    pytest.param(
        [{"type": "data_table", "caption": "x", "rows": [[examples.RICH], [CELL]]}],
        "unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]",
        id="rich text in a header",
    ),
    pytest.param(
        [{**CHART, "chart": {"type": "pie", "segments": [{"label": "x", "value": 0}]}}],
        "must be greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]",
        id="a slice of nothing",
    ),
    pytest.param(
        [{**CHART, "chart": examples.BARS | {"axis_config": {"categories": ["June"]}}}],
        "data labels must match the categories [json-pointer:/blocks/0/chart/series/0/data]",
        id="a month that is no category",
    ),
    pytest.param(
        [{**CHART, "chart": examples.BARS | {"series": examples.BARS["series"] * 2}}],
        "series names must be unique [json-pointer:/blocks/0/chart/series/1/name]",
        id="two series of one name",
    ),
    pytest.param(
        [{**examples.BLOCKS["container"], "default_collapsed": True}],
        "requires `is_collapsible` to be true [json-pointer:/blocks/0/default_collapsed]",
        id="folded, and not to be folded",
    ),
    pytest.param(
        [{"type": "header", "text": marked("x")}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
        id="formatted words in a header",
    ),
]


@pytest.mark.parametrize(("blocks", "wanted"), TOGETHER)
def test_what_does_not_go_together_is_refused(blocks: list[Json], wanted: str) -> None:
    assert wanted in problems(blocks, "message")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(sorted({"x", "y", *BLOCKS["card"].fields})), inner)
    ),
    max_leaves=12,
)
FIELDS = sorted({name for shape in (*BLOCKS.values(), *ELEMENTS.values()) for name in shape.fields})


@given(JSON, st.sampled_from(SURFACES))
def test_whatever_is_pasted_comes_to_words(pasted: Any, on: str) -> None:
    assert all(" [json-pointer:/blocks" in each for each in problems(pasted, on))


@given(
    st.sampled_from(sorted(BLOCKS)),
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4),
    st.sampled_from(SURFACES),
)
def test_whatever_stands_in_a_block_comes_to_words(kind: str, odd: Json, on: str) -> None:
    for block in ({"type": kind, **odd}, {**examples.BLOCKS[kind], **odd}):
        assert all(" [json-pointer:/blocks" in each for each in problems([block], on))


@given(
    st.sampled_from(sorted(ELEMENTS)), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4)
)
def test_whatever_stands_in_an_element_comes_to_words(kind: str, odd: Json) -> None:
    block, _ = placed({**examples.ELEMENTS[kind], **odd, "type": kind}, home_of(ELEMENTS[kind]))
    assert all(" [json-pointer:/blocks" in each for each in problems([block], "modal"))
