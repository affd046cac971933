"""What README promises: open the page, ask as one, accept as another, talk, close, find the row."""

import re

import pytest
from playwright.async_api import BrowserContext, expect

from tests.page.people import go, opened, picture, press, says

pytestmark = pytest.mark.page

QUESTION = "/mentor how do I taper steroids after grade 3 pneumonitis? #immunotherapy"


async def test_a_question_is_asked_accepted_talked_about_and_closed(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, QUESTION)
    await expect(ben.get_by_text("Only visible to you")).to_be_visible()
    await go(ben, "Mentor")
    await expect(ben.get_by_text("It is with")).to_be_visible()
    await picture(ben, "status")

    ada = await opened(chromium, address, "U0ADA")
    await go(ada, "Mentor")
    await picture(ada, "offer")
    await press(
        ada.get_by_role("button", name="Accept"), ada.get_by_text("You have taken this question")
    )

    await expect(ben.get_by_text("has taken your question")).to_be_visible()
    await go(ben, "Ada Okafor, Mentor")
    await expect(ben.get_by_text("this is yours to talk in")).to_be_visible()
    await says(ben, "Thank you for taking it!")
    await go(ada, "Ben Castillo, Mentor")
    await expect(ada.get_by_text("Thank you for taking it!")).to_be_visible()
    await picture(ada, "conversation")

    await press(ada.get_by_role("button", name="Close"), ada.get_by_text("This question is closed"))
    await go(ben, "Mentor")
    await press(ben.get_by_role("button", name="Tell how it went"), ben.get_by_text("Yes, solved"))
    await ben.get_by_text("Yes, solved").click()
    await ben.get_by_label("A thank-you note").fill("That helped a lot")
    await picture(ben, "outcome")
    await ben.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("This question is solved")).to_be_visible()

    await go(ada, "Mentor")
    await expect(ada.get_by_text("That helped a lot").first).to_be_visible()
    await picture(ada, "thanks")


async def test_a_form_keeps_what_was_typed_and_shows_faults_at_the_field(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await press(
        ben.get_by_role("button", name="Ask a mentor", exact=False).first,
        ben.get_by_test_id("modal"),
    )
    await picture(ben, "form")
    await ben.get_by_test_id("modal-submit").click()
    fault = ben.get_by_role("alert")
    await expect(fault.get_by_text("Please complete this required field.")).to_be_visible()
    await ben.get_by_label("Your question").fill("   ")
    await ben.get_by_test_id("modal-submit").click()
    await expect(fault.get_by_text("Please write your question.")).to_be_visible()
    await ben.get_by_label("Your question").fill("How do I write my first abstract?")
    await ben.get_by_test_id("modal-submit").click()
    await expect(ben.get_by_text("Your question is on its way")).to_be_visible()


async def test_skipping_time_shows_a_question_widen(chromium: BrowserContext, address: str) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, QUESTION)
    await go(ben, "Mentor")
    await expect(ben.get_by_text("It is with")).to_be_visible()
    await press(
        ben.get_by_role("button", name="To the next thing due"),
        ben.get_by_text(re.compile("It is with .* and ")),
    )
    await ben.get_by_role("button", name="Skip a day").click()
    await ben.get_by_role("button", name="Skip a day").click()
    # Two days of the whole programme pass here, on whatever machine this is.
    has_it = ben.get_by_text("who runs this programme, has it now")
    await expect(has_it).to_be_visible(timeout=60_000)


async def test_home_shows_what_waits_and_typed_html_stays_text(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, "/mentor <img src=x onerror=alert(1)> on #immunotherapy toxicity?")
    await go(ben, "Mentor: Home")
    await expect(ben.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    await picture(ben, "home")
    ada = await opened(chromium, address, "U0ADA")
    await go(ada, "Mentor: Home")
    await expect(ada.get_by_text("asks for your advice.")).to_be_visible()
