"""What an expert reads on the page after an answer: a thank-you, and a kind word a day later."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.page.people import go, opened, picture, press, says
from tests.page.test_checkins_by_hand import skip_until

pytestmark = pytest.mark.page


async def test_an_expert_is_thanked_at_once_and_hears_a_kind_word_the_day_after(
    chromium: BrowserContext, address: str
) -> None:
    ben, chi = [await opened(chromium, address, user) for user in ("U0BEN", "U0CHI")]
    await go(ben, "Mentor")
    await says(ben, "/mentor @chi which pain pills are safe with imatinib?")
    await go(chi, "Mentor")
    await press(
        chi.get_by_role("button", name="Accept"), chi.get_by_text("You have taken this").first
    )
    tell = ben.get_by_role("button", name="Tell how it went")
    await press(ben.get_by_role("button", name="Close", exact=True).last, tell)
    await press(tell, ben.get_by_test_id("modal"))
    await ben.get_by_label("Partly").click()
    await ben.get_by_label("A thank-you note").fill("You were there at once.")
    await ben.get_by_test_id("modal-submit").click()
    await expect(chi.get_by_text("thanks you for your help").first).to_be_visible()
    await picture(chi, "care-thanked")
    await skip_until(chi, "the first question you have answered")
    await expect(chi.get_by_role("button", name="Stop these").last).to_be_visible()
    await picture(chi, "care-kind-words")
