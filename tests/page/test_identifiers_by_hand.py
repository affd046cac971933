"""What seems to identify a patient comes back marked on the page, and nothing typed is lost."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.page.people import opened, picture, says

pytestmark = pytest.mark.page

CERTAIN = "My patient Mary Quill, MRN 551209, seen at Larchfield Clinic: how do I taper steroids?"
DOUBTFUL = "My patient in her sixties, seen at Larchfield Clinic: how do I taper steroids?"


async def test_a_question_comes_back_marked_is_edited_and_confirmed(
    chromium: BrowserContext, address: str
) -> None:
    ben = await opened(chromium, address, "U0BEN")
    await says(ben, f"/mentor {CERTAIN}")
    modal, question = ben.get_by_test_id("modal"), ben.get_by_label("Your question")
    await expect(question).to_have_value(CERTAIN)
    await expect(modal.locator("code", has_text="Mary Quill")).to_be_visible()
    await picture(ben, "identifiers-found")

    # Sent again as it is, it comes back as it is.
    await question.fill(f"{CERTAIN} Thank you")
    await ben.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_text("how do I taper steroids? Thank you").last).to_be_visible()
    await expect(question).to_have_value(f"{CERTAIN} Thank you")
    await question.fill(DOUBTFUL)
    await ben.get_by_test_id("modal-submit").click()
    box = modal.get_by_text("These are no identifiers")
    await expect(box).to_be_attached()
    await expect(question).to_have_value(DOUBTFUL)
    await box.click()
    await picture(ben, "identifiers-confirmed")
    await ben.get_by_test_id("modal-submit").click()
    await expect(modal.get_by_text("Your question is on its way")).to_be_visible()
