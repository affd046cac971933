"""axe-core finds nothing serious in any block or form, dark or light, wide or narrow."""

from typing import Any, Literal

import pytest
from playwright.async_api import BrowserContext, expect
from slack_bolt.async_app import AsyncAck

from tests.page.gallery import FORM, MESSAGES
from tests.page.people import picture, says
from tests.page.place import Place, looking
from tests.page.test_accessibility import Judge

pytestmark = pytest.mark.page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_is_found_in_any_block_or_form(
    chromium: BrowserContext, place: Place, scheme: Literal["light", "dark"], width: int
) -> None:
    async def opens(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await place.client.views_open(trigger_id=body["trigger_id"], view=FORM)

    place.app.command("/mentor")(opens)
    for number, blocks in enumerate(MESSAGES):
        await place.post(f"Gallery {number}", blocks=blocks)
    ben = await looking(chromium, place, "U0BEN")
    await ben.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await ben.set_viewport_size({"width": width, "height": 844})
    judge = Judge(ben, f"blocks-{scheme}-{width}")
    for number in range(len(MESSAGES)):
        await ben.get_by_test_id("message").nth(number).scroll_into_view_if_needed()
        await picture(ben, f"gallery-{number}-{scheme}-{width}")
    await judge.part("messages")
    await says(ben, "/mentor")
    modal = ben.get_by_test_id("modal")
    await expect(modal).to_be_visible()
    await judge.part("form")
    await ben.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_text("Please complete this required field.")).to_be_visible()
    await judge.part("form-with-an-error")
    await modal.get_by_role("combobox", name="Static select").click()
    await expect(ben.get_by_role("option", name="Pain")).to_be_visible()
    await judge.part("menu")
    assert judge.found == {}
