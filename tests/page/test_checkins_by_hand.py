"""A check-in on the page: asked for, planned, in the calendar, reminded of, told of."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import go, opened, picture, press
from tests.page.test_circles_by_hand import skip

pytestmark = pytest.mark.page


async def skip_until(page: Page, words: str) -> None:
    """Let days pass until these words are there."""
    for _ in range(10):
        try:
            await expect(page.get_by_text(words).first).to_be_visible(timeout=2000)
        except AssertionError:
            await skip(page, "Skip a day")
        else:
            return
    pytest.fail(f"ten days and no {words}")


async def test_a_pair_two_weeks_without_a_check_in_plans_one_and_tells_of_it(
    chromium: BrowserContext, address: str
) -> None:
    leo = await opened(chromium, address, "U0LEO")
    await go(leo, "Mentor")
    await skip_until(leo, "have nothing planned; you last met")
    await picture(leo, "checkin-nudge")
    form = leo.get_by_test_id("modal")
    await press(leo.get_by_role("button", name="Plan it"), form)
    await expect(form.get_by_text("works Mon–Fri, 08:00 to 18:00 (New York)")).to_be_visible()
    await leo.get_by_label("Agenda").fill("- Write a grant")
    await picture(leo, "checkin-form")
    await leo.get_by_test_id("modal-submit").click()
    await expect(form).to_be_hidden()
    await expect(leo.get_by_text("Add it to your calendar")).to_be_visible()
    await expect(leo.get_by_text(re.compile(r"check-in.*\.ics")).first).to_be_visible()
    await picture(leo, "checkin-card")

    ada = await opened(chromium, address, "U0ADA")
    await go(ada, "Mentor")
    await expect(ada.get_by_text("(Los Angeles)").first).to_be_visible()
    await picture(ada, "checkin-card-of-the-other")

    # It is on Monday, so that the reminder comes before the weekend.
    await skip_until(leo, "Your check-in with")
    await picture(leo, "checkin-reminder")
    await skip_until(leo, "How was your check-in with")
    await picture(leo, "checkin-reminders")
    await press(leo.get_by_role("button", name="Write notes").last, form)
    await form.get_by_text("Yes", exact=True).click()
    await leo.get_by_label("Notes for both of you (optional)").fill("The aims are clear now.")
    await leo.get_by_label("What will you do? (optional)").fill("Write the first page")
    await picture(leo, "checkin-told-form")
    await leo.get_by_test_id("modal-submit").click()
    await expect(form).to_be_hidden()
    await expect(ada.get_by_text("The aims are clear now.").first).to_be_visible()
    await picture(ada, "checkin-held")
