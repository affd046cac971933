"""An anonymous question by hand: asked, taken, talked about through the bot, and a name shown."""

import re

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.page.people import go, opened, picture, press

pytestmark = pytest.mark.page

UNNAMED = re.compile("colleague who asks anonymously")


def message(page: Page, text: str) -> Locator:
    return page.get_by_test_id("message").filter(has_text=text)


async def reply(page: Page, text: str) -> None:
    """Write in the thread that is open."""
    composer = page.get_by_test_id("thread-composer")
    await composer.fill(text)
    await composer.press("Enter")
    await expect(page.get_by_test_id("thread").get_by_text(text)).to_be_visible()


async def open_thread(page: Page) -> None:
    """Open the thread of one's side of the conversation, as one would from its message."""
    opening = message(page, "can write to each other here").first
    await opening.focus()
    await page.keyboard.press("t")
    await expect(page.get_by_test_id("thread-composer")).to_be_visible()


async def test_two_write_to_each_other_through_the_bot_until_one_shows_who_they_are(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await go(ben, "Mentor: Home")
    await press(
        ben.get_by_role("button", name="Ask a mentor", exact=False).first,
        ben.get_by_test_id("modal"),
    )
    form = ben.get_by_test_id("modal")
    await form.get_by_label("Your question").fill("How do I tell my chief that I am burnt out?")
    await form.get_by_text("Today", exact=True).click()
    await form.get_by_text("Anonymously", exact=True).click()
    await picture(ben, "anonymous-form")
    await form.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("Your question is on its way")).to_be_visible()
    await ben.get_by_role("button", name="Close").last.click()
    await expect(form).to_have_count(0)
    await go(ben, "Mentor")
    await expect(ben.get_by_text("You ask anonymously")).to_be_visible()
    await picture(ben, "anonymous-status")
    expert = await asked_first(ben)

    other = await opened(chromium, address, expert)
    await go(other, "Mentor")
    await expect(other.get_by_text(UNNAMED).first).to_be_visible()
    await expect(other.get_by_text("Ben Castillo")).to_have_count(0)
    await picture(other, "anonymous-offer")
    await press(
        other.get_by_role("button", name="Accept"), other.get_by_text("can write to each other")
    )

    await open_thread(other)
    await reply(other, "Have you told anybody yet?")
    await open_thread(ben)
    passed = ben.get_by_test_id("thread").get_by_text("Have you told anybody yet?")
    await expect(passed).to_be_visible()
    await reply(ben, "Only my wife")
    arrived = other.get_by_test_id("thread").get_by_text("Only my wife")
    await expect(arrived).to_be_visible()
    await ben.get_by_test_id("thread-composer").press("ArrowUp")
    editor = ben.get_by_test_id("edit-composer")
    await editor.fill("Only one friend")
    await editor.press("Enter")
    await expect(other.get_by_test_id("thread").get_by_text("Only one friend")).to_be_visible()
    await expect(arrived).to_have_count(0)
    await picture(ben, "relay-asker")
    await picture(other, "relay-expert")

    await ben.get_by_test_id("thread-close").click()
    await ben.get_by_role("button", name="Show who I am").last.click()
    dialog = ben.get_by_test_id("confirm")
    await expect(dialog.get_by_text("It can't be undone")).to_be_visible()
    await picture(ben, "reveal")
    await dialog.get_by_role("button", name="Show my name").click()
    await expect(other.get_by_text("Ben Castillo").first).to_be_visible()
    await expect(ben.get_by_text("You share a group message").first).to_be_visible()
    await picture(other, "revealed")


async def asked_first(ben: Page) -> str:
    """The id of the first whom the question is with, by the card."""
    names = {"Ada Okafor": "U0ADA", "Chi Nguyen": "U0CHI", "Dorothy Weiss": "U0DOT",
             "Eva Lindqvist": "U0EVA", "Fay Abadi": "U0FAY", "Gus Moreau": "U0GUS",
             "Hal Tanaka": "U0HAL", "Ivy Robinson": "U0IVY", "Jon Petrov": "U0JON",
             "Kim Alvarez": "U0KIM"}  # fmt: skip
    card = await ben.get_by_text("It is with").first.inner_text()
    return next(user for name, user in names.items() if name in card)
