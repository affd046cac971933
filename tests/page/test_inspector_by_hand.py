"""The inspector on the page: what passes, goes wrong, and is refused; and time that is played."""

import json
import re
from typing import Any, Literal

import pytest
from playwright.async_api import BrowserContext, Page, expect
from slack_sdk.errors import SlackApiError

from tests.page.people import picture
from tests.page.place import Place, looking
from tests.page.test_accessibility import Judge

pytestmark = pytest.mark.page

POST = "chat.postMessage"


async def inspecting(chromium: BrowserContext, place: Place, part: str = "trail") -> Page:
    page = await chromium.new_page()
    await page.goto(f"{place.address}/inspector?show={part}")
    return page


async def test_what_passes_is_seen_live_found_and_unfolded(
    chromium: BrowserContext, place: Place
) -> None:
    page = await inspecting(chromium, place)
    await place.post("good morning, no token in here")
    entry = page.get_by_test_id("entry").filter(has_text=POST)
    await expect(entry).to_have_count(1)
    await entry.locator("summary").first.click()
    await expect(entry.get_by_text("good morning, no token in here").first).to_be_visible()
    await expect(entry.get_by_role("heading", name="Answer")).to_be_visible()
    with pytest.raises(SlackApiError):
        await place.client.chat_postMessage(channel="C0NOWHERE", text="x")
    await page.get_by_test_id("trail-failed").check()
    await expect(page.get_by_test_id("entry")).to_have_count(1)
    await expect(page.get_by_test_id("entry")).to_contain_text("channel_not_found")
    await expect(page.get_by_test_id("entry")).to_contain_text("no effect")
    await page.get_by_test_id("trail-failed").uncheck()
    await page.get_by_test_id("trail-kind").fill("users.")
    await expect(page.get_by_test_id("entry").first).to_contain_text("users.conversations")
    await expect(page.get_by_test_id("entry").filter(has_text=POST)).to_have_count(0)
    await page.get_by_test_id("trail-kind").fill("")
    await picture(page, "inspector")


async def chosen(page: Page, field: str, words: str) -> None:
    await page.get_by_test_id(field).click()
    await page.get_by_role("option", name=re.compile(words)).first.click()


async def test_what_goes_wrong_is_asked_for_listed_and_taken_back(
    chromium: BrowserContext, place: Place
) -> None:
    page = await inspecting(chromium, place, "faults")
    await expect(page.get_by_text("Nothing will go wrong.")).to_be_visible()
    await chosen(page, "fault-kind", "^slack_error")
    await chosen(page, "fault-method", f"^{POST}$")
    await page.get_by_label("How often").fill("2")
    await page.get_by_test_id("fault-add").click()
    fault = page.get_by_test_id("fault")
    await expect(fault).to_contain_text(f"{POST} slack_error, 2 more, error channel_not_found")
    await picture(page, "misbehaviour")
    with pytest.raises(SlackApiError):
        await place.post("not this")
    await expect(fault).to_contain_text("1 more")
    await fault.get_by_role("button").click()
    await expect(fault).to_have_count(0)
    assert await place.post("but this")
    await page.get_by_label("Chance in %").fill("0")
    await page.get_by_test_id("fault-add").click()
    await expect(page.get_by_test_id("fault-wrong")).to_contain_text("chance is above 0")
    await page.get_by_label("Chance in %").fill("50")
    await page.get_by_test_id("fault-add").click()
    await expect(fault).to_contain_text("with a chance of 50%, seed 0")
    await page.get_by_test_id("faults-clear").click()
    await expect(fault).to_have_count(0)


BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "This is *well*"}},
    {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}},
    {"type": "section", "text": 7},
]


async def test_what_slack_would_say_is_said_and_shown(
    chromium: BrowserContext, place: Place
) -> None:
    page = await inspecting(chromium, place, "verdict")
    await page.get_by_test_id("verdict-json").fill(json.dumps(BLOCKS))
    await page.get_by_test_id("verdict-ask").click()
    said = page.get_by_test_id("verdict")
    await expect(said).to_contain_text("Slack would refuse it: invalid_blocks")
    await expect(said).to_contain_text("/blocks/1/text")
    await expect(page.get_by_test_id("preview")).to_contain_text("This is well")
    misshapen = "This block's type, section, is known, but not in this form."
    await expect(page.get_by_test_id("preview")).to_contain_text(misshapen)
    await picture(page, "verdict")
    await page.get_by_test_id("verdict-json").fill(json.dumps(BLOCKS[:1]))
    await page.get_by_test_id("verdict-ask").click()
    await expect(said).to_contain_text("Slack would take it.")
    await page.get_by_test_id("verdict-json").fill("{")
    await page.get_by_test_id("verdict-ask").click()
    await expect(said).to_contain_text("This is no JSON")


async def test_the_inspector_opens_beside_the_conversation_by_keyboard(
    chromium: BrowserContext, place: Place
) -> None:
    page = await looking(chromium, place, "U0BEN")
    await place.post("look at this")
    opening = page.get_by_test_id("inspector-open")
    await opening.focus()
    await page.keyboard.press("Enter")
    drawer = page.get_by_test_id("drawer")
    await expect(drawer.get_by_test_id("entry").filter(has_text=POST)).to_have_count(1)
    await expect(drawer.get_by_test_id("inspector-trail")).to_be_focused()
    await picture(page, "drawer")
    await drawer.get_by_role("button", name="Misbehaviour").focus()
    await page.keyboard.press("Enter")
    await expect(drawer.get_by_text("Nothing will go wrong.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(opening).to_be_focused()


async def test_time_plays_and_two_who_look_see_the_same(
    chromium: BrowserContext, place: Place
) -> None:
    ben, ada = [await looking(chromium, place, user) for user in ("U0BEN", "U0ADA")]
    clock = ben.get_by_test_id("clock")
    before = await clock.inner_text()
    await ben.get_by_test_id("play-3600").click()
    for page in (ben, ada):
        await expect(page.get_by_test_id("clock-state")).to_have_text("Plays at ×3600")
        await expect(page.get_by_test_id("play-3600")).to_have_attribute("aria-pressed", "true")
        await expect(page.get_by_test_id("clock")).not_to_have_text(before)
    await ada.get_by_role("button", name="Pause time").click()
    await expect(ben.get_by_test_id("clock-state")).to_have_text("Paused")
    stands = await clock.inner_text()
    # Ben is in New York as Ada is: their clocks read the same.
    await expect(ada.get_by_test_id("clock")).to_have_text(stands)
    await ben.get_by_role("button", name="Let time run as it does").click()
    await expect(ada.get_by_test_id("clock-state")).to_have_text("Stands still")
    await expect(clock).to_have_text(stands)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_serious_is_found_in_the_inspector(
    chromium: BrowserContext, place: Place, scheme: Literal["light", "dark"], width: int
) -> None:
    with pytest.raises(SlackApiError):
        await place.client.chat_postMessage(channel="C0NOWHERE", text="x")
    await place.post("look at this")
    page = await inspecting(chromium, place)
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.set_viewport_size({"width": width, "height": 844})
    judge = Judge(page, f"{scheme}-{width}")
    await page.get_by_test_id("entry").locator("summary").first.click()
    await expect(page.get_by_role("heading", name="Answer")).to_be_visible()
    await judge.part("inspector")
    await page.get_by_role("button", name="Misbehaviour").click()
    await page.get_by_test_id("fault-add").click()
    await expect(page.get_by_test_id("fault")).to_have_count(1)
    await judge.part("misbehaviour")
    await page.get_by_role("button", name="What would Slack say?").click()
    await page.get_by_test_id("verdict-ask").click()
    await expect(page.get_by_test_id("verdict")).to_contain_text("invalid_blocks")
    await judge.part("verdict")
    assert judge.found == {}, json.dumps(judge.found, indent=1)
