"""A reminder on the page: put off, come again, its kind turned off and on."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.page.people import go, opened, picture, press, says
from tests.page.test_checkins_by_hand import skip_until
from tests.page.test_mentors_by_hand import choose

pytestmark = pytest.mark.page


async def test_a_reminder_is_snoozed_comes_again_and_its_kind_is_turned_off(
    chromium: BrowserContext, address: str
) -> None:
    leo = await opened(chromium, address, "U0LEO")
    await go(leo, "Mentor")
    await skip_until(leo, "have nothing planned; you last met")
    await picture(leo, "reminder")
    await choose(leo, "Snooze until …", "Tomorrow")
    await expect(leo.get_by_text("I remind you again").first).to_be_visible()
    await expect(leo.get_by_role("button", name="Stop these")).to_be_hidden()
    await picture(leo, "reminder-snoozed")

    form = leo.get_by_test_id("modal")
    await says(leo, "/mentor reminders")
    await expect(form.get_by_text("A check-in to plan").first).to_be_visible()
    await expect(form.get_by_text("at the earliest").first).to_be_visible()
    await picture(leo, "reminders")
    await form.get_by_role("button", name="Cancel").click()

    await skip_until(leo, "I have reminded you again since.")
    await press(
        leo.get_by_role("button", name="Stop these").last,
        leo.get_by_text("No more reminders of check-ins.").first,
    )
    await picture(leo, "reminders-stopped")
    await says(leo, "/mentor reminders")
    kind = form.get_by_role("checkbox", name="Check-ins")
    await expect(kind).not_to_be_checked()
    await kind.click()
    await picture(leo, "reminders-turned-on")
    await leo.get_by_test_id("modal-submit").click()
    await expect(form.get_by_text("I remind you of").first).to_be_visible()
    await picture(leo, "reminders-saved")
