"""What an expert does with an offer on the page: a detail, a date, a colleague, an endorsement."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.page.people import go, opened, picture, press, says

pytestmark = pytest.mark.page

QUESTION = "/mentor how do I taper steroids after pneumonitis? #immunotherapy"


async def test_one_detail_is_asked_and_answered(chromium: BrowserContext, address: str) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, QUESTION)
    ada = await opened(chromium, address, "U0ADA")
    await go(ada, "Mentor")
    await picture(ada, "offer")
    await press(ada.get_by_role("button", name="Need one detail"), ada.get_by_test_id("modal"))
    await ada.get_by_label("What would you like to know?").fill("Which grade is it?")
    await picture(ada, "detail-form")
    await ada.get_by_test_id("modal-submit").click()
    await expect(ada.get_by_text("You have asked one detail").first).to_be_visible()
    await picture(ada, "detail-asked")

    await go(ben, "Mentor")
    await expect(ben.get_by_text("has one question before answering").first).to_be_visible()
    await picture(ben, "detail-at-the-asker")
    await press(
        ben.get_by_role("button", name="Answer", exact=True), ben.get_by_label("Your answer")
    )
    await ben.get_by_label("Your answer").fill("Grade three, on oxygen")
    await picture(ben, "detail-answer-form")
    await ben.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("everybody who is asked reads your").first).to_be_visible()
    await picture(ben, "detail-answered")
    await expect(ada.get_by_text("Grade three, on oxygen").first).to_be_visible()
    await picture(ada, "detail-on-the-card")


async def test_a_question_rests_and_comes_back(chromium: BrowserContext, address: str) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, QUESTION)
    ada = await opened(chromium, address, "U0ADA")
    await go(ada, "Mentor")
    await press(ada.get_by_role("button", name="Not before …"), ada.get_by_test_id("modal"))
    await picture(ada, "rest-form")
    await ada.get_by_test_id("modal-submit").click()
    await expect(ada.get_by_text("Others are asked meanwhile").first).to_be_visible()
    await picture(ada, "resting")
    await go(ben, "Mentor")
    await picture(ben, "resting-at-the-asker")
    await ada.get_by_role("button", name="Skip a day").click()
    back = ada.get_by_text("has come back to you, as you asked").first
    await expect(back).to_be_visible(timeout=60_000)
    await picture(ada, "come-back")


async def test_a_colleague_is_thought_of_and_takes_up_the_topic(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, QUESTION)
    ada = await opened(chromium, address, "U0ADA")
    await go(ada, "Mentor")
    await press(ada.get_by_role("button", name="Ask a colleague"), ada.get_by_test_id("modal"))
    await ada.get_by_label("Who?").click()
    await ada.get_by_role("option", name="Leo").first.click()
    await ada.get_by_role("checkbox", name="immunotherapy").click()
    await picture(ada, "forward-form")
    await ada.get_by_test_id("modal-submit").click()
    await expect(ada.get_by_text("You have put this question to").first).to_be_visible()
    await picture(ada, "forwarded")
    leo = await opened(chromium, address, "U0LEO")
    await go(leo, "Mentor")
    await expect(leo.get_by_text("thinks of you for it").first).to_be_visible()
    await picture(leo, "thought-of")
    await press(
        leo.get_by_role("button", name="Accept").last,
        leo.get_by_text("You take questions on it").first,
    )
    await picture(leo, "took-it-up")


async def test_a_colleague_is_endorsed_by_command_and_by_form(
    chromium: BrowserContext, address: str
) -> None:
    ada = await opened(chromium, address, "U0ADA")
    await says(ada, "/mentor endorse @leo #pian")
    await expect(ada.get_by_text("near to it: pain").first).to_be_visible()
    await says(ada, "/mentor endorse @leo #pain")
    await expect(ada.get_by_text("counts once they agree").first).to_be_visible()
    await picture(ada, "endorsed")
    await says(ada, "/mentor endorse @eva")
    await ada.get_by_test_id("composer").press("Enter")  # the first chose Eva
    await expect(ada.get_by_test_id("modal")).to_be_visible()
    await picture(ada, "endorse-form")
    leo = await opened(chromium, address, "U0LEO")
    await go(leo, "Mentor")
    await expect(leo.get_by_text("says that you know pain well").first).to_be_visible()
    await picture(leo, "endorsement")
    await press(
        leo.get_by_role("button", name="No thank you"),
        leo.get_by_text("That is quite all right").first,
    )


async def test_a_private_question_says_so(chromium: BrowserContext, address: str) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, "/mentor how do I get through burn out?")
    await go(ben, "Mentor")
    await expect(ben.get_by_text("never put in a channel").first).to_be_visible()
    await picture(ben, "private")
