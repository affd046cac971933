"""Peer circles on the page: joined by button and by hand, a session answered, closed."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import go, opened, picture, press, says

pytestmark = pytest.mark.page


async def skip(page: Page, words: str, times: int = 1) -> None:
    """Let time pass; each leap is over when the clock shows it."""
    for _ in range(times):
        clock = page.get_by_test_id("clock")
        before = await clock.inner_text()
        await page.get_by_role("button", name=words).click()
        await expect(clock).not_to_have_text(before, timeout=60_000)


async def test_a_circle_is_joined_meets_and_closes(chromium: BrowserContext, address: str) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, "/mentor circles")
    await expect(ben.get_by_text("Only visible to you")).to_be_visible()
    await picture(ben, "circles")
    await press(
        ben.get_by_role("button", name="Join", exact=True).first, ben.get_by_test_id("modal")
    )
    await expect(ben.get_by_text("What is said here stays here.")).to_be_visible()
    await picture(ben, "ground-rules")
    await ben.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("You are in First years.")).to_be_visible()
    await ben.get_by_test_id("modal").get_by_role("button", name="Close").click()
    await go(ben, "# first-years")

    kim = await opened(chromium, address, "U0KIM")
    await kim.get_by_role("button", name="Browse channels").click()
    await kim.get_by_role("button", name="Join first-years").click()
    await go(kim, "Mentor")
    await expect(kim.get_by_text("Welcome to First years!")).to_be_visible()

    await skip(ben, "Skip a day", 2)
    await expect(ben.get_by_text("Session 1 of First years")).to_be_visible(timeout=60_000)
    await press(ben.get_by_role("button", name="I'm in"), ben.get_by_text(re.compile("^In: ")))
    await press(ben.get_by_role("button", name="My commitment"), ben.get_by_test_id("modal"))
    await ben.get_by_label("What will you do by next time?").fill("Ask for feedback once")
    await ben.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("Ask for feedback once").first).to_be_visible()
    await picture(ben, "session")

    await skip(ben, "Skip a day", 2)
    await expect(ben.get_by_text("This session is closed.")).to_be_visible(timeout=60_000)
    await picture(ben, "closed")
    await go(ben, "Mentor: Home")
    await expect(ben.get_by_text("First years").first).to_be_visible()
    await picture(ben, "home-with-circles")
