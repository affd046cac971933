"""By hand: why a question is with just these people."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.page.people import go, opened, picture, press, says

pytestmark = pytest.mark.page


async def test_the_asker_reads_why_just_these_people_were_asked(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, "/mentor how do I taper steroids after grade 3 pneumonitis? #immunotherapy")
    await go(ben, "Mentor")
    modal = ben.get_by_test_id("modal")
    await press(ben.get_by_role("button", name="Why th"), modal)
    await expect(modal.get_by_text("named them for 1 topic of your question")).to_be_visible()
    await expect(modal.get_by_text("in their working hours").first).to_be_visible()
    await picture(ben, "why")
