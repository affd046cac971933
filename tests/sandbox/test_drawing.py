"""The page draws whatever somebody pastes: right, or named and folded, and never fails at it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nicegui import Client, ui
from nicegui.page import page

from sandbox.block_kit.blocks import BLOCKS
from sandbox.block_kit.elements import ELEMENTS
from sandbox.page.blocks import draw
from sandbox.page.elements import Surface
from sandbox.page.mrkdwn import Reader
from sandbox.page.seat import Menus
from tests.sandbox import examples
from tests.sandbox.test_block_kit import FIELDS, JSON, home_of, placed

Json = dict[str, Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Client]:
    """A page that nobody looks at."""
    client = Client(page("/drawing"), request=None)
    with client:
        yield client
    client.delete()


async def nothing(*_told: object) -> None:
    """What is used here does nothing."""


def shown(browser: Client, *blocks: Json) -> str:
    """What is on the page of these blocks."""
    with browser.content:
        layer = ui.element("div")
    with layer:
        reader = Reader({"U1": "Ada"}, {}, "Europe/Berlin")
        draw(
            list(blocks),
            Surface(reader, Menus({}, {}, {}, "UTC"), {}, nothing, layer, lambda: None),
        )
    found = [
        json.dumps({**each.props, "text": getattr(each, "text", "")}, default=str)
        for each in layer.descendants()
    ]
    layer.delete()
    return "\n".join(found)


@pytest.mark.parametrize("kind", BLOCKS)
async def test_each_block_is_known(browser: Client, kind: str) -> None:
    block = {"block_id": "b", **examples.BLOCKS[kind]}
    assert "isn't known here" not in shown(browser, block)
    assert "not in this form" not in shown(browser, block)


@pytest.mark.parametrize("kind", ELEMENTS)
async def test_each_element_is_known(browser: Client, kind: str) -> None:
    block, _ = placed(examples.ELEMENTS[kind], home_of(ELEMENTS[kind]))
    assert "not in this form" not in shown(browser, {"block_id": "b", **block})


async def test_a_block_of_another_type_is_named_and_folded(browser: Client) -> None:
    told = shown(browser, {"type": "hologram", "of": "<b>Ada</b>"})
    assert "This block's type, <code>hologram</code>, isn't known here." in told
    assert "&lt;b&gt;Ada&lt;/b&gt;" in told
    assert "<details>" in told


async def test_a_block_of_another_form_is_named_and_those_beside_it_are_drawn(
    browser: Client,
) -> None:
    told = shown(browser, {"type": "header"}, examples.BLOCKS["markdown"])
    assert "This block's type, <code>header</code>, is known, but not in this form." in told
    assert "<strong>Words</strong>" in told


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.sampled_from(sorted(BLOCKS)), st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4))
async def test_whatever_is_pasted_is_drawn(browser: Client, kind: str, odd: Json) -> None:
    assert shown(browser, {**examples.BLOCKS[kind], **odd, "type": kind})
