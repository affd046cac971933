"""A mentorship on the page: asked for, agreed and signed, a check-in planned, met and told of."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import go, opened, picture, press, says
from tests.page.test_checkins_by_hand import skip_until
from tests.page.test_mentors_by_hand import choose

pytestmark = pytest.mark.page

GOAL = "Lead a family meeting by myself"
AIM = "Hard conversations without a script"


async def submits(page: Page) -> None:
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()


async def sends(page: Page, said: str) -> None:
    """Submit a form that answers with words, and close them."""
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal").get_by_text(said).first).to_be_visible()
    await page.get_by_test_id("modal").get_by_role("button", name="Close").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden()


async def weeks_from_now(page: Page, weeks: int) -> str:
    """A day so many weeks from now, at ten, as a field takes it."""
    clock = await page.get_by_test_id("clock").inner_text()
    today = datetime.strptime(clock, "%a %d %b %Y, %H:%M").astimezone()
    return f"{today + timedelta(weeks=weeks):%Y-%m-%d}T10:00"


async def asks_for_a_mentor(ben: Page) -> None:
    await says(ben, "/mentor find")
    modal = ben.get_by_test_id("modal")
    await expect(modal).to_be_visible()
    await choose(ben, "What would you like a mentor for?", "Difficult conversations")
    await ben.get_by_test_id("modal-submit").click()
    await modal.get_by_role("button", name="Ask no. 1").click()
    await expect(ben.get_by_label("Your words to them")).to_have_value(re.compile("."))
    await ben.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("has your request now")).to_be_visible()
    close = modal.get_by_role("button", name="Close")
    await press(close, ben.get_by_role("button", name="Ask no. 1"))
    await close.click()
    await expect(modal).to_have_count(0)


async def they_agree(ben: Page, dot: Page) -> None:
    """Ben writes, Dot changes what she does, and Ben signs that."""
    form = ben.get_by_test_id("modal")
    await press(ben.get_by_role("button", name="Write the agreement").last, form)
    await ben.get_by_label("What do we want to reach?").fill(AIM)
    await ben.get_by_label("What does the mentee do?").fill("Comes with a case")
    await ben.get_by_label("What does the mentor do?").fill("Asks before advising")
    await ben.get_by_label("For how many months").fill("6")
    await picture(ben, "pair-agreement-form")
    await sends(ben, "Signed by you, and on its way")
    await expect(ben.get_by_text("You have signed your agreement")).to_be_visible()
    await picture(ben, "pair-agreement-signed-by-one")

    theirs = dot.get_by_test_id("modal")
    await picture(dot, "pair-agreement-to-sign")
    await press(dot.get_by_role("button", name="Suggest a change"), theirs)
    await dot.get_by_label("What does the mentor do?").fill("Sits in once, and listens first")
    await sends(dot, "Signed by you, and on its way")
    await expect(ben.get_by_text("This version of your agreement has made room")).to_be_visible()
    await expect(ben.get_by_text("Sits in once, and listens first").first).to_be_visible()
    await picture(ben, "pair-agreement-changed")
    signed = "(version 2) is signed by both"
    await press(ben.get_by_role("button", name="Sign", exact=True), ben.get_by_text(signed).first)
    await expect(dot.get_by_text(signed).first).to_be_visible()
    await picture(ben, "pair-active")
    await picture(dot, "pair-active-for-the-mentor")


async def a_goal_is_set(ben: Page) -> None:
    await press(ben.get_by_role("button", name="My goals").last, ben.get_by_test_id("modal"))
    await ben.get_by_label("A new goal").fill(GOAL)
    await sends(ben, "You have 1 goal open")


async def plan(ben: Page, dot: Page) -> None:
    form = ben.get_by_test_id("modal")
    await press(ben.get_by_role("button", name="Plan a check-in").last, form)
    await expect(ben.get_by_label("Agenda")).to_have_value(f"- {GOAL}")
    await picture(ben, "pair-plan")
    await submits(ben)
    for page in (ben, dot):
        await expect(page.get_by_text("Add it to your calendar")).to_be_visible()
        await expect(page.get_by_text(re.compile(r"check-in.*\.ics")).first).to_be_visible()
        await expect(page.get_by_text("Your next check-in:")).to_be_visible()
    await picture(ben, "pair-planned")
    await picture(dot, "pair-planned-for-the-mentor")


async def they_meet_and_tell(ben: Page, dot: Page) -> None:
    form = ben.get_by_test_id("modal")
    await skip_until(ben, "How was your check-in with")
    await picture(ben, "pair-asked-how-it-was")
    await press(ben.get_by_role("button", name="Write notes").last, form)
    await form.get_by_text("Yes", exact=True).click()
    await ben.get_by_label("Notes for both of you").fill("Silence is allowed.")
    await ben.get_by_label("Notes for yourself alone").fill("I was nervous.")
    await ben.get_by_label("What will you do?").fill("Lead the next one")
    half_way = ben.get_by_role("option", name="Half way")
    await press(ben.get_by_label("How far are you with"), half_way)
    await half_way.click()
    await ben.get_by_label("Next check-in").fill(await weeks_from_now(ben, 2))
    await picture(ben, "pair-tell")
    await submits(ben)
    await expect(dot.get_by_text("Silence is allowed.").first).to_be_visible()
    await expect(dot.get_by_text("I was nervous.")).to_have_count(0)
    await picture(ben, "pair-told")
    await picture(dot, "pair-told-to-the-mentor")


async def test_two_find_one_another_agree_meet_and_go_on(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await asks_for_a_mentor(ben)
    dot = await opened(chromium, address, "U0DOT")
    await go(dot, "Mentor")
    accepted = dot.get_by_text("You would be")
    await press(dot.get_by_role("button", name="Accept"), accepted.first)
    await picture(dot, "pair-accepted")
    await go(ben, "Mentor")
    await picture(ben, "pair-accepted-for-the-mentee")

    await they_agree(ben, dot)
    await a_goal_is_set(ben)
    await plan(ben, dot)
    await go(ben, "Mentor: Home")
    await expect(ben.get_by_text(re.compile("^Check-in with")).first).to_be_visible()
    await expect(ben.get_by_text("Waiting on you")).to_be_in_viewport()
    await picture(ben, "pair-home")
    await go(ben, "Mentor")

    await they_meet_and_tell(ben, dot)
    await go(ben, "Mentor: Home")
    await expect(ben.get_by_text(re.compile("^Check-in with")).first).to_be_visible()
    await expect(ben.get_by_text("Lead the next one").first).to_be_visible()
    await expect(ben.get_by_text(GOAL).first).to_be_visible()
    await expect(ben.get_by_text(re.compile("A goal of yours, half way")).first).to_be_visible()
    await picture(ben, "pair-home-after")
    await go(dot, "Mentor: Home")
    await expect(dot.get_by_text(re.compile("^Check-in with")).first).to_be_visible()
    await picture(dot, "pair-home-of-the-mentor")
