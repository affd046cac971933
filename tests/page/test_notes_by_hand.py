"""A note on the page: shared by two, found while a third one types, read, and withdrawn."""

import re

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.page.people import go, opened, picture, press, says

pytestmark = pytest.mark.page

ASKED = "how do I taper steroids after pneumonitis? #steroids"
TYPED = "My patient had pneumonitis: how fast do steroids go down?"


async def solved(ben: Page, ada: Page) -> None:
    """Ben asks, Ada answers by form, and Ben says that it helped."""
    await go(ben, "Mentor")
    await says(ben, f"/mentor @ada {ASKED}")
    await go(ada, "Mentor")
    await press(ada.get_by_role("button", name="Answer now"), ada.get_by_test_id("modal"))
    await ada.get_by_label("Your answer").fill("Over six weeks, then look at the oxygen.")
    await ada.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("has answered your question").first).to_be_visible()
    tell = ben.get_by_role("button", name="Tell how it went")
    await press(ben.get_by_role("button", name="Close", exact=True).last, tell)
    await press(tell, ben.get_by_test_id("modal"))
    await ben.get_by_label("Yes, solved").click()
    await ben.get_by_test_id("modal-submit").click()


async def shared_by(ben: Page, ada: Page) -> None:
    """Ben writes a note, Ada changes its words, Ben agrees to those."""
    share = ben.get_by_role("button", name="Share it as a note")
    await expect(share).to_be_visible()
    await picture(ben, "note-may-be-shared")
    await press(share, ben.get_by_label("The question, reworded"))
    await ben.get_by_label("The question, reworded").fill("How are steroids tapered?")
    await picture(ben, "note-form")
    await ben.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("These words are with").first).to_be_visible()
    await ben.get_by_test_id("modal").get_by_role("button", name="Close").click()
    change = ada.get_by_role("button", name="Change the words")
    await expect(change).to_be_visible()
    await picture(ada, "note-to-agree-to")
    await press(change, ada.get_by_label("The question, reworded"))
    await ada.get_by_label("The question, reworded").fill(
        "How are steroids tapered after pneumonitis?"
    )
    await ada.get_by_test_id("modal-submit").click()
    await ada.get_by_test_id("modal").get_by_role("button", name="Close").click()
    await press(
        ben.get_by_role("button", name="Agree"), ben.get_by_text("This note is shared").first
    )
    await picture(ben, "note-shared")


async def test_a_note_is_shared_found_while_typing_read_and_withdrawn(
    chromium: BrowserContext, address: str
) -> None:
    ben, ada = [await opened(chromium, address, user) for user in ("U0BEN", "U0ADA")]
    await solved(ben, ada)
    await shared_by(ben, ada)
    leo = await opened(chromium, address, "U0LEO")
    await says(leo, "/mentor")
    modal = leo.get_by_test_id("modal")
    question = modal.get_by_label("Your question")
    # What is typed while the form grows stays, as in Slack.
    await question.press_sequentially(TYPED, delay=60)
    await expect(modal.get_by_text("Questions like this before")).to_be_visible()
    await question.press_sequentially(" Thank you.", delay=60)
    await expect(question).to_have_value(f"{TYPED} Thank you.")
    await picture(leo, "note-while-typing")
    await modal.get_by_role("button", name="Read").first.click()
    await expect(modal.get_by_text("Written by two colleagues")).to_be_visible()
    await picture(leo, "note-read")
    await modal.get_by_role("button", name="This helped").click()
    await expect(modal.get_by_text("Good that it helped")).to_be_visible()
    await modal.get_by_role("button", name="Close").click()
    await expect(question).to_have_value(f"{TYPED} Thank you.")

    await expect(ada.get_by_text("It has helped 1 colleague").first).to_be_visible()
    await picture(ada, "note-helped")
    withdraw = ada.get_by_role("button", name="Withdraw").last
    await press(withdraw, ada.get_by_text("stays between the two of you").first)
    await question.press_sequentially(" Really.", delay=60)
    await expect(modal.get_by_text("look at the oxygen")).to_have_count(0)
    await expect(question).to_have_value(re.compile("Really"))
    await picture(leo, "note-withdrawn")
