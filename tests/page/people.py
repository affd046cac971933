"""What a person does on the page, and the page they do it on."""

import os
import re

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

expect.set_options(timeout=20_000)  # a slow machine is slow, not wrong

SHOTS = os.environ.get("SCREENSHOTS")


async def opened(chromium: BrowserContext, address: str, user: str) -> Page:
    page = await chromium.new_page()
    await page.goto(f"{address}/?as={user}")
    await expect(page.get_by_test_id("composer")).to_be_visible()
    return page


def listed(page: Page, place: str) -> Locator:
    """A place in the list at the side, whatever is unread there."""
    name = re.compile(rf"^{re.escape(place)}(, (\d+ )?unread)?$")
    places = page.get_by_role("navigation", name="Channels", include_hidden=True)
    return places.get_by_role("button", name=name, include_hidden=True)


async def places_shown(page: Page) -> None:
    """Have the list at the side in sight; a narrow window hides it."""
    button = page.get_by_test_id("places")
    if await button.is_visible():
        await button.click()


async def go(page: Page, place: str) -> None:
    """Go to a place as a person would; the app is at `Mentor`, its Home at `Mentor: Home`."""
    name, _, tab = place.partition(": ")
    button = listed(page, name)
    await places_shown(page)
    await button.click()
    await expect(button).to_have_attribute("aria-current", "page")
    if name == "Mentor":
        tabs = page.get_by_role("navigation", name="Parts of Mentor")
        button = tabs.get_by_role("button", name=tab or "Messages")
        await button.click()
        await expect(button).to_have_attribute("aria-current", "page")


async def press(button: Locator, then: Locator) -> None:
    """Click, and once more if what was clicked was drawn anew at that moment."""
    for _ in range(5):
        if await button.is_visible():
            await button.click()
        try:
            await expect(then).to_be_visible(timeout=5000)
        except AssertionError:
            continue
        return
    pytest.fail(f"{button} led to no {then}")


async def picture(page: Page, name: str) -> None:
    if SHOTS:
        await page.screenshot(path=f"{SHOTS}/{name}.png")


async def says(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("composer").press("Enter")
