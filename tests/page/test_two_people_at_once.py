"""Two people side by side on one page, each with a whole page of their own."""

import re

import pytest
from playwright.async_api import BrowserContext, FrameLocator, Page, expect

from tests.page.people import opened, picture
from tests.page.place import Place

pytestmark = pytest.mark.page


def half(page: Page, name: str) -> FrameLocator:
    return page.frame_locator(f"iframe[name={name}]")


async def says(one: FrameLocator, text: str) -> None:
    await one.get_by_test_id("composer").fill(text)
    await one.get_by_test_id("composer").press("Enter")


async def test_two_people_talk_on_one_page_and_the_address_keeps_both(
    chromium: BrowserContext, place: Place
) -> None:
    await place.post("Case of the week")
    page = await opened(chromium, place.address, "U0BEN")
    await page.get_by_test_id("beside").click()
    ben, other = half(page, "left"), half(page, "right")
    await says(ben, "Does anybody know?")
    await expect(other.get_by_text("Does anybody know?")).to_be_visible()
    await says(other, "I do")
    await expect(ben.get_by_text("I do")).to_be_visible()
    await picture(page, "two-people")

    await page.goto(f"{place.address}/?as=U0BEN&beside=U0EVA")
    await other.get_by_test_id("places").click()
    await other.get_by_role("button", name=re.compile("^# oncology-questions")).click()
    await expect(other.get_by_text("Case of the week")).to_be_visible()
    await expect(ben.get_by_role("heading", name="# general")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"as=U0BEN&place=C\w+&beside=U0EVA&beside_place=C"))
    await page.reload()
    await expect(other.get_by_text("Case of the week")).to_be_visible()
    await expect(ben.get_by_role("heading", name="# general")).to_be_visible()

    await ben.get_by_test_id("places").click()
    await ben.get_by_test_id("beside").click()
    await expect(page.get_by_text("Case of the week")).to_be_visible()
    await expect(page.locator("iframe")).to_have_count(0)


async def test_each_half_has_its_own_forms_and_keys(chromium: BrowserContext, place: Place) -> None:
    page = await chromium.new_page()
    await page.goto(f"{place.address}/?as=U0BEN&beside=U0EVA")
    ben, eva = half(page, "left"), half(page, "right")
    await eva.get_by_test_id("composer").focus()
    await page.keyboard.press("Control+k")
    await expect(eva.get_by_role("combobox", name="A channel")).to_be_focused()
    await expect(ben.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.type("ben")
    await page.keyboard.press("Enter")
    await expect(eva.get_by_role("heading", name="Ben Castillo")).to_be_visible()
    await says(eva, "Do you have a minute?")
    await ben.get_by_test_id("places").click()
    await ben.get_by_role("button", name="Eva Lindqvist, 1 unread").click()
    await expect(ben.get_by_text("Do you have a minute?")).to_be_visible()
