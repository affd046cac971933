"""Messages on the page: grouped, changed, taken away, reacted to, replied to, read."""

import asyncio
import re

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.page.people import go, listed, picture
from tests.page.place import Place, looking

pytestmark = pytest.mark.page


def message(page: Page, text: str) -> Locator:
    return page.get_by_test_id("message").filter(has_text=text)


async def test_messages_of_one_person_stand_under_one_name(
    chromium: BrowserContext, place: Place
) -> None:
    first = await place.act("post", "U0BEN", text="First of all")
    await place.act("post", "U0BEN", text="And then")
    await place.act("post", "U0GUS", text="Something else")
    await place.post("From the app")
    eva = await looking(chromium, place, "U0EVA")
    await expect(message(eva, "First of all").locator(".who")).to_have_text("Ben Castillo")
    await expect(message(eva, "And then").locator(".who")).to_have_count(0)
    await expect(message(eva, "Something else").locator(".who")).to_have_text("Gus Moreau")
    await expect(message(eva, "From the app").locator(".app-badge")).to_be_visible()
    await place.act("delete", "U0BEN", ts=first["ts"])
    await expect(message(eva, "And then").locator(".who")).to_have_text("Ben Castillo")


async def test_a_message_is_edited_where_it_stands_whatever_happens_to_it_meanwhile(
    chromium: BrowserContext, place: Place
) -> None:
    said = await place.act("post", "U0BEN", text="Ask @eva soon it")
    ben = await looking(chromium, place, "U0BEN")
    await expect(message(ben, "soon")).to_be_visible()
    await ben.get_by_test_id("composer").press("ArrowUp")
    editor = ben.get_by_test_id("edit-composer")
    await expect(editor).to_have_value("Ask @Eva Lindqvist soon it")
    await editor.fill("Ask @Eva Lindqvist about it")
    await place.act("react", "U0GUS", ts=said["ts"], name="eyes")
    await expect(ben.get_by_test_id("reaction")).to_be_visible()
    await expect(editor).to_have_value("Ask @Eva Lindqvist about it")
    await picture(ben, "editing")
    await editor.press("Enter")
    edited = message(ben, "Ask @Eva Lindqvist about it")
    await expect(edited.get_by_text("(edited)")).to_be_visible()
    await expect(edited.locator(".mention")).to_have_text("@Eva Lindqvist")
    await edited.focus()
    await ben.keyboard.press("e")
    await expect(editor).to_be_focused()
    await ben.keyboard.press("Escape")
    await expect(editor).to_have_count(0)


async def test_a_message_taken_away_leaves_a_tombstone_over_its_replies(
    chromium: BrowserContext, place: Place
) -> None:
    said = await place.act("post", "U0BEN", text="Wrong channel")
    await place.act("reply", "U0EVA", ts=said["ts"], text="No harm done")
    ben = await looking(chromium, place, "U0BEN")
    await message(ben, "Wrong channel").hover()
    await message(ben, "Wrong channel").get_by_test_id("more").click()
    await picture(ben, "menu")
    await ben.get_by_role("menuitem", name="Delete message").click()
    await expect(ben.get_by_test_id("asked")).to_contain_text("can't be undone")
    await ben.keyboard.press("Escape")
    await message(ben, "Wrong channel").focus()
    await ben.keyboard.press("Delete")
    await ben.keyboard.press("Enter")
    stone = message(ben, "This message was deleted.")
    await stone.get_by_test_id("replies").click()
    thread = ben.get_by_test_id("thread")
    await expect(thread.get_by_text("No harm done")).to_be_visible()
    await picture(ben, "tombstone")


async def test_quick_clicks_all_count_and_one_sees_who_reacted(
    chromium: BrowserContext, place: Place
) -> None:
    said = await place.act("post", "U0EVA", text="Solved!")
    for name in ("tada", "eyes", "+1"):
        await place.act("react", "U0EVA", ts=said["ts"], name=name)
    ben = await looking(chromium, place, "U0BEN")
    reactions = message(ben, "Solved!").get_by_test_id("reaction")
    await expect(reactions).to_have_count(3)
    await ben.evaluate("document.querySelectorAll('.reaction:not(.add)').forEach(b => b.click())")
    await expect(reactions).to_have_text([re.compile("2")] * 3)
    mine = reactions.first
    await expect(mine).to_have_attribute("aria-pressed", "true")
    await expect(mine).to_have_accessible_name("You and Eva Lindqvist reacted with :tada:")
    await message(ben, "Solved!").focus()
    await ben.keyboard.press("r")
    await ben.keyboard.type("rocket")
    await picture(ben, "picker")
    await ben.keyboard.press("Enter")
    await expect(reactions).to_have_count(4)
    await expect(message(ben, "Solved!").get_by_test_id("react")).to_be_focused()


async def test_an_apps_shortcut_is_found_in_the_menu_by_keyboard(
    chromium: BrowserContext, place: Place
) -> None:
    await place.act("post", "U0EVA", text="Worth keeping")
    ben = await looking(chromium, place, "U0BEN")
    await expect(message(ben, "Worth keeping")).to_be_visible()
    await ben.get_by_test_id("composer").focus()
    while not await message(ben, "Worth keeping").evaluate("m => m === document.activeElement"):
        await ben.keyboard.press("Shift+Tab")
    await ben.keyboard.press("Enter")
    await expect(ben.get_by_role("menuitem").first).to_be_focused()
    for _ in range(3):
        await ben.keyboard.press("ArrowDown")
    await expect(ben.get_by_role("menuitem", name="Keep this")).to_be_focused()
    await ben.keyboard.press("Enter")
    for _ in range(100):
        if place.done:
            break
        await asyncio.sleep(0.05)
    used = place.done[0]
    assert (used["type"], used["callback_id"]) == ("message_action", "keep")
    assert used["message"]["text"] == "Worth keeping"


async def test_a_reply_can_stand_in_the_channel_too(chromium: BrowserContext, place: Place) -> None:
    await place.post("Case of the week")
    ben = await looking(chromium, place, "U0BEN")
    await message(ben, "Case of the week").focus()
    await ben.keyboard.press("t")
    await ben.get_by_test_id("thread-composer").fill("I would wait")
    await ben.get_by_test_id("broadcast").check()
    await ben.get_by_test_id("thread-send").click()
    stream = ben.get_by_role("region", name="Messages in")
    shown = stream.get_by_test_id("message").filter(has_text="I would wait")
    await expect(shown.get_by_text("replied to a thread")).to_be_visible()
    await expect(ben.get_by_test_id("broadcast")).not_to_be_checked()
    foot = stream.get_by_test_id("replies").filter(has_text="1 reply")
    await expect(foot).to_contain_text("Last reply today at")
    await picture(ben, "broadcast")


async def test_what_is_new_is_marked_until_it_is_read_and_can_be_marked_unread(
    chromium: BrowserContext, place: Place
) -> None:
    eva = await looking(chromium, place, "U0EVA")
    await place.act("post", "U0BEN", text="Old news")
    await expect(message(eva, "Old news")).to_be_visible()
    await go(eva, "# general")
    await place.act("post", "U0BEN", text="Something new")
    there = listed(eva, "# oncology-questions")
    await expect(there).to_have_accessible_name(re.compile("unread"))
    await go(eva, "# oncology-questions")
    await expect(eva.get_by_role("separator", name="New messages")).to_be_visible()
    await expect(there).not_to_have_accessible_name(re.compile("unread"))
    await message(eva, "Old news").focus()
    await eva.keyboard.press("u")
    await expect(there).to_have_accessible_name(re.compile("unread"))
    await picture(eva, "unread")
