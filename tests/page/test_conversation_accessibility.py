"""axe-core finds nothing serious in a conversation, nor in what opens over it."""

from typing import Literal

import pytest
from playwright.async_api import BrowserContext, expect

from tests.page.place import Place, looking
from tests.page.test_accessibility import Judge
from tests.page.test_messages import message

pytestmark = pytest.mark.page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_is_found_in_a_conversation(
    chromium: BrowserContext, place: Place, scheme: Literal["light", "dark"], width: int
) -> None:
    said = (await place.act("post", "U0BEN", text="*Who* knows `it`, <!here>?"))["ts"]
    await place.act("edit", "U0BEN", ts=said, text="*Who* knows it, @eva?")
    await place.act("react", "U0EVA", ts=said, name="eyes")
    await place.act("reply", "U0EVA", ts=said, text="I do", broadcast=True)
    await place.act("upload", "U0EVA", name="values.csv", content="a,b", text="See here")
    gone = (await place.act("post", "U0GUS", text="Oops"))["ts"]
    await place.act("reply", "U0EVA", ts=gone, text="No harm done")
    await place.act("delete", "U0GUS", ts=gone)
    await place.act("command", "U0BEN", command="/nobody", text="")
    ben = await looking(chromium, place, "U0BEN")
    await ben.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await ben.set_viewport_size({"width": width, "height": 844})
    judge = Judge(ben, f"{scheme}-{width}-talk")
    asked = message(ben, "knows it").first
    await asked.hover()
    await judge.part("stream")
    for button, opened in (("react", "picker"), ("more", "message-menu")):
        await asked.get_by_test_id(button).click()
        await expect(ben.get_by_test_id(opened)).to_be_visible()
        await judge.part(opened)
        await ben.keyboard.press("Escape")
    for typed in ("/m", "@e", "#on", ":ta"):
        await ben.get_by_test_id("composer").fill("")
        await ben.get_by_test_id("composer").press_sequentially(typed)
        await expect(ben.get_by_test_id("options").first).to_be_visible()
        await judge.part(f"options-{ord(typed[0])}")
    await ben.get_by_test_id("composer").fill("/mentor help")
    await judge.part("hint")
    await asked.focus()
    await ben.keyboard.press("e")
    await judge.part("editing")
    await ben.keyboard.press("Escape")
    await ben.keyboard.press("Delete")
    await judge.part("asked")
    assert judge.found == {}
