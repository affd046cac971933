"""Mentorships on the page: found, asked for, met first, declined; a colleague asked for a swap."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import go, opened, picture, press, says

pytestmark = pytest.mark.page


async def choose(page: Page, label: str, words: str) -> None:
    await page.get_by_label(label).click()
    await page.get_by_role("option", name=words).click()


async def test_a_mentor_is_found_asked_and_met_first(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, "/mentor find")
    modal = ben.get_by_test_id("modal")
    await expect(modal).to_be_visible()
    await choose(ben, "What would you like a mentor for?", "Difficult conversations")
    await picture(ben, "find")
    await ben.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_text("Different on purpose")).to_be_visible()
    await expect(modal.get_by_role("button", name=re.compile(r"Ask no\."))).to_have_count(3)
    await picture(ben, "suggestions")
    await modal.get_by_role("button", name="Ask no. 1").click()
    await expect(ben.get_by_label("Your words to them")).to_have_value(
        re.compile("I am early in my career")
    )
    await picture(ben, "request")
    await ben.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("has your request now")).to_be_visible()
    await picture(ben, "requested")

    dot = await opened(chromium, address, "U0DOT")
    await go(dot, "Mentor")
    await expect(dot.get_by_text("asks you to be their mentor")).to_be_visible()
    await picture(dot, "asked")
    await press(
        dot.get_by_role("button", name="Meet first"), dot.get_by_role("button", name="Yes, go on")
    )
    await picture(dot, "meeting")
    await dot.get_by_role("button", name="No, thank you").click()
    await expect(dot.get_by_text("Your answer is noted")).to_be_visible()

    close = ben.get_by_test_id("modal").get_by_role("button", name="Close")
    await press(close, ben.get_by_role("button", name="Ask no. 1"))
    await close.click()
    await expect(ben.get_by_test_id("modal")).to_have_count(0)
    await go(ben, "Mentor")
    await press(
        ben.get_by_role("button", name="Yes, go on"),
        ben.get_by_text("are not going on together").first,
    )
    await expect(ben.get_by_role("button", name="Ask no. 2")).to_be_visible()
    await picture(ben, "parted")
    await says(ben, "/mentor mentorships")
    await expect(ben.get_by_text("None yet. A mentor for one need")).to_be_visible()
    await picture(ben, "mine")


async def test_a_colleague_is_asked_for_a_swap(chromium: BrowserContext, address: str) -> None:
    chi = await opened(chromium, address, "U0CHI")
    await says(chi, "/mentor swap @dot over a coffee?")
    await expect(chi.get_by_test_id("modal")).to_be_visible()
    await choose(chi, "I offer", "writing")
    await choose(chi, "I would like", "difficult conversations")
    await picture(chi, "swap")
    await chi.get_by_test_id("modal-submit").click()
    await expect(chi.get_by_text("has your request now")).to_be_visible()
    dot = await opened(chromium, address, "U0DOT")
    await go(dot, "Mentor")
    await expect(dot.get_by_text("they teach writing, you teach difficult")).to_be_visible()
    await picture(dot, "swap-asked")
    await press(dot.get_by_role("button", name="Gladly"), dot.get_by_text("swap topics").first)
    await says(dot, "/mentor mentorships")
    await expect(dot.get_by_text("Your mentorships")).to_be_visible()
    await picture(dot, "swap-under-way")


async def test_a_gap_on_the_map_finds_a_mentor_for_just_that_need(
    chromium: BrowserContext, address: str
) -> None:
    eva = await opened(chromium, address, "U0EVA")
    await go(eva, "Mentor: Home")
    gaps = eva.get_by_role("button", name="Find a mentor")
    await expect(gaps.nth(3)).to_be_visible()
    await press(gaps.nth(3), eva.get_by_test_id("modal"))
    modal = eva.get_by_test_id("modal")
    await expect(modal.get_by_text("Difficult conversations").first).to_be_visible()
    await expect(modal.get_by_text("What would you like a mentor for?")).to_have_count(0)
    await picture(eva, "gap")
