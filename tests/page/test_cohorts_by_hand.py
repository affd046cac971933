"""A cohort on the page: said whom one would like, proposed, changed, approved, heard of."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import go, opened, picture, press, says

pytestmark = pytest.mark.page

ROUND = "Match me in the next round"


async def begins(page: Page, side: str) -> None:
    """Open the form and choose a side."""
    await says(page, "/mentor mentorships")
    await press(page.get_by_role("button", name=ROUND).last, page.get_by_test_id("modal"))
    await page.get_by_test_id("modal").get_by_text(side, exact=True).click()


async def picks(page: Page, label: str, *names: str) -> None:
    """Choose people, one after the other."""
    await page.get_by_test_id("modal").get_by_label(label).click()
    for name in names:
        await page.get_by_role("option", name=name).click()
    # On to what follows; Escape would close the form where the menu has closed already.
    await page.keyboard.press("Tab")


async def saves(page: Page) -> None:
    """Submit the form and close what it says then."""
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_text("You hear from the bot once the next round")).to_be_visible()
    await page.get_by_test_id("modal").get_by_role("button", name="Close").click()


async def wish(chromium: BrowserContext, address: str) -> tuple[Page, Page, Page]:
    """Leo and Ben would like Gus, who would like Ben and has one place; gives their pages."""
    leo = await opened(chromium, address, "U0LEO")
    await begins(leo, "Find me a mentor")
    await picks(leo, "Mentors you would like", "Gus", "Chi")
    await picture(leo, "cohort-wish")
    await saves(leo)
    ben = await opened(chromium, address, "U0BEN")
    await begins(ben, "Find me a mentor")
    await picks(ben, "Mentors you would like", "Gus")
    await saves(ben)
    gus = await opened(chromium, address, "U0GUS")
    await begins(gus, "I would mentor somebody")
    await gus.get_by_label("how many mentees would you have").fill("1")
    await picks(gus, "Mentees you would like", "Ben")
    await saves(gus)
    return leo, ben, gus


async def test_a_cohort_is_matched(chromium: BrowserContext, address: str) -> None:
    leo, ben, gus = await wish(chromium, address)
    ivy = await opened(chromium, address, "U0IVY")
    await says(ivy, "/mentor admin")
    await expect(ivy.get_by_text("2 mentees and 1 mentor.")).to_be_visible()
    await ivy.get_by_role("button", name="Match a cohort").click()
    await ivy.get_by_test_id("modal").get_by_role("button", name="Close").click()
    await go(ivy, "Mentor")
    approve = ivy.get_by_role("button", name="Approve")
    await expect(approve).to_be_visible()
    await expect(ivy.get_by_text("each is the other's first choice")).to_be_visible()
    await expect(ivy.get_by_text("those who fit have other mentees now")).to_be_visible()
    await picture(ivy, "cohort-proposal")
    await press(ivy.get_by_role("button", name="See everything"), ivy.get_by_test_id("modal"))
    await picture(ivy, "cohort-everything")
    await ivy.get_by_test_id("modal").get_by_role("button", name="Close").click()

    await press(ivy.get_by_role("button", name="Change a pair"), ivy.get_by_test_id("modal"))
    await picture(ivy, "cohort-change")
    await picks(ivy, "Mentee", "Ben")
    await ivy.get_by_test_id("modal-submit").click()
    await expect(ivy.get_by_text("0 pairs proposed")).to_be_visible()
    await picture(ivy, "cohort-taken-out")
    await press(ivy.get_by_role("button", name="Change a pair"), ivy.get_by_test_id("modal"))
    await picks(ivy, "Mentee", "Ben")
    await picks(ivy, "Mentor", "Gus")
    await ivy.get_by_test_id("modal-submit").click()
    await expect(ivy.get_by_text("1 pair proposed")).to_be_visible()
    await press(approve, ivy.get_by_text("1 pair matched"))
    await picture(ivy, "cohort-approved")

    await go(ben, "Mentor")
    await expect(ben.get_by_text("you have a mentor")).to_be_visible()
    await expect(ben.get_by_role("button", name=re.compile("agreement")).first).to_be_visible()
    await picture(ben, "cohort-mentee")
    await go(gus, "Mentor")
    await expect(gus.get_by_text("you have a mentee")).to_be_visible()
    await picture(gus, "cohort-mentor")
    await go(leo, "Mentor")
    await expect(leo.get_by_text("this time there is nobody for you")).to_be_visible()
    await picture(leo, "cohort-nobody")
    again = leo.get_by_role("button", name="Change what I would like")
    await press(again, leo.get_by_test_id("modal"))
    await picture(leo, "cohort-again")
    await leo.get_by_role("button", name="Take me out of the round").click()
    await expect(leo.get_by_text("you are not in the next round")).to_be_visible()
